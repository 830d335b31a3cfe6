/** The `input` block: a label, its element, a hint, and the error beside it. */

import { freshId, h, set } from "./dom.js";
import { plain, textObject } from "./texts.js";

export function inputBlock(block, surface) {
  const json = block.element;
  const control = surface.element(block, json);
  const element = surface.elements.get(`${block.block_id}/${json.action_id}`);
  const ids = { label: freshId("label"), hint: freshId("hint"), error: freshId("error") };
  const error = h("div", { class: "field-error", id: ids.error, role: "alert", hidden: true });
  const grouped = element.grouped === true;
  const label = h(grouped ? "div" : "label", { class: "field-label", id: ids.label, for: grouped ? null : element.main.id },
    textObject(block.label), block.optional && [" ", h("span", { class: "field-optional" }, "(optional)")]);
  const node = h("div", { class: "field", data: { testid: "field", label: plain(block.label) } }, label, control, error,
    block.hint && h("div", { class: "field-hint", id: ids.hint }, textObject(block.hint)));

  set(element.main, "aria-labelledby", [ids.label, element.wordsId].filter(Boolean).join(" "));
  if (!block.optional) set(element.main, "aria-required", "true");
  element.showError = (text) => {
    node.classList.toggle("field-wrong", Boolean(text));
    set(element.main, "aria-invalid", text ? "true" : null);
    set(element.main, "aria-describedby", [text && ids.error, block.hint && ids.hint, element.counterId].filter(Boolean).join(" ") || null);
    if (error.textContent !== (text ?? "")) error.textContent = text ?? "";
    error.hidden = !text;
    set(error, "data-testid", text ? "field-error" : null);
  };
  element.showError(null);
  return node;
}
