/** Blocks as nodes. What a person can act on inside them comes from the surface, which keeps it between redraws. */

import { h } from "./dom.js";
import { inputBlock } from "./input-block.js";
import { markdown } from "./markdown.js";
import { card, carousel, container, placeholder, table } from "./frames.js";
import { richText } from "./richtext.js";
import { plain, textObject } from "./texts.js";

const RENDERERS = {
  section,
  header,
  context,
  actions,
  divider: () => h("hr", { class: "rule" }),
  input: inputBlock,
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  alert,
  context_actions: actions,
  image: (block) => placeholder("Image", plain(block.title), block.alt_text),
  table,
  data_table: table,
  data_visualization: (block) => placeholder("Chart", block.title, chartWords(block.chart)),
  card,
  carousel,
  container,
  plan: (block) => placeholder("Plan", block.title, (block.tasks ?? []).map((task) => `${task.title} (${task.status})`).join(", ")),
  task_card: (block) => placeholder("Task", block.title, block.status),
  video: (block) => placeholder("Video", plain(block.title), block.alt_text),
  file: () => placeholder("File"),
};

/** The node of one block. */
export function renderBlock(block, surface) {
  const render = RENDERERS[block.type];
  const inside = render ? render(block, surface) : placeholder(`Block “${block.type}”`, "", "The playground does not draw this block.");
  return h("div", { class: `block block-${block.type}`, data: { block: block.block_id ?? "" } }, inside);
}

function section(block, surface) {
  const { accessory } = block;
  const words = h("div", { class: "section-words" },
    block.text && h("div", { class: "section-text" }, textObject(block.text)),
    block.fields && h("div", { class: "section-fields" }, ...block.fields.map((field) => h("div", { class: "section-field" }, textObject(field)))));
  if (!accessory) return words;
  const side = accessory.type === "image" ? placeholder("Image", "", accessory.alt_text) : surface.element(block, accessory);
  const below = ["radio_buttons", "checkboxes"].includes(accessory.type) || accessory.type.startsWith("multi_");
  return h("div", { class: `section${below ? " section-below" : ""}` }, words, h("div", { class: "section-accessory" }, side));
}

function header(block) {
  const level = block.level ?? 2;
  return h("div", { class: `block-title level-${level}`, role: "heading", "aria-level": level + 1 }, textObject(block.text));
}

function context(block) {
  return h("div", { class: "context" }, ...(block.elements ?? []).map((element) => (element.type === "image"
    ? h("span", { class: "context-image", role: "img", "aria-label": element.alt_text }, `[${element.alt_text}]`)
    : h("span", { class: "context-item" }, textObject(element)))));
}

function actions(block, surface) {
  return h("div", { class: "actions" }, ...(block.elements ?? []).map((element) => surface.element(block, element)));
}

const ALERT_WORDS = { default: "Note", info: "Note", success: "Done", warning: "Careful", error: "Problem" };

function alert(block) {
  const level = block.level in ALERT_WORDS ? block.level : "default";
  return h("div", { class: `alert alert-${level}`, role: "note" },
    h("span", { class: "alert-word" }, `${ALERT_WORDS[level]}:`), " ", textObject(block.text));
}

function chartWords(chart) {
  if (!chart) return "";
  const names = (chart.series ?? chart.segments ?? []).map((one) => one.name ?? one.label).join(", ");
  return `A ${chart.type} chart of ${names}. The playground names charts; it does not draw them.`;
}
