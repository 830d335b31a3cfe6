/**
 * Addresses: `#U123/C456` opens as a person in a conversation, `#U123/home` on the (first) app's Home tab,
 * `#U123/home/A1` on that app's; `messages` in place of `home` is its other tab. Names do as well as ids: `#dana/growth`.
 */

import { app, apps, channels, current, me, people, person, tab } from "./state.js";

/** {person, place, rest} as written in the address; empty strings where nothing is said. */
export function parseHash(hash = location.hash) {
  const [person = "", place = "", rest = ""] = hash.replace(/^#/, "").split("/").map(decodePart);
  return { person, place, rest };
}

function decodePart(part) {
  try {
    return decodeURIComponent(part);
  } catch (problem) {
    if (!(problem instanceof URIError)) throw problem;
    return part;
  }
}

/** The id of the person an address names, or null when there is no such person. */
export function findPerson(written) {
  const wanted = written.toLowerCase();
  const found = people().find((one) => one.id === written) ?? people().find((one) => one.name?.toLowerCase() === wanted)
    ?? people().find((one) => one.real_name?.toLowerCase() === wanted);
  return found?.id ?? null;
}

/** The place an address names among those the person can see, or null. */
export function findPlace(written, rest = "") {
  if (!written) return null;
  if (written === "home" || written === "messages") {
    const found = app(rest) ?? apps()[0];
    return found ? { kind: "app", app: found.app_id, tab: written } : null;
  }
  const owner = apps().find((one) => one.dm === written || one.app_id === written || one.name?.toLowerCase() === written.toLowerCase());
  if (owner) return { kind: "app", app: owner.app_id, tab: "messages" };
  const room = channels().find((one) => one.id === written || one.name === written.replace(/^#/, ""));
  if (room) return { kind: "channel", id: room.id };
  const dm = (current()?.dms ?? []).find((one) => one.id === written || one.with === written || (one.name ?? person(one.with)?.name) === written);
  return dm ? { kind: "dm", id: dm.id } : null;
}

/** Whether the place is still there for the person in the snapshot. */
export function exists(place) {
  if (!place) return false;
  if (place.kind === "app") return app(place.app) !== null;
  const list = place.kind === "channel" ? channels() : (current()?.dms ?? []);
  return list.some((one) => one.id === place.id);
}

/** Where somebody lands who asked for nothing: the app's messages, else the first channel. */
export function defaultPlace() {
  if (apps().length > 0) return { kind: "app", app: apps()[0].app_id, tab: apps()[0].messages_enabled === false ? "home" : "messages" };
  const room = channels().find((one) => one.member) ?? channels()[0];
  return room ? { kind: "channel", id: room.id } : null;
}

/** The address of a place for the person acted as. */
export function placeHash(place, personId = me()?.id ?? "") {
  if (!place) return `#${personId}`;
  if (place.kind !== "app") return `#${personId}/${place.id}`;
  if (place.tab === "home") return apps()[0]?.app_id === place.app ? `#${personId}/home` : `#${personId}/home/${place.app}`;
  return `#${personId}/${app(place.app)?.dm ?? place.app}`;
}

/** Writes where we are into the address bar. */
export function writeHash({ replace = false } = {}) {
  const hash = placeHash(tab.place);
  if (hash === location.hash || !me()) return;
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}
