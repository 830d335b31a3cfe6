/** rich_text blocks as nodes: sections, lists, quotes, preformatted text and their children. */

import { slackDate } from "./dates.js";
import { h } from "./dom.js";
import { emojiChar, emojiNode, textNodes } from "./emoji.js";
import { link } from "./mrkdwn.js";
import { broadcastMention, channelMention, userMention } from "./people.js";

const TAG_COLOURS = new Set(["gray", "brown", "purple", "indigo", "blue", "green", "yellow", "orange", "red"]);

/** The nodes of a rich_text block. */
export function richText(block) {
  return h("div", { class: "rich-text" }, ...(block.elements ?? []).map(part));
}

function part(element) {
  if (element.type === "rich_text_list") return list(element);
  if (element.type === "rich_text_quote") return h("blockquote", {}, ...children(element));
  if (element.type === "rich_text_preformatted") return h("pre", {}, ...children(element));
  return h("div", { class: "rich-section" }, ...children(element));
}

function list(element) {
  const ordered = element.style === "ordered";
  const attributes = { class: `rich-list indent-${Math.min(element.indent ?? 0, 6)}${element.border ? " bordered" : ""}` };
  if (ordered && element.offset) attributes.start = element.offset + 1;
  return h(ordered ? "ol" : "ul", attributes, ...(element.elements ?? []).map((item) => h("li", {}, ...children(item))));
}

function children(element) {
  return (element.elements ?? []).map((child) => styled(leaf(child), child.style));
}

function leaf(child) {
  switch (child.type) {
    case "text": return h("span", {}, ...textNodes(child.text ?? ""));
    case "link": return link(child.url ?? "", child.text || child.url) ?? h("span", {}, child.text || child.url || "");
    case "user": return userMention(child.user_id);
    case "usergroup": return h("span", { class: "mention" }, "@group");
    case "channel": return channelMention(child.channel_id);
    case "broadcast": return broadcastMention(child.range);
    case "emoji": return emoji(child);
    case "date": return date(child);
    case "color": return h("code", {}, child.value ?? "");
    case "tag": return tag(child);
    default: return h("span", { class: "unknown-inline" }, child.text ?? `[${child.type}]`);
  }
}

function emoji(child) {
  const char = child.unicode ? String.fromCodePoint(...child.unicode.split("-").map((code) => parseInt(code, 16))) : emojiChar(child.name);
  return char ? emojiNode(char, child.name) : h("span", {}, `:${child.name}:`);
}

function date(child) {
  const text = slackDate(child.timestamp, child.format || "{date_short_pretty}");
  return (child.url && link(child.url, text)) || h("time", { datetime: new Date(child.timestamp * 1000).toISOString(), title: child.fallback }, text);
}

function tag(child) {
  const words = typeof child.text === "string" ? child.text : (child.text?.text ?? "");
  return h("span", { class: `tag tag-${TAG_COLOURS.has(child.color) ? child.color : "gray"}` }, ...textNodes(words));
}

function styled(node, style) {
  if (!style) return node;
  const tags = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };
  return Object.entries(tags).reduce((inner, [name, wrapper]) => (style[name] ? h(wrapper, {}, inner) : inner), node);
}
