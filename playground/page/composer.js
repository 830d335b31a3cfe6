/** Where one writes: a field that grows, remembers half-written text per conversation, and completes commands and names. */

import { Completion } from "./completion.js";
import { h, set, setText } from "./dom.js";
import { fitHeight } from "./inputs.js";
import { openMenu } from "./menu.js";
import { act, tell } from "./socket.js";
import { apps, me } from "./state.js";
import { toast } from "./toasts.js";

const drafts = new Map();

export class Composer {
  constructor({ testid, commands = true }) {
    this.field = h("textarea", { class: "composer-field", rows: 1, data: { testid } });
    this.send = h("button", { class: "button button-primary composer-send", type: "button", data: { testid: `${testid}-send` }, on: { click: () => this.submit() } }, "Send");
    this.shortcuts = h("button", { class: "button button-small", type: "button", "aria-haspopup": "menu", "aria-expanded": "false", hidden: true, on: { click: () => this.#openShortcuts() } }, "Shortcuts");
    this.hint = h("span", { class: "composer-hint", "aria-live": "polite" });
    this.shut = h("div", { class: "composer-shut", hidden: true });
    this.box = h("div", { class: "composer-box" }, this.field, h("div", { class: "composer-bar" }, this.shortcuts, this.hint, this.send));
    this.completion = new Completion(this.field, { commands, onPick: () => this.#keep() });
    this.node = h("div", { class: "composer" }, this.completion.node, this.box, this.shut);
    this.field.addEventListener("input", () => this.#keep());
    this.field.addEventListener("keydown", (event) => this.#onKey(event));
    this.key = null;
    this.withCommands = commands;
  }

  /** Aims at a conversation (and thread); `shut` says why one cannot write there. */
  draw(conversation, thread, { placeholder, shut }) {
    this.conversation = conversation;
    this.thread = thread;
    const closed = me().deleted ? "This account is deactivated." : shut;
    this.box.hidden = Boolean(closed);
    this.shut.hidden = !closed;
    setText(this.shut, closed ?? "");
    set(this.field, "placeholder", placeholder);
    set(this.field, "aria-label", placeholder);
    this.shortcuts.hidden = !this.withCommands || !apps().some((one) => one.shortcuts?.length > 0);
    const key = `${me().id}/${conversation}/${thread ?? ""}`;
    if (key === this.key) return;
    this.key = key;
    this.field.value = drafts.get(key) ?? "";
    this.completion.close();
    this.#look();
  }

  focus() {
    this.field.focus();
  }

  async submit() {
    const text = this.field.value.trim();
    if (text === "" || this.sending || !this.conversation) return;
    const key = this.key;
    this.sending = true;
    this.field.value = "";
    this.#keep();
    const result = await act("type", { channel: this.conversation, text, thread_ts: this.thread });
    this.sending = false;
    if (result.ok) return;
    toast(result.error || "The message was not sent.");
    if (!drafts.get(key)) drafts.set(key, text);
    if (this.key === key && this.field.value === "") this.field.value = text;
    this.#look();
  }

  #keep() {
    if (this.field.value === "") drafts.delete(this.key);
    else drafts.set(this.key, this.field.value);
    this.#look();
  }

  #look() {
    fitHeight(this.field, 180);
    set(this.send, "aria-disabled", this.field.value.trim() === "" ? "true" : null);
    setText(this.hint, this.completion.hint() ?? "");
  }

  #onKey(event) {
    if (event.isComposing) return;
    if (this.completion.onKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.submit();
  }

  #openShortcuts() {
    const items = apps().flatMap((one) => (one.shortcuts ?? []).map((shortcut) => ({
      label: shortcut.name, note: shortcut.description || one.name,
      pick: () => tell("shortcut", { app_id: one.app_id, callback_id: shortcut.callback_id }),
    })));
    openMenu(this.shortcuts, items, { label: "Shortcuts", wide: true });
  }
}
