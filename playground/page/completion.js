/** The menu above the composer: slash commands with hint and description, people after @, channels after #. */

import { fill, freshId, h, set } from "./dom.js";
import { apps, channels, people } from "./state.js";

const MOST = 8;

export class Completion {
  constructor(field, { commands, onPick }) {
    this.field = field;
    this.commands = commands;
    this.onPick = onPick;
    this.listId = freshId("completion");
    this.node = h("ul", { class: "completion", role: "listbox", id: this.listId, "aria-label": "Suggestions", hidden: true, data: { testid: "completion" } });
    this.items = [];
    this.at = 0;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listId })) set(field, name, value);
    field.addEventListener("input", () => this.look());
    field.addEventListener("click", () => this.look());
    field.addEventListener("blur", () => setTimeout(() => document.activeElement !== field && this.close(), 120));
  }

  /** Opens, narrows or closes the menu for what stands before the caret. */
  look() {
    this.items = this.#candidates().slice(0, MOST);
    this.at = 0;
    this.#draw();
  }

  close() {
    this.items = [];
    this.#draw();
  }

  /** Handles a key while the menu is open; true when it was meant for the menu. */
  onKey(event) {
    if (this.items.length === 0) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : this.items.length - 1)) % this.items.length;
      this.#draw();
      return true;
    }
    if (event.key === "Escape") {
      this.close();
      return true;
    }
    if (event.key !== "Tab" && event.key !== "Enter") return false;
    if (event.shiftKey) return false;
    const whole = event.key === "Enter" && this.items.some((item) => item.insert.trim() === this.field.value.slice(item.from).trim());
    if (whole) {
      this.close(); // the command or name is typed in full: Enter sends
      return false;
    }
    this.#pick(this.items[this.at]);
    return true;
  }

  /** What can follow the command being typed. */
  hint() {
    const match = /^(\/\S+)\s/.exec(this.field.value);
    const command = match && this.#allCommands().find((one) => one.command === match[1]);
    return command?.usage_hint ? `${command.command} ${command.usage_hint}` : null;
  }

  #allCommands() {
    return this.commands ? apps().flatMap((one) => (one.commands ?? []).map((command) => ({ ...command, by: one.name }))) : [];
  }

  #candidates() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    if (/^\/\S*$/.test(before)) {
      return this.#allCommands().filter((one) => one.command.startsWith(before.toLowerCase())).map((one) => ({
        from: 0, insert: `${one.command} `, title: one.command, hint: one.usage_hint, note: one.description, by: one.by,
      }));
    }
    const match = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
    if (!match) return [];
    const from = before.length - match[2].length - 1;
    const wanted = match[2].toLowerCase();
    if (match[1] === "#") {
      return channels().filter((one) => !one.archived && one.name.startsWith(wanted)).map((one) => ({ from, insert: `#${one.name} `, title: `#${one.name}`, note: one.topic }));
    }
    return people().filter((one) => !one.deleted && [one.name, one.real_name].some((name) => name?.toLowerCase().startsWith(wanted)))
      .map((one) => ({ from, insert: `@${one.name} `, title: `@${one.name}`, note: one.real_name }));
  }

  #pick(item) {
    const { field } = this;
    const rest = field.value.slice(field.selectionStart);
    field.value = field.value.slice(0, item.from) + item.insert + rest.replace(/^ /, "");
    const caret = item.from + item.insert.length;
    field.setSelectionRange(caret, caret);
    this.close();
    this.onPick();
    field.focus();
  }

  #draw() {
    const open = this.items.length > 0;
    this.node.hidden = !open;
    set(this.field, "aria-expanded", String(open));
    fill(this.node, ...this.items.map((item, index) => this.#option(item, index)));
    set(this.field, "aria-activedescendant", open ? this.node.children[this.at].id : null);
    if (open) this.node.children[this.at].scrollIntoView({ block: "nearest" });
  }

  #option(item, index) {
    const option = h("li", { class: "completion-item", role: "option", id: `${this.listId}-${index}`, "aria-selected": String(index === this.at) },
      h("span", { class: "completion-title" }, item.title, item.hint && h("span", { class: "completion-hint" }, ` ${item.hint}`)),
      item.note && h("span", { class: "completion-note" }, item.note),
      item.by && h("span", { class: "completion-by" }, item.by));
    option.addEventListener("mousedown", (event) => {
      event.preventDefault(); // keep the caret in the field
      this.#pick(item);
    });
    return option;
  }
}
