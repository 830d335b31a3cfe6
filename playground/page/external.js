/** Selects whose options the app offers while one types (external_select and its multi form). */

import { fill, freshId, h, set } from "./dom.js";
import { hearChoice } from "./inputs.js";
import { act } from "./socket.js";
import { plain } from "./texts.js";

const PAUSE_MS = 300;

export function externalSelect(json, element) {
  const several = json.type === "multi_external_select";
  const least = json.min_query_length ?? 3;
  const listId = freshId("list");
  const known = new Map([json.initial_option, ...(json.initial_options ?? [])].filter(Boolean).map((option) => [option.value, option]));
  let chosen = [...known.keys()];
  let offered = [];
  let at = -1;
  let timer = 0;

  const chips = h("div", { class: "multi-words" });
  const main = h("input", { class: "input", type: "text", autocomplete: "off", placeholder: plain(json.placeholder) || "Type to search", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId });
  const list = h("div", { class: "multi-list", id: listId, role: "listbox", "aria-label": "Options", hidden: true });
  const node = h("div", { class: "multi-box" }, chips, main, list);

  const draw = () => {
    fill(chips, ...chosen.map((value) => h("span", { class: "chip" }, plain(known.get(value)?.text) || value,
      h("button", { class: "chip-remove", type: "button", "aria-label": `Remove ${plain(known.get(value)?.text) || value}`, on: { click: () => choose(chosen.filter((one) => one !== value)) } }, "×"))));
    fill(list, ...offered.map((option, index) => h("div", { class: "completion-item", role: "option", id: `${listId}-${index}`, "aria-selected": String(index === at), on: { mousedown: (event) => { event.preventDefault(); pick(option); } } }, plain(option.text))));
    set(main, "aria-activedescendant", at >= 0 ? `${listId}-${at}` : null);
  };
  const open = (wanted) => {
    list.hidden = !wanted;
    set(main, "aria-expanded", String(wanted));
  };
  const choose = (values) => {
    const before = chosen;
    chosen = values;
    draw();
    hearChoice(element, () => { chosen = before; draw(); });
  };
  const pick = (option) => {
    known.set(option.value, option);
    main.value = "";
    open(false);
    choose(several ? [...new Set([...chosen, option.value])].slice(0, json.max_selected_items ?? Infinity) : [option.value]);
  };
  const ask = async () => {
    if (main.value.length < least) return open(false);
    const result = await act("options", { where: element.surface.where, block_id: element.block.block_id, action_id: json.action_id, value: main.value });
    if (!result.ok) fill(list, h("p", { class: "input-note" }, result.error));
    open(document.activeElement === main);
    return undefined;
  };

  main.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  main.addEventListener("focus", () => least === 0 && ask());
  main.addEventListener("blur", () => open(false));
  main.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") at = Math.min(at + 1, offered.length - 1);
    else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
    else if (event.key === "Enter" && offered[at]) pick(offered[at]);
    else if (event.key === "Escape") open(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
    draw();
  });

  Object.assign(element, {
    node,
    main,
    read: () => (several ? chosen : (chosen[0] ?? null)),
    write(value) {
      chosen = [value ?? []].flat();
      draw();
    },
    offer(options) {
      offered = options ?? [];
      at = -1;
      for (const option of offered) known.set(option.value, option);
      draw();
    },
  });
  draw();
}
