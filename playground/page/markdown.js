/** The `markdown` block: ordinary Markdown, as far as an app's prose needs it. All headings have one size, images become links. */

import { h } from "./dom.js";
import { emojiChar, emojiNode, SHORTCODE, textNodes } from "./emoji.js";
import { link } from "./mrkdwn.js";

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

export function markdown(text) {
  const out = h("div", { class: "markdown" });
  const lines = String(text ?? "").split("\n");
  let at = 0;
  while (at < lines.length) at = block(lines, at, out);
  return out;
}

/** Draws the block that starts at line `at` and gives the line after it. */
function block(lines, at, out) {
  const line = lines[at];
  if (line.trim() === "") return at + 1;
  if (/^\s*```/.test(line)) return fence(lines, at, out);
  if (/^\s*(?:[-*_]\s*){3,}$/.test(line)) return put(out, h("hr"), at + 1);
  const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line);
  if (heading) return put(out, h("h4", {}, ...inline(heading[1])), at + 1);
  if (/^\s*>/.test(line)) return gather(lines, at, (one) => /^\s*>/.test(one), (some) => {
    out.append(h("blockquote", {}, markdown(some.map((one) => one.replace(/^\s*> ?/, "")).join("\n"))));
  });
  if (ITEM.test(line)) return gather(lines, at, (one) => ITEM.test(one) || /^\s{2,}\S/.test(one), (some) => out.append(list(some)));
  if (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "")) return gather(lines, at, (one) => one.includes("|"), (some) => out.append(table(some)));
  return gather(lines, at, (one) => one.trim() !== "" && !ITEM.test(one) && !/^(#{1,6}\s|\s*>|\s*```)/.test(one), (some) => {
    out.append(h("p", {}, ...inline(some.join("\n"))));
  });
}

function put(out, node, next) {
  out.append(node);
  return next;
}

function gather(lines, at, belongs, draw) {
  let end = at + 1;
  while (end < lines.length && belongs(lines[end])) end += 1;
  draw(lines.slice(at, end));
  return end;
}

function fence(lines, at, out) {
  let end = at + 1;
  while (end < lines.length && !/^\s*```/.test(lines[end])) end += 1;
  return put(out, h("pre", {}, lines.slice(at + 1, end).join("\n")), end + 1);
}

function list(lines) {
  const items = [];
  for (const line of lines) {
    const match = ITEM.exec(line);
    if (match && (items.length === 0 || match[1].length <= items[0].depth)) items.push({ depth: match[1].length, mark: match[2], text: match[3], inner: [] });
    else items[items.length - 1].inner.push(line);
  }
  const ordered = /\d/.test(items[0].mark);
  const start = ordered ? parseInt(items[0].mark, 10) : null;
  return h(ordered ? "ol" : "ul", { class: "rich-list", start: start > 1 ? start : null }, ...items.map(listItem));
}

function listItem(item) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(item.text);
  const nested = item.inner.some((line) => ITEM.test(line)) ? list(item.inner.filter((line) => ITEM.test(line))) : null;
  if (!task) return h("li", {}, ...inline(item.text), nested);
  const done = task[1] !== " ";
  return h("li", { class: "task" }, h("input", { type: "checkbox", disabled: true, checked: done, "aria-label": done ? "Done" : "To do" }), ...inline(task[2]), nested);
}

function table(lines) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  const [head, , ...rows] = lines;
  return h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", {},
    h("thead", {}, h("tr", {}, ...cells(head).map((cell) => h("th", { scope: "col" }, ...inline(cell))))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...cells(row).map((cell) => h("td", {}, ...inline(cell))))))));
}

const INLINE = [
  [/\\([\\`*_{}[\]()#+\-.!~|>])/, (match) => [match[1]]],
  [/`([^`]+)`/, (match) => [h("code", {}, match[1])]],
  [/!?\[([^\]]*)\]\(([^)\s]+)\)/, (match) => [link(match[2], match[1] || match[2]) ?? match[0]]],
  [/<(https?:\/\/[^>\s]+)>/, (match) => [link(match[1], match[1])]],
  [/https?:\/\/[^\s<>()]+[^\s<>().,;:!?'"]/, (match) => [link(match[0], match[0])]],
  [/\*\*(?=\S)([\s\S]*?\S)\*\*/, (match) => [h("strong", {}, ...inline(match[1]))]],
  [/(?<![\p{L}\p{N}_])__(?=\S)([\s\S]*?\S)__(?![\p{L}\p{N}_])/u, (match) => [h("strong", {}, ...inline(match[1]))]],
  [/~~(?=\S)([\s\S]*?\S)~~/, (match) => [h("s", {}, ...inline(match[1]))]],
  [/(?<!\*)\*(?=[^\s*])([^*]*?[^\s*])\*(?!\*)/, (match) => [h("em", {}, ...inline(match[1]))]],
  [/(?<![\p{L}\p{N}_])_(?=[^\s_])([^_]*?[^\s_])_(?![\p{L}\p{N}_])/u, (match) => [h("em", {}, ...inline(match[1]))]],
  [new RegExp(SHORTCODE.source), (match) => [emojiChar(match[1]) ? emojiNode(emojiChar(match[1]), match[1]) : match[0]]],
];

function inline(text) {
  let first = null;
  for (const [pattern, draw] of INLINE) {
    const match = pattern.exec(text);
    if (match && (first === null || match.index < first.match.index)) first = { match, draw };
  }
  if (first === null) return textNodes(text);
  const { match, draw } = first;
  return [...textNodes(text.slice(0, match.index)), ...draw(match), ...inline(text.slice(match.index + match[0].length))];
}
