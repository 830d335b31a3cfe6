/** Text objects (plain_text, mrkdwn) as nodes or as plain words for attributes. */

import { h } from "./dom.js";
import { textNodes, withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** A text object as a node. */
export function textObject(object) {
  if (!object) return null;
  if (object.type === "mrkdwn") return mrkdwn(object.text, { verbatim: object.verbatim === true });
  return h("span", { class: "plain" }, ...textNodes(plain(object)));
}

/** The words of a text object: for labels, options of a select, tooltips. */
export function plain(object) {
  if (!object) return "";
  if (typeof object === "string") return object;
  return object.emoji === false ? object.text : withEmoji(object.text ?? "");
}
