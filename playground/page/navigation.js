/** Moving about: becoming a person, opening a place, a thread, a Home tab, and following the address bar. */

import { act, tell } from "./socket.js";
import { changed, conversationOf, me, messagesOf, tab, unreadOf } from "./state.js";
import { defaultPlace, exists, findPerson, findPlace, parseHash, writeHash } from "./route.js";
import { toast } from "./toasts.js";

let wanted = null;

/** Takes up the address the page was opened with, or went back to. */
export function followAddress() {
  wanted = parseHash();
  settle();
}

/** After (re)connecting: be the same person as before, or the one in the address. */
export function resume() {
  wanted ??= parseHash();
  const id = me()?.id ?? (/^[UW][A-Z0-9]+$/.test(wanted.person) ? wanted.person : null);
  if (id) act("become", { person: id });
}

/** Brings person and place in line with what was asked for; called after each snapshot. */
export function settle() {
  if (!me()) return;
  if (wanted?.person) {
    const id = findPerson(wanted.person);
    if (id && id !== me().id) {
      become(id);
      return;
    }
    if (!id) toast(`There is nobody called ${wanted.person} here.`);
  }
  if (wanted) {
    const place = findPlace(wanted.place, wanted.rest);
    wanted = null;
    if (place && !samePlace(place, tab.place)) go(place, { replace: true });
  }
  if (!exists(tab.place)) go(defaultPlace(), { replace: true });
  else if (me().id !== actedAs) go(tab.place, { replace: true });
  else markRead();
  actedAs = me().id;
}

let actedAs = null;


let becoming = null;

/** Acts as another person from here on; the place stays where that person can see it. */
export async function become(id) {
  if (becoming === id) return;
  becoming = id;
  const result = await tell("become", { person: id });
  becoming = null;
  if (!result.ok) wanted = null;
  tab.thread = null;
}

export function go(place, { replace = false } = {}) {
  if (!place) return;
  tab.place = place;
  tab.thread = null;
  tab.newSince = firstUnread(conversationOf(place));
  writeHash({ replace });
  if (place.kind === "app" && place.tab === "home") tell("home", { app_id: place.app });
  markRead();
  changed();
}

export function samePlace(one, other) {
  return one?.kind === other?.kind && one?.id === other?.id && one?.app === other?.app && one?.tab === other?.tab;
}

export function openThread(ts) {
  tab.thread = ts;
  changed();
}

export function closeThread() {
  tab.thread = null;
  changed();
}

/** Tells the server that what is on screen was read. */
export function markRead() {
  const conversation = conversationOf(tab.place);
  if (conversation && document.visibilityState === "visible" && unreadOf(conversation) > 0) act("read", { channel: conversation });
}

function firstUnread(conversation) {
  const count = unreadOf(conversation);
  if (count === 0) return null;
  const others = messagesOf(conversation).filter((one) => one.user !== me()?.id && !one.thread_ts && !one.ephemeral);
  return others.length > count ? others[others.length - count].ts : null;
}
