/** A list of messages with day dividers, kept at its end while the reader is there. */

import { dateOfTs, dayKey, dayLabel } from "./dates.js";
import { h, keyed, redrawn, stickToEnd } from "./dom.js";
import { messagePart } from "./message.js";
import { me, readingKey, tab } from "./state.js";

const TOGETHER_S = 5 * 60;

export class Conversation {
  constructor({ threads }) {
    this.threads = threads;
    this.list = h("ol", { class: "messages", role: "log", "aria-label": "Messages" });
    this.empty = h("div", { class: "empty" });
    this.jump = h("button", { class: "jump", type: "button", hidden: true, on: { click: () => this.toEnd() } }, "New messages ↓");
    this.scroller = h("div", { class: "scroller", tabindex: "-1" }, this.empty, this.list);
    this.node = h("div", { class: "conversation" }, this.scroller, this.jump);
    this.shown = null;
    this.count = 0;
    this.scroller.addEventListener("scroll", () => {
      if (this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 48) this.jump.hidden = true;
    });
    new ResizeObserver(() => this.wasAtEnd && this.toEnd()).observe(this.scroller);
    this.scroller.addEventListener("scroll", () => {
      this.wasAtEnd = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 48;
    });
    this.wasAtEnd = true;
  }

  /** Shows `messages` of a conversation; `empty` is [title, words] for when there are none. */
  draw(conversation, messages, empty) {
    const place = `${me().id}/${conversation}/${tab.thread && !this.threads ? tab.thread : ""}`;
    const moved = place !== this.shown;
    const atEnd = stickToEnd(this.scroller, () => {
      this.empty.hidden = messages.length > 0 || !empty;
      if (empty) this.empty.replaceChildren(h("p", { class: "empty-title" }, empty[0]), h("p", {}, empty[1]));
      keyed(this.list, this.#items(conversation, messages), (item) => item.key, (item) => (item.message ? messagePart(item) : divider(item)));
    });
    if (moved) this.toEnd();
    else if (!atEnd && messages.length > this.count) this.jump.hidden = false;
    if (atEnd && !moved) this.wasAtEnd = true;
    this.shown = place;
    this.count = messages.length;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.jump.hidden = true;
    this.wasAtEnd = true;
  }

  #items(conversation, messages) {
    const items = [];
    let last = null;
    for (const message of messages) {
      const day = dayKey(dateOfTs(message.ts));
      const newDay = !last || dayKey(dateOfTs(last.ts)) !== day;
      if (newDay && this.threads) items.push({ key: `day:${day}`, day: dateOfTs(message.ts) });
      const fresh = this.threads && tab.newSince === message.ts;
      if (fresh) items.push({ key: "new", words: "New" });
      items.push({ key: `${me().id}:${conversation}:${message.ts}`, message, conversation, threads: this.threads, compact: !newDay && !fresh && follows(message, last) });
      last = message;
    }
    return items;
  }
}

function follows(message, last) {
  const near = Number(message.ts) - Number(last.ts) < TOGETHER_S;
  return near && last.user === message.user && !last.ephemeral && !message.ephemeral && !message.deleted && !last.deleted && !(last.reply_count > 0);
}

function divider(first) {
  const draw = (item) => h("li", { class: item.words ? "divider divider-new" : "divider", role: "separator" }, h("span", {}, item.words ?? dayLabel(item.day)));
  return redrawn((item) => `${item.words ?? dayLabel(item.day)}|${readingKey()}`, draw)(first);
}
