/** The question an app asks before a press counts (a Block Kit confirm object). */

import { fill, freshId, h, trapTab } from "./dom.js";
import { closeMenu } from "./menu.js";
import { textObject } from "./texts.js";

let waiting = null;

export function isAsking() {
  return waiting !== null;
}

/** Shows the question; true when the person agreed. */
export function askConfirm(confirm) {
  waiting?.(false);
  closeMenu();
  const before = document.activeElement;
  const ids = { title: freshId("confirm"), text: freshId("confirm") };
  return new Promise((resolve) => {
    const answer = (agreed) => {
      waiting = null;
      fill(document.getElementById("confirms"));
      syncInert();
      if (before?.isConnected) before.focus();
      resolve(agreed);
    };
    waiting = answer;
    const deny = h("button", { class: "button", type: "button", data: { testid: "confirm-deny" }, on: { click: () => answer(false) } }, textObject(confirm.deny) ?? "Cancel");
    const agree = h("button", { class: `button button-${confirm.style === "danger" ? "danger-solid" : "primary"}`, type: "button", data: { testid: "confirm-agree" }, on: { click: () => answer(true) } }, textObject(confirm.confirm) ?? "OK");
    const dialog = h("div", { class: "dialog dialog-small", role: "alertdialog", "aria-modal": "true", "aria-labelledby": ids.title, "aria-describedby": ids.text, tabindex: "-1", data: { testid: "confirm" } },
      h("h2", { class: "dialog-title", id: ids.title }, textObject(confirm.title)),
      h("div", { class: "dialog-text", id: ids.text }, textObject(confirm.text)),
      h("div", { class: "dialog-foot" }, deny, agree));
    const layer = h("div", { class: "layer layer-top" }, dialog);
    dialog.addEventListener("keydown", (event) => {
      trapTab(dialog, event);
      if (event.key !== "Escape") return;
      event.stopPropagation();
      answer(false);
    });
    fill(document.getElementById("confirms"), layer);
    syncInert();
    agree.focus();
  });
}

/** What lies under a dialog can be neither clicked nor reached; clock and traffic stay usable. */
export function syncInert() {
  const modals = document.getElementById("modals");
  modals.inert = isAsking();
  document.getElementById("app").inert = isAsking() || modals.childElementCount > 0;
}
