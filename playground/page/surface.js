/**
 * A surface is one set of blocks a person can act on: a message, a modal, a Home tab. It draws the blocks, keeps what
 * the person typed and chose while blocks are redrawn, and sends it to the server.
 */

import { renderBlock } from "./blocks.js";
import { askConfirm } from "./confirm.js";
import { focusable, h, keyed, redrawn } from "./dom.js";
import { makeElement } from "./elements.js";
import { fieldProblem, isEmpty } from "./fields.js";
import { tell } from "./socket.js";
import { choicesKey, readingKey } from "./state.js";

const TYPING_PAUSE_MS = 350;

export class Surface {
  /** `where` is how the server is told which surface this is; see the acts "interact" and "input". */
  constructor(where) {
    this.where = where;
    this.name = Object.values(where).join(":");
    this.node = h("div", { class: `blocks blocks-${where.kind}` });
    this.elements = new Map();
    this.values = {};
    this.errors = {};
    this.mended = new Set();
  }

  /** Shows blocks with the values, errors and offered options the server knows. */
  render(blocks, values = {}, errors = {}, options = {}) {
    this.blocks = blocks ?? [];
    this.values = values ?? {};
    if (JSON.stringify(errors ?? {}) !== JSON.stringify(this.serverErrors ?? {})) this.mended.clear();
    this.serverErrors = errors ?? {};
    keyed(this.node, this.blocks.map((block, index) => ({ block, index })), keyOfBlock, redrawn(
      ({ block }) => JSON.stringify(block) + readingKey(),
      ({ block }) => renderBlock(block, this),
    ));
    this.#forgetGone();
    for (const element of this.elements.values()) {
      element.take(this.#serverValue(element));
      this.#offer(element, options?.[element.block.block_id]?.[element.json.action_id]);
    }
    this.#showErrors();
  }

  /** The node of an interactive element: the one already on the page when nothing about it changed. */
  element(block, json) {
    const key = `${block.block_id}/${json.action_id}`;
    const mark = JSON.stringify(json) + choicesKey();
    const old = this.elements.get(key);
    if (old && old.mark === mark) return old.node;
    const element = makeElement(json, this, block);
    Object.assign(element, { key, mark, block, json, unsent: old?.unsent ?? false, inFlight: 0, timer: 0 });
    const carried = old && old.json.type === json.type ? old.read() : this.#serverValue(element);
    if (carried !== undefined) element.write(carried);
    if (old) clearTimeout(old.timer);
    this.elements.set(key, element);
    return element.node;
  }

  /** Something was typed or chosen in `element`; `soon` waits for a pause in the typing. */
  changed(element, { soon = false } = {}) {
    element.unsent = true;
    clearTimeout(element.timer);
    this.mended.add(element.block.block_id);
    delete this.errors[element.block.block_id];
    this.#showErrors();
    if (!soon) return this.send(element);
    element.timer = setTimeout(() => this.send(element), TYPING_PAUSE_MS);
    return undefined;
  }

  /** Sends what stands in `element` if the server does not have it yet. */
  async send(element) {
    clearTimeout(element.timer);
    if (!element.unsent) return;
    element.unsent = false;
    element.inFlight += 1;
    const act = element.block.type === "input" ? "input" : "interact";
    await tell(act, this.#address(element, element.read()));
    element.inFlight -= 1;
  }

  /** Sends everything that still waits: before a button is pressed or the view submitted. */
  flush() {
    return Promise.all([...this.elements.values()].map((element) => this.send(element)));
  }

  /** Whether the person agrees to what the element's confirm dialog asks; true where it has none. */
  async agreed(element) {
    return element.json.confirm ? askConfirm(element.json.confirm) : true;
  }

  /** A press or choice that is told to the app at once. */
  async press(element, value) {
    await this.flush();
    return tell("interact", this.#address(element, value));
  }

  /** Checks the fields as the client does before submitting; shows the problems and gives their number. */
  check() {
    this.errors = {};
    for (const element of this.elements.values()) {
      const { block } = element;
      if (block.type !== "input") continue;
      const value = element.read();
      if (isEmpty(value)) {
        if (!block.optional) this.errors[block.block_id] = "Please complete this required field";
      } else {
        const problem = fieldProblem(element.json, value);
        if (problem) this.errors[block.block_id] = problem;
      }
    }
    this.#showErrors();
    return Object.keys(this.errors).length;
  }

  /** Puts the focus on the first field with an error; says whether there was one. */
  focusError() {
    const field = this.node.querySelector(".field-wrong");
    if (field) focusable(field)[0]?.focus();
    return field !== null;
  }

  #address(element, value) {
    return { where: this.where, block_id: element.block.block_id, action_id: element.json.action_id, value };
  }

  #serverValue(element) {
    return this.values[element.block.block_id]?.[element.json.action_id];
  }

  #offer(element, options) {
    const mark = JSON.stringify(options ?? []);
    if (!element.offer || element.offered === mark) return;
    element.offered = mark;
    element.offer(options);
  }

  #forgetGone() {
    for (const [key, element] of this.elements) {
      if (element.node.isConnected || this.node.contains(element.node)) continue;
      clearTimeout(element.timer);
      this.elements.delete(key);
    }
  }

  #showErrors() {
    for (const element of this.elements.values()) {
      if (element.block.type !== "input") continue;
      const id = element.block.block_id;
      const fromServer = this.mended.has(id) ? null : this.serverErrors?.[id];
      element.showError?.(this.errors[id] ?? fromServer ?? null);
    }
  }
}

function keyOfBlock({ block, index }) {
  return block.block_id ? `${block.block_id}:${block.type}` : `${index}:${block.type}`;
}
