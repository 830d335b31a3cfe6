/** Modals: a stack of views as dialogs. Only the top one is on the page; the others wait with all that was typed in them. */

import { isAsking, syncInert } from "./confirm.js";
import { fill, focusable, freshId, h, keyed, set, setText, trapTab } from "./dom.js";
import { act, tell } from "./socket.js";
import { apps, current } from "./state.js";
import { Surface } from "./surface.js";
import { plain } from "./texts.js";

let top = null;
let opener = null;
const dialogs = new Map();

export function drawModals() {
  const views = current().views ?? [];
  const root = document.getElementById("modals");
  if (views.length > 0 && top === null) opener = document.activeElement;
  for (const id of dialogs.keys()) if (!views.some((one) => one.view_id === id)) dialogs.delete(id);
  for (const one of views) if (!dialogs.has(one.view_id)) dialogs.set(one.view_id, new Dialog(one));
  for (const one of views.slice(0, -1)) dialogs.get(one.view_id).update(one);
  keyed(root, views.slice(-1), (one) => one.view_id, (one) => dialogs.get(one.view_id));
  const newTop = views.at(-1)?.view_id ?? null;
  syncInert();
  if (newTop !== top) moveFocus(newTop);
  top = newTop;
}

function moveFocus(newTop) {
  if (newTop) dialogs.get(newTop).focusAgain();
  else if (opener?.isConnected) opener.focus();
  else document.querySelector("[data-testid='composer']")?.focus();
  if (!newTop) opener = null;
}

class Dialog {
  constructor(first) {
    this.id = first.view_id;
    this.surface = new Surface({ kind: "view", view_id: first.view_id });
    this.surface.submit = () => this.submit();
    this.busy = false;
    const titleId = freshId("title");
    this.from = h("span", { class: "dialog-app" });
    this.title = h("h2", { class: "dialog-title", id: titleId });
    this.x = h("button", { class: "icon-button", type: "button", "aria-label": "Close", data: { testid: "modal-close" }, on: { click: () => this.leave(true) } }, "×");
    this.trouble = h("div", { class: "alert alert-error", role: "alert", hidden: true, data: { testid: "modal-trouble" } });
    this.body = h("div", { class: "dialog-body", tabindex: "-1" }, this.surface.node);
    this.closeButton = h("button", { class: "button", type: "button", data: { testid: "modal-cancel" }, on: { click: () => this.leave(false) } });
    this.submitButton = h("button", { class: "button button-primary", type: "button", data: { testid: "modal-submit" }, on: { click: () => this.submit() } });
    this.foot = h("div", { class: "dialog-foot" }, this.closeButton, this.submitButton);
    this.dialog = h("div", { class: "dialog", role: "dialog", "aria-modal": "true", "aria-labelledby": titleId, tabindex: "-1", data: { testid: "modal", view: first.view_id } },
      h("header", { class: "dialog-head" }, h("div", { class: "dialog-words" }, this.title, this.from), this.x), this.body, this.trouble, this.foot);
    this.node = h("div", { class: "layer" }, this.dialog);
    this.body.addEventListener("scroll", () => { if (this.body.isConnected) this.scrolled = this.body.scrollTop; });
    this.dialog.addEventListener("focusin", (event) => { this.lastFocus = event.target; });
    this.dialog.addEventListener("keydown", (event) => this.#onKey(event));
  }

  update(one) {
    const { view } = one;
    this.stacked = (current().views ?? []).length > 1;
    setText(this.title, plain(view.title));
    setText(this.from, appName(view));
    setText(this.closeButton, plain(view.close) || (this.stacked ? "Back" : "Cancel"));
    this.submitButton.hidden = !view.submit && !(view.blocks ?? []).some((block) => block.type === "input");
    this.working = this.busy || one.busy === true;
    fill(this.submitButton, plain(view.submit) || "Submit");
    set(this.submitButton, "aria-busy", this.working ? "true" : null);
    set(this.submitButton, "aria-disabled", this.working ? "true" : null);
    set(this.dialog, "aria-busy", this.working ? "true" : null);
    this.#showTrouble(one.trouble);
    const top = this.body.scrollTop;
    const before = JSON.stringify(this.surface.serverErrors ?? {});
    this.surface.render(view.blocks, one.values, one.errors, one.options);
    if (this.body.scrollTop !== top) this.body.scrollTop = top;
    const now = JSON.stringify(one.errors ?? {});
    if (now !== before && now !== "{}") queueMicrotask(() => this.surface.focusError());
  }

  /** Flushes what is typed, checks the fields, and sends the view. */
  async submit() {
    if (this.working || this.submitButton.hidden) return;
    this.#showTrouble(null);
    if (this.surface.check() > 0) {
      this.surface.focusError();
      return;
    }
    this.#setBusy(true);
    await this.surface.flush();
    const result = await act("submit", { view_id: this.id });
    this.#setBusy(false);
    if (!result.ok && !this.surface.focusError()) this.#showTrouble(result.error);
  }

  /** The × closes the whole stack; the button below and Esc close the view on top. */
  async leave(all) {
    await this.surface.flush();
    if (all && this.stacked) await tell("close_all");
    else await tell("close", { view_id: this.id });
  }

  /** Where the person was in this view, or its first field. */
  focusAgain() {
    this.body.scrollTop = this.scrolled ?? 0;
    if (this.lastFocus?.isConnected) this.lastFocus.focus({ preventScroll: true });
    else this.focusFirst();
  }

  focusFirst() {
    const { blocks } = this.surface;
    const wanted = blocks.find((block) => (block.element ?? block.accessory)?.focus_on_load)
      ?? blocks.find((block) => block.elements?.some?.((element) => element.focus_on_load));
    const named = wanted && this.surface.node.querySelector(`[data-block="${CSS.escape(wanted.block_id)}"]`);
    const field = [...this.surface.node.querySelectorAll("input, select, textarea, .multi")].find((node) => node.getClientRects().length > 0);
    (focusable(named ?? document.createElement("i"))[0] ?? checkedTwin(field) ?? this.dialog).focus();
  }

  #setBusy(busy) {
    this.busy = busy;
    this.working = busy;
    for (const node of [this.submitButton, this.dialog]) set(node, "aria-busy", busy ? "true" : null);
    set(this.submitButton, "aria-disabled", busy ? "true" : null);
  }

  #showTrouble(text) {
    setText(this.trouble, text ?? "");
    this.trouble.hidden = !text;
  }

  #onKey(event) {
    trapTab(this.dialog, event);
    if (event.key !== "Escape" || event.defaultPrevented || isAsking()) return;
    event.preventDefault();
    this.leave(false);
  }
}

function checkedTwin(field) {
  if (field?.type !== "radio") return field;
  return document.querySelector(`input[name="${CSS.escape(field.name)}"]:checked`) ?? field;
}

function appName(view) {
  const found = apps().find((one) => one.app_id === view.app_id) ?? (apps().length === 1 ? apps()[0] : null);
  return found?.name ?? "";
}
