/** Fields one chooses in: radio buttons, checkboxes, selects of one and of several. */

import { freshId, h, set } from "./dom.js";
import { hearChoice } from "./inputs.js";
import { choosableChannels, choosablePeople } from "./people.js";
import { current, nameOf } from "./state.js";
import { plain, textObject } from "./texts.js";

const INITIAL = {
  users_select: "initial_user", channels_select: "initial_channel", conversations_select: "initial_conversation",
  multi_users_select: "initial_users", multi_channels_select: "initial_channels", multi_conversations_select: "initial_conversations",
};

/** Radio buttons and checkboxes. */
export function choiceList(json, element) {
  const several = json.type === "checkboxes";
  const name = freshId("choice");
  const inputs = [];
  const rows = (json.options ?? []).map((option) => {
    const input = h("input", { type: several ? "checkbox" : "radio", name, value: option.value });
    inputs.push(input);
    return h("label", { class: "choice" }, input, h("span", { class: "choice-words" }, textObject(option.text),
      option.description && h("span", { class: "choice-note" }, textObject(option.description))));
  });
  const node = h("div", { class: "choices", role: several ? "group" : "radiogroup", "aria-label": json.accessibility_label || null }, ...rows);
  const read = () => {
    const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
    return several ? chosen : (chosen[0] ?? null);
  };
  const write = (value) => {
    const chosen = new Set([value ?? []].flat());
    for (const input of inputs) input.checked = chosen.has(input.value);
  };
  write(several ? (json.initial_options ?? []).map((option) => option.value) : (json.initial_option?.value ?? null));
  let before = read();
  node.addEventListener("change", async () => {
    const undo = before;
    await hearChoice(element, () => write(undo));
    before = read();
  });
  for (const input of inputs) set(input, "data-focus", `${element.surface.name}/${element.block.block_id}/${json.action_id}/${input.value}`);
  Object.assign(element, { node, grouped: true, read, write: (value) => { write(value); before = read(); } });
}

/** A select of one: the browser's own, which every keyboard and screen reader knows. */
export function singleSelect(json, element) {
  const groups = groupsOf(json);
  const main = h("select", { class: "input select", "aria-label": json.accessibility_label || plain(json.placeholder) || null },
    h("option", { value: "" }, plain(json.placeholder) || "Choose…"),
    ...groups.map((group) => (group.label ? h("optgroup", { label: group.label }, ...group.options.map(optionNode)) : group.options.map(optionNode))));
  const write = (value) => {
    main.value = value ?? "";
    if (main.selectedIndex < 0) main.value = "";
    main.classList.toggle("unchosen", main.value === "");
  };
  write(json.initial_option?.value ?? initialOf(json) ?? null);
  let before = main.value;
  main.addEventListener("change", async () => {
    main.classList.toggle("unchosen", main.value === "");
    const undo = before;
    before = main.value;
    if (main.value === "" && element.block.type !== "input") return write(undo);
    return hearChoice(element, () => write(undo));
  });
  Object.assign(element, { node: main, main, read: () => main.value || null, write: (value) => { write(value); before = main.value; } });
}

function optionNode(option) {
  return h("option", { value: option.value }, option.note ? `${option.text} – ${option.note}` : option.text);
}

/** A select of several: chips of what is chosen, and a list of checkboxes that opens below. */
export function multiSelect(json, element) {
  const options = groupsOf(json).flatMap((group) => group.options.map((option) => ({ ...option, group: group.label })));
  const most = json.max_selected_items ?? Infinity;
  const listId = freshId("list");
  const words = h("span", { class: "multi-words", id: freshId("words") });
  const main = h("button", { class: "input select multi", type: "button", "aria-expanded": "false", "aria-controls": listId }, words);
  const boxes = options.map((option) => h("input", { type: "checkbox", value: option.value }));
  const list = h("div", { class: "multi-list", id: listId, role: "group", "aria-label": plain(json.placeholder) || "Choices", hidden: true }, ...options.map((option, index) => [
    option.group && option.group !== options[index - 1]?.group && h("div", { class: "multi-group" }, option.group),
    h("label", { class: "choice" }, boxes[index], h("span", { class: "choice-words" }, option.text, option.note && h("span", { class: "choice-note" }, option.note))),
  ]));
  const read = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const draw = () => {
    const chosen = options.filter((option, index) => boxes[index].checked);
    words.replaceChildren(...(chosen.length > 0 ? chosen.map((option) => h("span", { class: "chip" }, option.text)) : [plain(json.placeholder) || "Choose…"]));
    main.classList.toggle("unchosen", chosen.length === 0);
    for (const box of boxes) box.disabled = !box.checked && chosen.length >= most;
  };
  const write = (value) => {
    const chosen = new Set(value ?? []);
    for (const box of boxes) box.checked = chosen.has(box.value);
    draw();
  };
  const open = (wanted) => {
    list.hidden = !wanted;
    set(main, "aria-expanded", String(wanted));
  };
  const node = h("div", { class: "multi-box" }, main, list);
  write((json.initial_options ?? []).map((option) => option.value).concat(initialOf(json) ?? []));
  main.addEventListener("click", () => open(list.hidden));
  list.addEventListener("change", () => {
    draw();
    if (element.block.type === "input") element.surface.changed(element);
  });
  node.addEventListener("focusout", (event) => {
    if (node.contains(event.relatedTarget)) return;
    finish();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.stopPropagation();
    main.focus();
    finish();
  });
  let told = JSON.stringify(read());
  function finish() {
    open(false);
    if (element.block.type === "input" || JSON.stringify(read()) === told) return;
    told = JSON.stringify(read()); // outside a form the app hears of the choice once, when the list closes
    hearChoice(element, () => undefined);
  }
  Object.assign(element, { node, main, wordsId: words.id, read, write: (value) => { write(value); told = JSON.stringify(read()); } });
}

function groupsOf(json) {
  const kind = json.type.replace(/^multi_/, "");
  if (kind === "users_select") return [{ options: choosablePeople() }];
  if (kind === "channels_select") return [{ options: choosableChannels(false) }];
  if (kind === "conversations_select") return [{ options: conversations(json.filter) }];
  if (json.option_groups) return json.option_groups.map((group) => ({ label: plain(group.label), options: group.options.map(option) }));
  return [{ options: (json.options ?? []).map(option) }];
}

function option(json) {
  return { value: json.value, text: plain(json.text), note: plain(json.description) };
}

function conversations(filter) {
  const wanted = new Set(filter?.include ?? ["public", "private", "im"]);
  const rooms = choosableChannels(true).filter((one) => wanted.has(isPrivate(one.value) ? "private" : "public"));
  const direct = wanted.has("im") ? (current()?.dms ?? []).filter((dm) => !(dm.is_app && filter?.exclude_bot_users)).map((dm) => ({ value: dm.id, text: nameOf(dm.with) ?? dm.with })) : [];
  return [...rooms, ...direct];
}

function isPrivate(id) {
  return current()?.channels.find((one) => one.id === id)?.private === true;
}

function initialOf(json) {
  return json[INITIAL[json.type]];
}
