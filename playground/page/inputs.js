/** Fields one types in: text, numbers, addresses, dates and times. */

import { fromLocalField, toLocalField } from "./dates.js";
import { freshId, h, setText } from "./dom.js";
import { me } from "./state.js";
import { plain } from "./texts.js";

const KINDS = {
  plain_text_input: {},
  rich_text_input: {},
  number_input: { inputmode: "decimal", autocomplete: "off" },
  email_text_input: { inputmode: "email", autocomplete: "off" },
  url_text_input: { inputmode: "url", autocomplete: "off" },
};

export function textField(json, element) {
  const many = json.multiline === true || json.type === "rich_text_input";
  const attributes = { class: "input", placeholder: plain(json.placeholder) || null, maxlength: json.max_length ?? 3000, ...KINDS[json.type] };
  const main = many ? h("textarea", { rows: 3, ...attributes }) : h("input", { type: "text", ...attributes });
  main.value = json.initial_value && typeof json.initial_value === "string" ? json.initial_value : "";
  const counter = json.max_length ? h("div", { class: "field-counter", id: freshId("counter") }) : null;
  const count = () => counter && setText(counter, `${main.value.length} / ${json.max_length}`);
  const grow = () => many && fitHeight(main);
  const asTyped = tellsAsTyped(json, element.block);

  main.addEventListener("input", () => {
    count();
    grow();
    element.surface.changed(element, { soon: true });
    if (!asTyped) clearTimeout(element.timer);
  });
  main.addEventListener("blur", () => asTyped && element.surface.send(element));
  main.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || (many && !(event.ctrlKey || event.metaKey))) return;
    if (many || !element.block.dispatch_action) element.surface.submit?.();
    else element.surface.send(element);
    event.preventDefault();
  });

  Object.assign(element, {
    node: counter ? h("div", { class: "input-counted" }, main, counter) : main,
    main,
    counterId: counter?.id,
    read: () => main.value || null,
    write(value) {
      main.value = value ?? "";
      count();
      grow();
    },
  });
  count();
}

/** Whether what is typed goes to the server in pauses: not where the app asked to hear of Enter alone. */
function tellsAsTyped(json, block) {
  return !block.dispatch_action || (json.dispatch_action_config?.trigger_actions_on ?? []).includes("on_character_entered");
}

export function fitHeight(area, most = 240) {
  if (area.getClientRects().length === 0) return;
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, most)}px`;
}

const SETTLED_MS = 500;

const DATE_KINDS = {
  datepicker: { type: "date", initial: "initial_date" },
  timepicker: { type: "time", initial: "initial_time" },
  datetimepicker: { type: "datetime-local", initial: "initial_date_time" },
};

export function dateField(json, element) {
  const { type, initial } = DATE_KINDS[json.type];
  const stamps = json.type === "datetimepicker";
  const name = json.accessibility_label || plain(json.placeholder) || null;
  const main = h("input", { class: "input input-date", type, title: plain(json.placeholder) || null, "aria-label": name });
  const show = (value) => {
    main.value = value && stamps ? toLocalField(value) : (value ?? "");
  };
  show(json[initial] ? String(json[initial]) : null);
  let told = main.value;
  let settling = 0;
  const hear = () => {
    if (main.value === told) return;
    told = main.value;
    hearChoice(element, () => show(null));
  };
  main.addEventListener("change", () => {
    clearTimeout(settling);
    if (main.value.startsWith("0") && type !== "time") return; // a year half typed
    if (element.block.type === "input") hear();
    else settling = setTimeout(hear, SETTLED_MS); // an app is told once, not at every key
  });
  const zone = json.type === "timepicker" && json.timezone && json.timezone !== me()?.tz ? h("span", { class: "input-note" }, json.timezone) : null;
  Object.assign(element, {
    node: zone ? h("span", { class: "input-zoned" }, main, zone) : main,
    main,
    read: () => (main.value ? (stamps ? String(fromLocalField(main.value)) : main.value) : null),
    write(value) {
      show(value);
      told = main.value;
    },
  });
}

/** A choice was made: in an input block it is kept, elsewhere the app hears of it, after the confirm dialog if there is one. */
export async function hearChoice(element, undo) {
  if (element.block.type === "input" || (await element.surface.agreed(element))) await element.surface.changed(element);
  else undo();
}
