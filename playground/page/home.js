/** The app's Home tab. */

import { h, setText } from "./dom.js";
import { me } from "./state.js";
import { Surface } from "./surface.js";

const surfaces = new Map();
const title = h("p", { class: "empty-title" }, "Nothing here yet");
const words = h("p");
const trouble = h("div", { class: "alert alert-error home-trouble", role: "alert", hidden: true });
const empty = h("div", { class: "empty" }, title, words);
const page = h("div", { class: "home-page" });

export const homeNode = h("div", { class: "home", data: { testid: "home" } }, trouble, empty, page);

export function drawHome(one) {
  const key = `${me().id}/${one.app_id}`;
  if (!surfaces.has(key)) surfaces.set(key, new Surface({ kind: "home", app_id: one.app_id }));
  const surface = surfaces.get(key);
  if (page.firstChild !== surface.node) page.replaceChildren(surface.node);
  const blocks = one.home?.blocks ?? one.home?.view?.blocks ?? [];
  surface.render(blocks, one.home_values ?? {}, {}, one.home_options ?? {});
  setText(trouble, one.home_trouble ?? "");
  trouble.hidden = !one.home_trouble;
  empty.hidden = blocks.length > 0;
  page.hidden = blocks.length === 0;
  setText(words, one.home_enabled === false ? `${one.name} has no Home tab.` : `${one.name} has not put anything on its Home tab for you.`);
}
