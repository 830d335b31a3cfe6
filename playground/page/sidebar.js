/** The left side: who one acts as, the app, channels and direct messages, with what is unread. */

import { timeOf } from "./dates.js";
import { fill, h, keyed, redrawn, set, setText, slug } from "./dom.js";
import { openMenu } from "./menu.js";
import { become, go, samePlace } from "./navigation.js";
import { avatar } from "./people.js";
import { apps, channels, current, me, nameOf, now, people, person, tab } from "./state.js";

let parts = null;

export function drawSidebar() {
  parts ??= build();
  const mine = me();
  drawSwitcher(mine);
  parts.deactivated.hidden = !mine.deleted;
  keyed(parts.apps, apps().map(appItem), (item) => item.key, link);
  keyed(parts.channels, channels().map(channelItem), (item) => item.key, link);
  const dms = (current().dms ?? []).filter((dm) => !apps().some((one) => one.dm === dm.id));
  keyed(parts.dms, dms.map(dmItem), (item) => item.key, link);
  parts.noChannels.hidden = channels().length > 0;
  parts.dmsSection.hidden = dms.length === 0;
  parts.appsSection.hidden = apps().length === 0;
}

/** The local times move with the clock, between snapshots too. */
export function tickSidebar() {
  if (parts && me()) setText(parts.time, `${timeOf(now())} · ${me().tz}`);
}

function build() {
  const root = document.getElementById("sidebar");
  const made = {
    face: h("span", { class: "switcher-face" }),
    name: h("span", { class: "switcher-name" }),
    time: h("span", { class: "switcher-time" }),
    dot: h("span", { class: "unread-dot", hidden: true }, h("span", { class: "visually-hidden" }, "Somebody else has unread messages")),
    deactivated: h("p", { class: "sidebar-note", hidden: true }, "This account is deactivated."),
    apps: h("ul", { class: "nav-list" }), channels: h("ul", { class: "nav-list" }), dms: h("ul", { class: "nav-list" }),
    noChannels: h("p", { class: "sidebar-note", hidden: true }, "No channels yet."),
  };
  made.switcher = h("button", { class: "switcher", type: "button", "aria-haspopup": "menu", "aria-expanded": "false", data: { testid: "person-switcher" } },
    made.face,
    h("span", { class: "switcher-words" }, h("span", { class: "switcher-caption" }, "Acting as"), made.name, made.time),
    made.dot, h("span", { class: "chevron", "aria-hidden": "true" }));
  made.switcher.addEventListener("click", () => openMenu(made.switcher, people().filter((one) => !one.is_bot).map(personItem), { label: "Act as", wide: true }));
  made.appsSection = sectionNode("Apps", made.apps);
  made.dmsSection = sectionNode("Direct messages", made.dms);
  fill(root,
    h("div", { class: "workspace" }, h("span", { class: "workspace-mark", "aria-hidden": "true" }), h("span", { class: "workspace-name" }, current().workspace?.name ?? "Playground")),
    made.switcher, made.deactivated,
    h("div", { class: "sidebar-scroll" }, made.appsSection, sectionNode("Channels", made.channels, made.noChannels), made.dmsSection));
  return made;
}

function sectionNode(title, ...inside) {
  return h("section", { class: "nav-section", "aria-label": title }, h("h2", { class: "nav-title" }, title), ...inside);
}

const drawnFace = { id: null };

function drawSwitcher(mine) {
  const name = mine.real_name || mine.name;
  if (drawnFace.id !== mine.id) fill(parts.face, avatar(mine.id, name));
  drawnFace.id = mine.id;
  setText(parts.name, name);
  tickSidebar();
  parts.dot.hidden = !people().some((one) => one.id !== mine.id && !one.is_bot && one.unread > 0);
}

function personItem(one) {
  const name = one.real_name || one.name;
  return {
    label: name, checked: one.id === me().id, testid: `person-${slug(one.name)}`,
    note: one.deleted ? "Deactivated" : `${timeOf(now(), one.tz)} · ${one.tz}`,
    before: avatar(one.id, name, { size: "small" }),
    after: one.unread > 0 ? badge(one.unread) : null,
    pick: () => become(one.id),
  };
}

function appItem(one) {
  const here = tab.place?.kind === "app" && tab.place.app === one.app_id;
  const dm = current().dms?.find((room) => room.id === one.dm);
  return {
    key: one.app_id, testid: `app-${slug(one.name)}`, here, label: one.name, unread: dm?.unread ?? 0,
    mark: () => avatar(one.bot_user_id, one.name, { bot: true, size: "tiny" }), note: one.connected === false ? "offline" : "",
    pick: () => here || go({ kind: "app", app: one.app_id, tab: one.messages_enabled === false ? "home" : "messages" }),
  };
}

function channelItem(one) {
  const place = { kind: "channel", id: one.id };
  return {
    key: one.id, testid: `channel-${slug(one.name)}`, here: samePlace(place, tab.place), label: one.name, unread: one.unread ?? 0,
    mark: () => h("span", { class: "nav-hash", "aria-hidden": "true" }, one.private ? "◆" : "#"),
    note: one.archived ? "archived" : one.member ? "" : "not joined", spoken: one.private ? "private channel" : "channel", pick: () => go(place),
  };
}

function dmItem(dm) {
  const name = nameOf(dm.with) ?? dm.name ?? dm.with;
  const place = { kind: "dm", id: dm.id };
  return {
    key: dm.id, testid: `dm-${slug(dm.name ?? person(dm.with)?.name ?? name)}`, here: samePlace(place, tab.place), label: name, unread: dm.unread ?? 0,
    mark: () => avatar(dm.with, name, { size: "tiny", bot: dm.is_app }), note: "", pick: () => go(place),
  };
}

function link(first) {
  let item = first;
  const inside = redrawn((one) => JSON.stringify([one.label, one.unread, one.note]), (one) => h("span", { class: "nav-inside" },
    one.mark(), h("span", { class: "nav-label" }, one.label), one.note && h("span", { class: "nav-note" }, one.note), one.unread > 0 && badge(one.unread)))(item);
  const button = h("button", { class: "nav-item", type: "button", data: { testid: item.testid }, on: { click: () => item.pick() } }, inside.node);
  return {
    node: h("li", {}, button),
    update(next) {
      item = next;
      inside.update(item);
      set(button, "aria-current", item.here ? "page" : null);
      button.classList.toggle("nav-unread", item.unread > 0);
      button.classList.toggle("nav-faint", item.note !== "" && item.note !== "offline");
    },
  };
}

function badge(count) {
  return h("span", { class: "badge" }, String(count), h("span", { class: "visually-hidden" }, " unread"));
}
