/** Slack's own markup ("mrkdwn") as nodes: formats, links, mentions, dates, quotes, bullets, code. */

import { slackDate } from "./dates.js";
import { fragment, h } from "./dom.js";
import { emojiChar, emojiNode, SHORTCODE, textNodes, withEmoji } from "./emoji.js";
import { broadcastMention, channelMention, userMention } from "./people.js";
import { channels } from "./state.js";

const FENCE = /```([\s\S]*?)```/g;
const QUOTE = /^(?:&gt;|>) ?/;
const QUOTE_REST = /^(?:&gt;&gt;&gt;|>>>) ?/;
const BULLET = /^\s*(?:[•◦▪‣]|-|\d+\.)\s+\S/;

/** A text of a message or a text object as nodes. With `verbatim`, nothing typed becomes a link or a mention by itself. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const out = h("span", { class: "mrkdwn" });
  let end = 0;
  const source = String(text ?? "");
  for (const match of source.matchAll(FENCE)) {
    lines(source.slice(end, match.index).replace(/\n$/, ""), out, verbatim);
    out.append(h("pre", {}, fragment(...angles(match[1].replace(/^\n|\n$/g, "")))));
    end = match.index + match[0].length;
  }
  lines(end ? source.slice(end).replace(/^\n/, "") : source, out, verbatim);
  return out;
}

function lines(text, out, verbatim) {
  if (text === "") return;
  const all = text.split("\n");
  let plain = [];
  const flush = () => {
    if (plain.length > 0) out.append(...inline(plain.join("\n"), verbatim));
    plain = [];
  };
  for (let at = 0; at < all.length; at += 1) {
    const rest = QUOTE_REST.exec(all[at]);
    if (rest || QUOTE.test(all[at])) {
      flush();
      const from = at;
      if (rest) at = all.length - 1;
      else while (at + 1 < all.length && QUOTE.test(all[at + 1]) && !QUOTE_REST.test(all[at + 1])) at += 1;
      const inside = all.slice(from, at + 1).map((line, index) => line.replace(rest && index === 0 ? QUOTE_REST : rest ? /^$/ : QUOTE, ""));
      const quote = h("blockquote");
      lines(inside.join("\n"), quote, verbatim);
      out.append(quote);
    } else if (BULLET.test(all[at])) {
      flush();
      out.append(h("span", { class: "bullet" }, ...inline(all[at], verbatim)));
    } else {
      plain.push(all[at]);
    }
  }
  flush();
}

/**
 * Code, links, mentions and emoji are set aside first, each standing as one private-use character,
 * so that a star or underscore inside them never counts as a format.
 */
function inline(source, verbatim) {
  const atoms = [];
  const aside = (node) => String.fromCharCode(0xe000 + atoms.push(node) - 1);
  let text = source.replace(/[\ue000-\uf8ff]/g, "\ufffd");
  text = text.replace(/`([^`\n]+)`/g, (whole, code) => aside(h("code", {}, ...angles(code))));
  text = text.replace(/<([^<>\n]+)>/g, (whole, inside) => {
    const node = angle(inside);
    return node ? aside(node) : whole;
  });
  if (!verbatim) text = autoLink(text, aside);
  text = text.replace(SHORTCODE, (whole, name) => (emojiChar(name) ? aside(emojiNode(emojiChar(name), name)) : whole));
  return formats(text, atoms);
}

function autoLink(text, aside) {
  let linked = text.replace(/https?:\/\/[^\s<>|\ue000-\uf8ff]+[^\s<>|.,;:!?'")\]\ue000-\uf8ff]/g, (url) => aside(link(decode(url), decode(url))));
  linked = linked.replace(/(^|[\s(])@(here|channel|everyone)\b/g, (whole, before, range) => before + aside(broadcastMention(range)));
  return linked.replace(/(^|[\s(])#([\p{Ll}\p{N}_-]+)/gu, (whole, before, name) => {
    const found = channels().find((one) => one.name === name);
    return found ? before + aside(channelMention(found.id)) : whole;
  });
}

const STYLES = [
  [/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*?\S)\*(?![\p{L}\p{N}*])/u, "strong"],
  [/(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*?\S)_(?![\p{L}\p{N}_])/u, "em"],
  [/(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*?\S)~(?![\p{L}\p{N}~])/u, "s"],
];

function formats(text, atoms) {
  let first = null;
  for (const [pattern, tag] of STYLES) {
    const match = pattern.exec(text);
    if (match && (first === null || match.index < first.match.index)) first = { match, tag };
  }
  if (first === null) return restore(text, atoms);
  const { match, tag } = first;
  return [
    ...restore(text.slice(0, match.index), atoms),
    h(tag, {}, ...formats(match[1], atoms)),
    ...formats(text.slice(match.index + match[0].length), atoms),
  ];
}

function restore(text, atoms) {
  const nodes = [];
  for (const piece of text.split(/([\ue000-\uf8ff])/)) {
    if (piece === "") continue;
    const atom = piece.length === 1 ? atoms[piece.charCodeAt(0) - 0xe000] : undefined;
    if (atom) nodes.push(atom);
    else nodes.push(...textNodes(decode(piece)));
  }
  return nodes;
}

/** What stands between < and >, or null when it means nothing. */
function angle(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : decode(inside.slice(bar + 1));
  if (/^@[UWB]/.test(target)) return userMention(target.slice(1), label);
  if (/^#[CGD]/.test(target)) return channelMention(target.slice(1), label || null);
  if (/^!(here|channel|everyone)$/.test(target)) return broadcastMention(target.slice(1));
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label ?? "@group");
  if (target.startsWith("!date^")) return dateNode(target, label);
  return link(decode(target), label || decode(target).replace(/^mailto:/, ""));
}

function dateNode(target, fallback) {
  const [, seconds, pattern, address] = target.split("^");
  if (!/^\d+$/.test(seconds ?? "") || !pattern) return document.createTextNode(fallback ?? "");
  const text = slackDate(seconds, decode(pattern));
  const node = h("time", { datetime: new Date(seconds * 1000).toISOString(), title: fallback }, text);
  return address ? link(decode(address), text) : node;
}

/** A link the page is willing to open, or null: nothing but the web and mail. */
export function link(address, label) {
  if (!/^(https?:\/\/|mailto:)/i.test(address)) return null;
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...textNodes(withEmoji(label)));
}

/** Code keeps everything as typed but still shows links and mentions as such. */
function angles(text) {
  return text.split(/(<[^<>\n]+>)/).map((piece) => {
    const node = /^<[^<>\n]+>$/.test(piece) ? angle(piece.slice(1, -1)) : null;
    return node ?? decode(piece);
  });
}

function decode(text) {
  return String(text).replace(/&(amp|lt|gt);/g, (whole, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}
