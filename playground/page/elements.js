/**
 * Interactive elements. Each is made once per block_id and action_id and gives
 * `{node, main, read(), write(value), take(value)}`: `main` carries the label and the focus, `take` accepts the server's
 * value unless the person is ahead of it.
 */

import { choiceList, multiSelect, singleSelect } from "./choices.js";
import { freshId, h, set } from "./dom.js";
import { externalSelect } from "./external.js";
import { placeholder } from "./frames.js";
import { openMenu } from "./menu.js";
import { dateField, textField } from "./inputs.js";
import { me } from "./state.js";
import { plain, textObject } from "./texts.js";

const MAKERS = {
  button,
  icon_button: button,
  feedback_buttons: feedbackButtons,
  workflow_button: (json, element) => presses(element, h("button", { class: "button", type: "button", "aria-disabled": "true", title: "The playground runs no workflows" }, textObject(json.text))),
  overflow,
  plain_text_input: textField,
  number_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  rich_text_input: textField,
  datepicker: dateField,
  timepicker: dateField,
  datetimepicker: dateField,
  radio_buttons: choiceList,
  checkboxes: choiceList,
  static_select: singleSelect,
  users_select: singleSelect,
  channels_select: singleSelect,
  conversations_select: singleSelect,
  external_select: externalSelect,
  multi_external_select: externalSelect,
  multi_static_select: multiSelect,
  multi_users_select: multiSelect,
  multi_channels_select: multiSelect,
  multi_conversations_select: multiSelect,
};

/** Makes the element described by `json` for a surface. */
export function makeElement(json, surface, block) {
  const element = { json, block, surface, unsent: false, inFlight: 0, timer: 0 };
  const make = MAKERS[json.type] ?? unknown;
  make(json, element);
  element.main ??= element.node;
  element.main.id ||= freshId("element");
  set(element.main, "data-focus", `${surface.name}/${block.block_id}/${json.action_id}`);
  set(element.main, "data-action", json.action_id);
  element.take = (value) => {
    const ahead = element.unsent || element.inFlight > 0 || element.node.contains(document.activeElement);
    if (value !== undefined && !ahead && JSON.stringify(value ?? null) !== JSON.stringify(element.read() ?? null)) element.write(value);
  };
  return element;
}

/** An element that keeps no value. */
function presses(element, node, main = node) {
  Object.assign(element, { node, main, read: () => null, write: () => undefined });
}

function button(json, element) {
  const node = h("button", { class: `button${json.style ? ` button-${json.style}` : ""}`, type: "button", "aria-label": json.accessibility_label || null }, textObject(json.text));
  if (json.visible_to_user_ids?.length > 0 && !json.visible_to_user_ids.includes(me()?.id)) node.hidden = true;
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-busy") === "true" || !(await element.surface.agreed(element))) return;
    if (/^https?:\/\//i.test(json.url ?? "")) window.open(json.url, "_blank", "noopener");
    busyWhile(node, () => element.surface.press(element, json.value ?? null));
  });
  presses(element, node);
}

/** Marks a button busy, and deaf to a second press, until `work` is done. */
async function busyWhile(node, work) {
  if (node.getAttribute("aria-busy") === "true") return;
  set(node, "aria-busy", "true");
  try {
    await work();
  } finally {
    set(node, "aria-busy", null);
  }
}

function feedbackButtons(json, element) {
  const one = (side, mark) => {
    const choice = json[side];
    const node = h("button", { class: "button button-small", type: "button", "aria-label": choice?.accessibility_label || null }, h("span", { "aria-hidden": "true" }, `${mark} `), textObject(choice?.text));
    node.addEventListener("click", () => busyWhile(node, () => element.surface.press(element, choice?.value ?? null)));
    return node;
  };
  const node = h("span", { class: "button-pair", role: "group" }, one("positive_button", "▲"), one("negative_button", "▼"));
  presses(element, node, node.firstChild);
}

function overflow(json, element) {
  const node = h("button", { class: "button button-overflow", type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": json.accessibility_label || "More actions" }, "⋯");
  node.addEventListener("click", () => openMenu(node, (json.options ?? []).map((option) => ({
    label: textObject(option.text),
    note: plain(option.description),
    pick: async () => {
      if (!(await element.surface.agreed(element))) return;
      element.surface.press(element, option.value ?? null);
      if (/^https?:\/\//i.test(option.url ?? "")) window.open(option.url, "_blank", "noopener");
    },
  })), { label: "More actions" }));
  presses(element, node);
}

function unknown(json, element) {
  presses(element, placeholder(`Element “${json.type}”`, "", json.type === "file_input" ? "Files cannot be added in the playground." : "The playground does not draw this element."));
}
