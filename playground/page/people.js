/** How people, apps and channels look wherever they appear: avatars, names, mentions. */

import { h } from "./dom.js";
import { placeHash } from "./route.js";
import { channel, channels, me, nameOf, people } from "./state.js";

const SHADES = 10;

/** Initials on a colour that stays with the id. Decoration: the name always stands beside it. */
export function avatar(id, name, { bot = false, size = "medium" } = {}) {
  const look = `avatar avatar-${size} shade-${shade(id)}${bot ? " avatar-app" : ""}`;
  return h("span", { class: look, "aria-hidden": "true", data: { initials: initials(name) } });
}

function initials(name) {
  const words = String(name || "?").replace(/[^\p{L}\p{N}\s]/gu, " ").trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters.map((word) => [...word][0] ?? "?").join("").toUpperCase();
}

function shade(id) {
  let sum = 7;
  for (const char of String(id)) sum = (sum * 31 + char.codePointAt(0)) % 9973;
  return sum % SHADES;
}

/** "@Dana Rossi" as a pill; louder when it names the person reading. */
export function userMention(id, label) {
  const name = nameOf(id) ?? label ?? id;
  const mine = me()?.id === id ? " mention-me" : "";
  return h("span", { class: `mention${mine}`, data: { user: id } }, `@${name}`);
}

/** "#growth" as a link when the channel is known here. */
export function channelMention(id, label) {
  const found = channel(id);
  const name = found?.name ?? label ?? id;
  if (!found) return h("span", { class: "mention" }, `#${name}`);
  return h("a", { class: "mention", href: placeHash({ kind: "channel", id }) }, `#${name}`);
}

/** "@channel" and its like. */
export function broadcastMention(range, label) {
  return h("span", { class: "mention mention-me" }, `@${label ?? range}`);
}

/** Everybody who can be chosen in a people field, by name. */
export function choosablePeople() {
  return people().filter((one) => !one.deleted).map((one) => ({ value: one.id, text: one.real_name || one.name }))
    .sort((a, b) => a.text.localeCompare(b.text));
}

/** Channels that can be chosen; `privateToo` adds the private ones the person is in. */
export function choosableChannels(privateToo) {
  return channels().filter((one) => !one.archived && (!one.private || (privateToo && one.member)))
    .map((one) => ({ value: one.id, text: `#${one.name}` })).sort((a, b) => a.text.localeCompare(b.text));
}
