/** The bar on top: what time the playground has, what time that is for the person, and the ways to move on. */

import { fullMoment, utcMoment, weekdayTime } from "./dates.js";
import { fill, h, set, setText } from "./dom.js";
import { tell } from "./socket.js";
import { changed, current, me, now, tab } from "./state.js";
import { errorCount } from "./traffic.js";

let parts = null;
let moving = false;

export function drawClock() {
  parts ??= build();
  const { clock } = current();
  const stopped = clock?.movable === false || moving || clock?.moving === true;
  const next = clock?.next_event;
  for (const button of [parts.nextEvent, parts.nextMonday, parts.later]) set(button, "disabled", stopped || (button === parts.nextEvent && !next));
  const what = next ? `${next.what}, ${weekdayTime(new Date(next.at), me().tz)}` : "Nothing is planned";
  setText(parts.what, next ? `Next: ${what}` : what);
  set(parts.what, "title", next ? `${next.what}, ${fullMoment(new Date(next.at))}` : null);
  set(parts.nextEvent, "title", next ? `${next.what}, ${fullMoment(new Date(next.at))}` : "Nothing is planned");
  parts.moves.hidden = clock?.movable === false;
  parts.moving.hidden = !(moving || clock?.moving);
  drawLink();
  const errors = errorCount();
  parts.errors.hidden = errors === 0;
  setText(parts.errors, errors === 1 ? "1 error" : `${errors} errors`);
  set(parts.traffic, "aria-pressed", String(tab.trafficOpen));
  tickClock();
}

/** The line to the server, shown even before the first snapshot. */
export function drawLink() {
  parts ??= build();
  parts.link.hidden = tab.link === "open";
  setText(parts.link, tab.link === "lost" ? "Connection lost. Trying again…" : "Connecting…");
}

export function tickClock() {
  if (!parts || !current()) return;
  const at = now();
  setText(parts.utc, utcMoment(at));
  setText(parts.local, `${weekdayTime(at, me().tz)}`);
  setText(parts.zone, `${(me().real_name || me().name).split(" ")[0]}’s time`);
  set(parts.local, "title", `${fullMoment(at)}, ${me().tz}`);
}

function build() {
  const made = {
    utc: h("time", { class: "clock-time" }),
    local: h("time", { class: "clock-time" }),
    zone: h("span", { class: "clock-caption" }),
    what: h("span", { class: "clock-what", id: "clock-what" }),
    moving: h("span", { class: "clock-moving", role: "status", hidden: true }, "Moving the clock…"),
    link: h("span", { class: "clock-link", role: "status", hidden: true }),
    errors: h("span", { class: "error-mark", hidden: true }),
    nextEvent: h("button", { class: "button button-small button-primary", type: "button", data: { testid: "clock-next-event" }, "aria-describedby": "clock-what", on: { click: () => move("next_event") } }, "Next event"),
    nextMonday: h("button", { class: "button button-small", type: "button", title: "One minute before Monday 09:00 of the person you act as", data: { testid: "clock-next-monday" }, on: { click: () => move("next_monday") } }, "Next Monday"),
    later: h("button", { class: "button button-small", type: "button", title: "A quarter of an hour later", data: { testid: "clock-later" }, on: { click: () => move({ minutes: 15 }) } }, "+15 min"),
  };
  made.traffic = h("button", { class: "button button-small traffic-toggle", type: "button", "aria-pressed": "false", "aria-controls": "traffic", data: { testid: "traffic-toggle" }, on: { click: toggleTraffic } }, "Traffic", made.errors);
  made.moves = h("div", { class: "clock-moves" }, made.nextEvent, made.nextMonday, made.later, made.what);
  fill(document.getElementById("clock"),
    h("div", { class: "clock-times" },
      h("div", { class: "clock-cell", data: { testid: "clock-now" } }, h("span", { class: "clock-caption" }, "Playground time"), made.utc),
      h("div", { class: "clock-cell", data: { testid: "clock-local" } }, made.zone, made.local)),
    made.moves, h("div", { class: "clock-end" }, made.moving, made.link, made.traffic));
  return made;
}

async function move(where) {
  if (moving) return;
  moving = true;
  changed();
  await tell("clock", { move: where });
  moving = false;
  changed();
}

function toggleTraffic() {
  tab.trafficOpen = !tab.trafficOpen;
  changed();
}
