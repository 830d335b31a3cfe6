/** One message: who, when, what, and what can be done with it. Its blocks live in a surface, so that a change of the message keeps focus and values. */

import { dateOfTs, fullMoment, timeOf } from "./dates.js";
import { fill, h, keyed, redrawn, set } from "./dom.js";
import { emojiChar, emojiNode, textNodes } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { openThread } from "./navigation.js";
import { avatar } from "./people.js";
import { nameOf, readingKey } from "./state.js";
import { Surface } from "./surface.js";

/** A part for a keyed list; items are {message, conversation, compact, threads}. */
export function messagePart(first) {
  const { message, conversation } = first;
  const surface = new Surface({ kind: "message", channel: conversation, ts: message.ts });
  const gutter = h("div", { class: "message-gutter" });
  const head = h("div", { class: "message-head" });
  const text = h("div", { class: "message-text" });
  const attachments = h("div", { class: "attachments" });
  const files = h("div", { class: "files" });
  const foot = h("div", { class: "message-foot" });
  const tools = h("div", { class: "message-tools" });
  const body = h("div", { class: "message-body" }, head, text, surface.node, attachments, files, foot);
  const node = h("li", { class: "message", tabindex: "-1", data: { testid: "message", ts: message.ts, focusHome: "" } }, gutter, body, tools);
  const draws = [
    watched((item) => [item.message.user, item.message.name, item.compact, readingKey()], (item) => drawGutter(gutter, item)),
    watched((item) => [{ ...item.message, blocks: null, state: null, reply_count: 0 }, item.compact, readingKey()], (item) => drawHead(head, item)),
    watched((item) => [item.message.text, item.message.blocks?.length > 0, item.message.deleted, readingKey()], (item) => drawText(text, item.message)),
    watched((item) => [item.message.files], (item) => drawFiles(files, item.message.files ?? [])),
    watched((item) => [item.message.reply_count, item.message.reactions, item.message.failed, item.threads], (item) => drawFoot(foot, item)),
    watched((item) => [item.threads, item.message.ephemeral, item.message.deleted], (item) => drawTools(tools, item)),
  ];
  return {
    node,
    update(item) {
      node.classList.toggle("compact", item.compact);
      node.classList.toggle("ephemeral", item.message.ephemeral === true);
      set(node, "data-author", item.message.name);
      for (const draw of draws) draw(item);
      surface.render(item.message.deleted ? [] : item.message.blocks, item.message.state, {}, item.message.options);
      surface.node.hidden = surface.node.childElementCount === 0;
      drawAttachments(attachments, item, surface);
    },
  };
}

function watched(signature, draw) {
  let seen = null;
  return (item) => {
    const now = JSON.stringify(signature(item));
    if (now === seen) return;
    seen = now;
    draw(item);
  };
}

function drawGutter(gutter, { message, compact }) {
  const at = dateOfTs(message.ts);
  fill(gutter, compact ? h("time", { class: "message-time-small", datetime: at.toISOString() }, timeOf(at)) : avatar(message.user, authorOf(message), { bot: message.is_bot }));
}

function authorOf(message) {
  return (message.is_bot ? message.name : nameOf(message.user)) || message.name || nameOf(message.user) || message.user;
}

function drawHead(head, { message, compact }) {
  const at = dateOfTs(message.ts);
  fill(head,
    message.ephemeral && h("div", { class: "ephemeral-note" }, "Only visible to you"),
    h("div", { class: compact ? "message-by visually-hidden" : "message-by" },
      h("span", { class: "message-author" }, authorOf(message)),
      message.is_bot && h("span", { class: "app-mark" }, "App"),
      h("time", { class: "message-time", datetime: at.toISOString(), title: fullMoment(at) }, timeOf(at)),
      message.edited && h("span", { class: "edited" }, "(edited)")));
}

function drawText(text, message) {
  const hasBlocks = message.blocks?.length > 0;
  text.hidden = hasBlocks && !message.deleted;
  if (message.deleted) fill(text, h("em", { class: "tombstone" }, "This message was deleted."));
  else if (!hasBlocks) fill(text, mrkdwn(message.text));
  else fill(text);
}

function drawAttachments(node, { message, conversation }, surface) {
  const all = message.deleted ? [] : (message.attachments ?? []).map((attachment, index) => ({ attachment, index }));
  node.hidden = all.length === 0;
  keyed(node, all, (one) => one.index, () => {
    const inner = new Surface({ kind: "message", channel: conversation, ts: message.ts });
    const words = redrawn((one) => (one.attachment.text ?? one.attachment.fallback ?? "") + readingKey(), (one) => h("div", {}, mrkdwn(one.attachment.text ?? (one.attachment.blocks ? "" : one.attachment.fallback))));
    let first = null;
    const box = h("div", { class: "attachment" });
    return {
      node: box,
      update(one) {
        if (first === null) {
          first = words(one);
          box.append(first.node, inner.node);
        }
        first.update(one);
        inner.render(one.attachment.blocks ?? [], surface.values);
      },
    };
  });
}

function drawFiles(node, files) {
  node.hidden = files.length === 0;
  fill(node, ...files.map((file) =>
    h("a", { class: "file", href: file.url, download: file.name, data: { testid: "file" } },
      h("span", { class: "file-name" }, file.title || file.name),
      h("span", { class: "file-about" }, `${file.pretty_type}, ${sizeOf(file.size)}`),
      h("span", { class: "file-get" }, "Download"))));
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

function drawFoot(foot, { message, threads }) {
  const replies = message.reply_count ?? 0;
  fill(foot,
    message.reactions?.length > 0 && h("div", { class: "reactions" }, ...message.reactions.map(({ name, count }) => h("span", { class: "reaction" }, emojiChar(name) ? emojiNode(emojiChar(name), name) : `:${name}:`, ` ${count}`))),
    message.failed && h("div", { class: "message-failed", role: "alert" }, ...textNodes(message.failed)),
    threads && replies > 0 && h("button", { class: "replies", type: "button", data: { testid: "replies" }, on: { click: () => openThread(message.ts) } }, replies === 1 ? "1 reply" : `${replies} replies`));
}

function drawTools(tools, { message, threads }) {
  const possible = threads && !message.ephemeral && !message.deleted;
  fill(tools, possible && h("button", { class: "tool", type: "button", data: { testid: "reply-in-thread" }, on: { click: () => openThread(message.ts) } }, "Reply in thread"));
}
