/** The panel that shows what goes to the bot and what comes from it. */

import { secondsOf } from "./dates.js";
import { fill, h, keyed, set, setText, stickToEnd } from "./dom.js";
import { changed, current, tab } from "./state.js";

const KINDS = { events_api: "Event", slash_commands: "Command", interactive: "Interaction", web_api: "API call", ack: "Answer", response_url: "Reply" };
const FILTERS = {
  all: ["All", () => true],
  to: ["To bot", (entry) => entry.direction === "to bot"],
  from: ["From bot", (entry) => entry.direction === "from bot"],
  errors: ["Errors", (entry) => entry.ok === false],
};

let parts = null;
let filter = "all";

export function drawTraffic() {
  const panel = document.getElementById("traffic");
  panel.hidden = !tab.trafficOpen;
  if (!tab.trafficOpen) return;
  parts ??= build(panel);
  const entries = (current().traffic ?? []).filter(FILTERS[filter][1]);
  for (const [name, button] of Object.entries(parts.filters)) set(button, "aria-pressed", String(name === filter));
  parts.empty.hidden = entries.length > 0;
  setText(parts.empty, filter === "errors" ? "No errors so far." : "Nothing has passed yet. Click or type something.");
  stickToEnd(parts.scroller, () => keyed(parts.list, entries, (entry) => entry.n, entryPart));
}

/** How many refused or failed entries the log holds: for the button that opens the panel. */
export function errorCount() {
  return (current()?.traffic ?? []).filter((entry) => entry.ok === false).length;
}

function build(panel) {
  const filters = Object.fromEntries(Object.entries(FILTERS).map(([name, [label]]) => [name, h("button", { class: "filter", type: "button", on: { click: () => choose(name) } }, label)]));
  const made = { filters, list: h("ol", { class: "entries" }), empty: h("p", { class: "traffic-empty" }) };
  made.scroller = h("div", { class: "scroller", tabindex: "-1" }, made.empty, made.list);
  const close = h("button", { class: "icon-button", type: "button", "aria-label": "Close traffic", on: { click: () => { tab.trafficOpen = false; changed(); } } }, "×");
  fill(panel,
    h("header", { class: "pane-head" }, h("h2", { class: "pane-title" }, "Traffic"), close),
    h("div", { class: "filters", role: "group", "aria-label": "Show" }, ...Object.values(filters)),
    made.scroller);
  requestAnimationFrame(() => { made.scroller.scrollTop = made.scroller.scrollHeight; });
  return made;
}

function choose(name) {
  filter = name;
  changed();
}

function entryPart(entry) {
  const toBot = entry.direction === "to bot";
  const body = h("div", { class: "entry-body" });
  const details = h("details", { class: `entry ${toBot ? "entry-to" : "entry-from"}${entry.ok === false ? " entry-wrong" : ""}` },
    h("summary", {},
      h("span", { class: "entry-line" },
        h("span", { class: "entry-way" }, toBot ? "To bot" : "From bot"),
        h("span", { class: "entry-kind" }, KINDS[entry.kind] ?? entry.kind),
        h("time", { class: "entry-time", datetime: entry.at }, secondsOf(new Date(entry.at)))),
      h("span", { class: "entry-name" }, entry.name),
      entry.summary && h("span", { class: "entry-summary" }, entry.summary),
      entry.ok === false && h("span", { class: "entry-error" }, `Error: ${entry.error || "unknown"}`)),
    body);
  details.addEventListener("toggle", () => {
    if (details.open && body.childElementCount === 0) body.append(h("pre", { class: "json", tabindex: "0", "aria-label": "Body" }, ...colours(JSON.stringify(entry.body ?? null, null, 2))));
  });
  return { node: h("li", { data: { testid: "traffic-entry", n: entry.n } }, details), update: () => undefined };
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\b/gi;

function colours(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(text.slice(end, match.index));
    nodes.push(h("span", { class: match[2] ? "json-key" : match[1] ? "json-text" : "json-value" }, match[1] ?? match[0]), match[2] ?? "");
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}
