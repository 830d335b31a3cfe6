/** Dates and times as the acted-as person reads them: in their zone, with their locale's hours and month names. */

import { me, now } from "./state.js";

const formats = new Map();

function format(locale, options) {
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, make(locale, options));
  return formats.get(key);
}

function make(locale, options) {
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    return new Intl.DateTimeFormat("en", { ...options, timeZone: "UTC" }); // a zone or locale this browser does not know
  }
}

function reader() {
  const mine = me();
  return { locale: mine?.locale || "en", tz: mine?.tz || "UTC" };
}

/** Seconds of a message ts as a Date. */
export function dateOfTs(ts) {
  return new Date(Number(ts) * 1000);
}

/** "09:00" or "9:00 AM". */
export function timeOf(date, tz = reader().tz) {
  return format(reader().locale, clockHours(reader().locale, tz)).format(date);
}

/** Hours as the locale writes them: "9:00 AM" where there are twelve, "09:00" where there are twenty-four. */
function clockHours(locale, timeZone) {
  const twelve = format(locale, { hour: "numeric" }).resolvedOptions().hour12 === true;
  return { hour: twelve ? "numeric" : "2-digit", minute: "2-digit", timeZone };
}

/** "Mon 16 Nov 07:59 UTC". */
export function utcMoment(date) {
  return `${shortDay(date, "UTC")} ${format("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }).format(date)} UTC`;
}

/** "Mon 09:00": what the controls of the page show. */
export function weekdayTime(date, tz) {
  return `${format("en-GB", { weekday: "short", timeZone: tz }).format(date)} ${timeOf(date, tz)}`;
}

/** "Mon 16 Nov". */
function shortDay(date, tz) {
  return format("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: tz }).format(date).replace(",", "");
}

/** "Monday 16 November 2026 at 09:00": for tooltips. */
export function fullMoment(date) {
  const day = format("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: reader().tz }).format(date);
  return `${day} at ${timeOf(date)}`;
}

/** The hour, minute and second in the playground's log, in the person's zone. */
export function secondsOf(date) {
  return format("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: reader().tz }).format(date);
}

/** "2026-11-16" in the person's zone. */
export function dayKey(date, tz = reader().tz) {
  return format("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: tz }).format(date);
}

/** What a day divider reads. */
export function dayLabel(date) {
  const key = dayKey(date);
  if (key === dayKey(now())) return "Today";
  if (key === dayKey(new Date(now().getTime() - 86_400_000))) return "Yesterday";
  const year = key.slice(0, 4) === dayKey(now()).slice(0, 4) ? undefined : "numeric";
  return format("en-GB", { weekday: "long", day: "numeric", month: "long", year, timeZone: reader().tz }).format(date);
}

/** A date format of Slack ("{date_short_pretty} at {time}") filled in. */
export function slackDate(seconds, pattern) {
  const date = new Date(Number(seconds) * 1000);
  const { locale, tz } = reader();
  const part = (options) => format(locale, { ...options, timeZone: tz }).format(date);
  const numeric = { year: "numeric", month: "2-digit", day: "2-digit" };
  const plain = { year: "numeric", month: "long", day: "numeric" };
  const short = { year: "numeric", month: "short", day: "numeric" };
  const long = { ...plain, weekday: "long" };
  const values = {
    date_num: () => dayKey(date),
    date_slash: () => part(numeric),
    date: () => part(plain),
    date_short: () => part(short),
    date_long: () => part(long),
    date_long_full: () => part(long),
    date_pretty: () => relativeDay(date) ?? part(plain),
    date_short_pretty: () => relativeDay(date) ?? part(short),
    date_long_pretty: () => relativeDay(date) ?? part(long),
    day_divider_pretty: () => relativeDay(date) ?? part(long),
    time: () => timeOf(date),
    time_secs: () => part({ ...clockHours(locale, tz), second: "2-digit" }),
    ago: () => ago(date),
  };
  return String(pattern).replace(/\{(\w+)\}/g, (whole, name) => (values[name] ? values[name]() : whole));
}

function relativeDay(date) {
  const days = Math.round((Date.parse(dayKey(date)) - Date.parse(dayKey(now()))) / 86_400_000);
  return Math.abs(days) > 1 ? null : relative().format(days, "day");
}

function ago(date) {
  const seconds = (date.getTime() - now().getTime()) / 1000;
  const units = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
  return relative().format(Math.round(seconds / size), unit);
}

function relative() {
  try {
    return new Intl.RelativeTimeFormat(reader().locale, { numeric: "auto" });
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    return new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  }
}

/** UNIX seconds as "YYYY-MM-DDTHH:mm" of the person's zone, for a date and time field. */
export function toLocalField(seconds) {
  const date = new Date(Number(seconds) * 1000);
  const time = format("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: reader().tz }).format(date);
  return `${dayKey(date)}T${time}`;
}

/** The other way round; the zone's offset is found by looking at what the guess reads as. */
export function fromLocalField(text) {
  const wanted = Date.parse(`${text}Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) guess += wanted - Date.parse(`${toLocalField(guess / 1000)}Z`);
  return Math.round(guess / 1000);
}
