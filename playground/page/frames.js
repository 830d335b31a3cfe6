/** Blocks that frame others (cards, containers), plain tables, and the honest stand-in for what the page does not draw. */

import { renderBlock } from "./blocks.js";
import { h } from "./dom.js";
import { richText } from "./richtext.js";
import { textObject } from "./texts.js";

/** A labelled box: what it is, what it is called, what it would show. */
export function placeholder(kind, title = "", words = "") {
  return h("div", { class: "placeholder", role: "img", "aria-label": [kind, title, words].filter(Boolean).join(": ") },
    h("span", { class: "placeholder-kind" }, kind),
    title && h("span", { class: "placeholder-title" }, title),
    words && h("span", { class: "placeholder-words" }, words));
}

export function card(block, surface) {
  return h("div", { class: "card" },
    block.hero_image && placeholder("Image", "", block.hero_image.alt_text),
    block.title && h("div", { class: "card-title" }, textObject(block.title)),
    block.subtitle && h("div", { class: "card-subtitle" }, textObject(block.subtitle)),
    block.body && h("div", {}, textObject(block.body)),
    block.subtext && h("div", { class: "card-subtitle" }, textObject(block.subtext)),
    block.actions && h("div", { class: "actions" }, ...block.actions.map((element) => surface.element(block, element))));
}

export function carousel(block, surface) {
  return h("div", { class: "carousel", tabindex: "0", role: "group", "aria-label": "Cards" }, ...(block.elements ?? []).map((one) => renderBlock(one, surface)));
}

export function container(block, surface) {
  const title = h("span", { class: "container-title" }, block.rich_text_title ? richText(block.rich_text_title) : textObject(block.title));
  const subtitle = block.subtitle && h("span", { class: "card-subtitle" }, textObject(block.subtitle));
  const children = h("div", { class: "container-children" }, ...(block.child_blocks ?? []).map((child) => renderBlock(child, surface)));
  if (!block.is_collapsible) return h("div", { class: "container" }, title, subtitle, block.has_header_divider && h("hr", { class: "rule" }), children);
  return h("details", { class: "container", open: !block.default_collapsed }, h("summary", {}, title, " ", subtitle), children);
}

/** `table` and `data_table`, all rows at once: no sorting, no pages. */
export function table(block) {
  const [head = [], ...rows] = block.rows ?? [];
  const headed = block.type === "data_table";
  const named = block.row_header_column_index ?? (headed ? 0 : -1);
  const cellNode = (value, column) => h(column === named ? "th" : "td", { scope: column === named ? "row" : null, class: alignment(block, value, column) }, cell(value));
  return h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": block.caption || "Table" },
    h("table", {},
      block.caption && h("caption", {}, block.caption),
      h("thead", {}, h("tr", {}, ...head.map((value, column) => h("th", { scope: "col", class: alignment(block, rows[0]?.[column], column) }, cell(value))))),
      h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map(cellNode))))));
}

function cell(value) {
  if (value?.type === "rich_text") return richText(value);
  return textObject({ type: "plain_text", text: String(value?.text ?? value?.value ?? "") });
}

function alignment(block, value, column) {
  const align = block.column_settings?.[column]?.align ?? (value?.type === "raw_number" ? "right" : "left");
  return `align-${align}`;
}
