/** Short notes at the foot of the page, mostly for what went wrong. */

import { h } from "./dom.js";

const SHOWN_MS = 7000;

export function toast(text, kind = "error") {
  const shelf = document.getElementById("toasts");
  const note = h("div", { class: `toast toast-${kind}`, data: { testid: "toast" } },
    h("span", { class: "toast-text" }, text),
    h("button", { class: "icon-button", type: "button", "aria-label": "Dismiss", on: { click: () => note.remove() } }, "×"));
  while (shelf.children.length > 2) shelf.firstChild.remove();
  shelf.append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}
