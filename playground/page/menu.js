/** A small menu that opens beside a button: arrow keys move, Enter picks, Esc or a click elsewhere closes. */

import { h, set } from "./dom.js";

let open = null;

/**
 * Opens a menu for `anchor` (or closes the one that is open for it). Items: {label, note, pick, checked, testid, before, after}.
 * `checked` makes it a list of radio items.
 */
export function openMenu(anchor, items, { label, wide = false } = {}) {
  const same = open?.anchor === anchor;
  closeMenu();
  if (same) return;
  const nodes = items.map((item) => itemNode(item));
  const menu = h("div", { class: `menu${wide ? " menu-wide" : ""}`, role: "menu", "aria-label": label }, ...nodes);
  menu.addEventListener("keydown", (event) => onKey(event, nodes));
  document.getElementById("menus").append(menu);
  set(anchor, "aria-expanded", "true");
  open = { anchor, menu };
  place(menu, anchor);
  (nodes.find((node) => node.getAttribute("aria-checked") === "true") ?? nodes[0])?.focus();
  addEventListener("pointerdown", onOutside, true);
  addEventListener("resize", closeMenu);
}

export function closeMenu() {
  if (!open) return;
  open.menu.remove();
  set(open.anchor, "aria-expanded", "false");
  open = null;
  removeEventListener("pointerdown", onOutside, true);
  removeEventListener("resize", closeMenu);
}

function itemNode(item) {
  const radio = item.checked !== undefined;
  const attributes = { class: "menu-item", type: "button", tabindex: "-1", role: radio ? "menuitemradio" : "menuitem", "aria-checked": radio ? String(item.checked) : null };
  const node = h("button", attributes, item.before, h("span", { class: "menu-words" }, h("span", { class: "menu-label" }, item.label), item.note && h("span", { class: "menu-note" }, item.note)), item.after);
  if (item.testid) node.dataset.testid = item.testid;
  node.addEventListener("click", () => {
    const { anchor } = open ?? {};
    closeMenu();
    anchor?.focus();
    item.pick();
  });
  return node;
}

function onKey(event, nodes) {
  const at = nodes.indexOf(document.activeElement);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1 + nodes.length, Home: 0, End: nodes.length - 1 };
  if (event.key in moves) nodes[moves[event.key] % nodes.length]?.focus();
  else if (event.key === "Escape" || event.key === "Tab") leave();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function leave() {
  const { anchor } = open;
  closeMenu();
  anchor.focus();
}

function onOutside(event) {
  if (!open || open.menu.contains(event.target) || open.anchor.contains(event.target)) return;
  closeMenu();
}

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = box.bottom + 4 + height < innerHeight || box.top < height;
  menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? box.bottom + 4 : box.top - height - 4}px`;
}
