/** The middle: a heading, the app's tabs, and either a conversation with its composer or a Home tab. */

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { fill, h, set, setText } from "./dom.js";
import { drawHome, homeNode } from "./home.js";
import { go } from "./navigation.js";
import { app, channel, conversationOf, current, messagesOf, nameOf, tab } from "./state.js";

let parts = null;

export function drawMain() {
  parts ??= build();
  const about = describe(tab.place);
  setText(parts.title, about.title);
  setText(parts.topic, about.topic);
  document.title = `${about.title} · Playground`;
  drawTabs();

  const home = tab.place.kind === "app" && tab.place.tab === "home";
  homeNode.hidden = !home;
  parts.talk.hidden = home;
  set(parts.body, "role", tab.place.kind === "app" ? "tabpanel" : null);
  set(parts.body, "aria-labelledby", tab.place.kind === "app" ? (home ? parts.homeTab.id : parts.messagesTab.id) : null);
  if (home) {
    drawHome(app(tab.place.app));
    return;
  }
  const conversation = conversationOf(tab.place);
  parts.conversation.draw(conversation, messagesOf(conversation).filter((one) => !one.thread_ts || one.thread_ts === one.ts), about.empty);
  parts.composer.draw(conversation, null, about);
}

function build() {
  const made = {
    title: h("h1", { class: "main-title" }),
    topic: h("p", { class: "main-topic" }),
    conversation: new Conversation({ threads: true }),
    composer: new Composer({ testid: "composer" }),
  };
  const tabButton = (name, id) => h("button", { class: "tab", type: "button", role: "tab", id, data: { testid: id }, on: { click: () => go({ ...tab.place, tab: name }) } }, name === "home" ? "Home" : "Messages");
  made.homeTab = tabButton("home", "app-home-tab");
  made.messagesTab = tabButton("messages", "app-messages-tab");
  made.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "App" }, made.homeTab, made.messagesTab);
  made.tabs.addEventListener("keydown", onTabKey);
  made.talk = h("div", { class: "talk" }, made.conversation.node, made.composer.node);
  made.body = h("div", { class: "main-body" }, homeNode, made.talk);
  fill(document.getElementById("main"), h("header", { class: "main-head" }, h("div", { class: "main-words" }, made.title, made.topic), made.tabs), made.body);
  return made;
}

function onTabKey(event) {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  const other = document.activeElement === parts.homeTab ? parts.messagesTab : parts.homeTab;
  if (other.hidden) return;
  other.focus();
  other.click();
  event.preventDefault();
}

function drawTabs() {
  const one = tab.place.kind === "app" ? app(tab.place.app) : null;
  parts.tabs.hidden = one === null;
  if (!one) return;
  for (const [button, name, enabled] of [[parts.homeTab, "home", one.home_enabled], [parts.messagesTab, "messages", one.messages_enabled]]) {
    const chosen = tab.place.tab === name;
    button.hidden = enabled === false && !chosen;
    set(button, "aria-selected", String(chosen));
    set(button, "tabindex", chosen ? "0" : "-1");
  }
}

/** Title, topic, what an empty conversation reads, and why one cannot write here (if so). */
function describe(place) {
  if (place.kind === "app") {
    const one = app(place.app);
    const shut = one.messages_enabled === false ? "Sending messages to this app is turned off." : null;
    return { title: one.name, topic: one.connected === false ? "App · not connected right now" : "App", placeholder: `Message ${one.name}`, shut, empty: [`This is your conversation with ${one.name}.`, "Only you and the app see it. Type / to see what it understands."] };
  }
  if (place.kind === "dm") {
    const dm = current().dms.find((one) => one.id === place.id);
    const name = nameOf(dm.with) ?? dm.name ?? dm.with;
    return { title: name, topic: "Direct message", placeholder: `Message ${name}`, shut: null, empty: [`This is your conversation with ${name}.`, "Nothing has been written yet."] };
  }
  const room = channel(place.id);
  const shut = room.archived ? "This channel is archived. It can be read, but nothing can be added." : room.member ? null : "Only members can write here.";
  return { title: `${room.private ? "◆ " : "#"}${room.name}`, topic: room.topic || (room.private ? "Private channel" : "Channel"), placeholder: `Message #${room.name}`, shut, empty: room.member ? [`This is the start of #${room.name}.`, "Nothing has been written yet."] : [`You are not in #${room.name}.`, "Its messages are shown to members only."] };
}
