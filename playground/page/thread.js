/** The right pane: a message and its replies. */

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { fill, h } from "./dom.js";
import { closeThread } from "./navigation.js";
import { channel, conversationOf, messagesOf, tab } from "./state.js";

let parts = null;
let shown = null;

export function drawThread() {
  const pane = document.getElementById("thread");
  parts ??= build(pane);
  const conversation = conversationOf(tab.place);
  const all = messagesOf(conversation);
  const parent = tab.thread && all.find((one) => one.ts === tab.thread);
  pane.hidden = !parent;
  if (!parent) {
    shown = null;
    return;
  }
  const replies = all.filter((one) => one.thread_ts === tab.thread && one.ts !== tab.thread);
  parts.conversation.draw(conversation, [parent, ...replies], null);
  const room = channel(conversation);
  const shut = room?.archived ? "This channel is archived." : room && !room.member ? "You are not in this channel." : null;
  parts.composer.draw(conversation, tab.thread, { placeholder: "Reply", shut });
  if (shown !== tab.thread) parts.composer.focus();
  shown = tab.thread;
}

function build(pane) {
  const made = { conversation: new Conversation({ threads: false }), composer: new Composer({ testid: "thread-composer", commands: false }) };
  const close = h("button", { class: "icon-button", type: "button", "aria-label": "Close thread", data: { testid: "thread-close" }, on: { click: closeThread } }, "×");
  fill(pane, h("header", { class: "pane-head" }, h("h2", { class: "pane-title" }, "Thread"), close), h("div", { class: "talk" }, made.conversation.node, made.composer.node));
  pane.dataset.testid = "thread";
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closeThread();
  });
  return made;
}
