/**
 * What the page knows: the server's last snapshot (`snapshot`), and what only this tab knows (`tab`).
 * Everything that draws reads from here; nothing here draws.
 */

export const tab = {
  /** Where the person is: {kind:"channel"|"dm", id} or {kind:"app", app, tab:"home"|"messages"}; null before the first snapshot. */
  place: null,
  /** ts of the thread's parent shown in the right pane. */
  thread: null,
  /** ts of the first message that was unread when the place was opened. */
  newSince: null,
  trafficOpen: false,
  /** "connecting", "open" or "lost". */
  link: "connecting",
};

let snapshot = null;
let receivedAt = 0;
const listeners = new Set();
let queued = false;

export function current() {
  return snapshot;
}

/** Takes a new snapshot from the server. */
export function accept(next) {
  snapshot = next;
  receivedAt = performance.now();
  changed();
}

/** Calls `listener` after every change of the snapshot or the tab. */
export function onChange(listener) {
  listeners.add(listener);
}

/** Says that something changed; several changes in one turn are drawn once. */
export function changed() {
  if (queued) return;
  queued = true;
  queueMicrotask(() => {
    queued = false;
    for (const listener of listeners) listener();
  });
}

/** The playground's time at this moment: it runs on between snapshots, and waits while the clock is being moved. */
export function now() {
  if (!snapshot) return new Date();
  const base = new Date(snapshot.now).getTime();
  return new Date(snapshot.clock?.moving ? base : base + (performance.now() - receivedAt));
}

export function me() {
  return snapshot?.me ?? null;
}

export function people() {
  return snapshot?.people ?? [];
}

export function apps() {
  return snapshot?.apps ?? [];
}

export function channels() {
  return snapshot?.channels ?? [];
}

export function person(id) {
  return people().find((one) => one.id === id) ?? (me()?.id === id ? me() : null);
}

export function channel(id) {
  return channels().find((one) => one.id === id) ?? null;
}

export function app(id) {
  return apps().find((one) => one.app_id === id) ?? null;
}

/** The name of a person or an app's bot user, or null when unknown here. */
export function nameOf(userId) {
  const someone = person(userId);
  if (someone) return someone.real_name || someone.name;
  const bot = apps().find((one) => one.bot_user_id === userId);
  return bot ? bot.name : null;
}

/** The conversation id of a place, or null for the Home tab and for an app without a DM yet. */
export function conversationOf(place) {
  if (!place) return null;
  if (place.kind !== "app") return place.id;
  return place.tab === "messages" ? (app(place.app)?.dm ?? null) : null;
}

/** The messages of a conversation, oldest first, thread replies among them. */
export function messagesOf(conversation) {
  return (conversation && snapshot?.messages?.[conversation]) || [];
}

export function unreadOf(conversation) {
  const found = [...channels(), ...(snapshot?.dms ?? [])].find((one) => one.id === conversation);
  return found?.unread ?? 0;
}

/** What the lists of people and conversations to choose from depend on. */
export function choicesKey() {
  return [people(), channels(), snapshot?.dms ?? []].map((list) => list.length).join("|");
}

/** What dates and names in texts depend on: when it changes, texts are drawn anew. */
export function readingKey() {
  const mine = me();
  return mine ? `${mine.id}|${mine.tz}|${mine.locale}|${snapshot.now.slice(0, 13)}|${people().length}` : "";
}
