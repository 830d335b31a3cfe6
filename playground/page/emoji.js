/**
 * Shortcodes people and apps write (":tada:") and how they look. Emoji whose colour or shape carries meaning are drawn
 * by the page, so that they read the same on machines without a colour emoji font.
 */

import { h } from "./dom.js";

const TABLE = {
  "large_green_circle": "🟢", "large_yellow_circle": "🟡", "red_circle": "🔴", "large_blue_circle": "🔵", "large_orange_circle": "🟠",
  "large_purple_circle": "🟣", "large_brown_circle": "🟤", "white_circle": "⚪", "black_circle": "⚫",
  "large_green_square": "🟩", "large_yellow_square": "🟨", "large_red_square": "🟥", "large_blue_square": "🟦", "large_orange_square": "🟧",
  "white_large_square": "⬜", "black_large_square": "⬛", "white_check_mark": "✅", "heavy_check_mark": "✔️", "ballot_box_with_check": "☑️",
  "x": "❌", "warning": "⚠️", "no_entry": "⛔", "no_entry_sign": "🚫", "octagonal_sign": "🛑", "question": "❓", "exclamation": "❗",
  "information_source": "ℹ️", "bulb": "💡", "tada": "🎉", "confetti_ball": "🎊", "trophy": "🏆", "medal": "🏅", "sports_medal": "🏅",
  "star": "⭐", "star2": "🌟", "sparkles": "✨", "rocket": "🚀", "fire": "🔥", "dart": "🎯", "checkered_flag": "🏁",
  "triangular_flag_on_post": "🚩", "hourglass": "⌛", "hourglass_flowing_sand": "⏳", "alarm_clock": "⏰", "stopwatch": "⏱️", "clock9": "🕘",
  "calendar": "📅", "date": "📅", "spiral_calendar_pad": "🗓️", "bell": "🔔", "no_bell": "🔕", "mega": "📣", "loudspeaker": "📢",
  "speech_balloon": "💬", "memo": "📝", "pencil": "📝", "pencil2": "✏️", "clipboard": "📋", "bar_chart": "📊", "chart_with_upwards_trend": "📈",
  "chart_with_downwards_trend": "📉", "arrow_up": "⬆️", "arrow_down": "⬇️", "arrow_right": "➡️", "arrow_left": "⬅️", "arrow_upper_right": "↗️",
  "arrow_lower_right": "↘️", "arrow_up_small": "🔼", "arrow_down_small": "🔽", "small_red_triangle": "🔺", "small_red_triangle_down": "🔻",
  "heavy_minus_sign": "➖", "heavy_plus_sign": "➕", "wave": "👋", "pray": "🙏", "clap": "👏", "muscle": "💪", "thumbsup": "👍", "+1": "👍",
  "thumbsdown": "👎", "-1": "👎", "ok_hand": "👌", "raised_hands": "🙌", "eyes": "👀", "point_right": "👉", "point_down": "👇",
  "heart": "❤️", "green_heart": "💚", "yellow_heart": "💛", "smile": "😄", "slightly_smiling_face": "🙂", "blush": "😊", "thinking_face": "🤔",
  "neutral_face": "😐", "disappointed": "😞", "sweat_smile": "😅", "sunglasses": "😎", "zzz": "💤", "sleeping": "😴", "palm_tree": "🌴",
  "airplane": "✈️", "face_with_thermometer": "🤒", "coffee": "☕", "sunrise": "🌅", "seedling": "🌱", "robot_face": "🤖", "lock": "🔒",
  "key": "🔑", "link": "🔗", "paperclip": "📎", "gear": "⚙️", "wrench": "🔧", "mag": "🔍", "books": "📚", "bust_in_silhouette": "👤",
  "busts_in_silhouette": "👥", "money_with_wings": "💸", "moneybag": "💰", "snail": "🐌", "turtle": "🐢", "microphone": "🎤", "100": "💯",
  "repeat": "🔁", "arrows_counterclockwise": "🔄", "black_small_square": "▪️", "white_small_square": "▫️", "double_vertical_bar": "⏸️",
  "arrow_forward": "▶️", "one": "1️⃣", "two": "2️⃣", "three": "3️⃣", "four": "4️⃣", "five": "5️⃣",
};

/** Characters the page draws itself, and the classes that draw them. */
const DRAWN = {
  "🟢": "dot green", "🟡": "dot yellow", "🔴": "dot red", "🔵": "dot blue",
  "🟠": "dot orange", "🟣": "dot purple", "🟤": "dot brown",
  "⚪": "dot white", "⚫": "dot black",
  "🟩": "square green", "🟨": "square yellow", "🟥": "square red",
  "🟦": "square blue", "🟧": "square orange", "⬜": "square white", "⬛": "square black",
  "✅": "square green tick", "⛔": "dot red bar", "⚠️": "sign yellow", "⚠": "sign yellow",
  "❌": "cross", "⌛": "glass orange", "⏳": "glass orange",
};

const NAMES = Object.fromEntries(Object.entries(TABLE).reverse().map(([name, char]) => [char, name]));
const SPECIAL = new RegExp(`${Object.keys(DRAWN).sort((a, b) => b.length - a.length).join("|")}|\\p{Emoji_Presentation}`, "gu");
export const SHORTCODE = /:([a-z0-9+-][a-z0-9_+'-]*):(?::skin-tone-\d:)?/g;

/** The character of a shortcode, or null when this page does not know it. */
export function emojiChar(name) {
  return TABLE[name] ?? null;
}

/** Text with its known shortcodes turned into characters. */
export function withEmoji(text) {
  return String(text).replace(SHORTCODE, (whole, name) => TABLE[name] ?? whole);
}

/** One emoji as a node. Its text is always the character itself, however it looks: that is what names, copies and screen readers go by. */
export function emojiNode(char, name) {
  const drawn = DRAWN[char];
  if (!drawn && !hasColourEmoji() && /^\p{Emoji_Presentation}/u.test(char)) return h("span", { class: "emoji-name", data: { name: `:${name ?? NAMES[char] ?? "emoji"}:` } }, h("span", { class: "emoji-char" }, char));
  if (!drawn) return h("span", { class: "emoji" }, char);
  return h("span", { class: `emoji emoji-drawn ${drawn}` }, h("span", { class: "emoji-char" }, char));
}

let colourEmoji = null;

/** Whether this machine can show emoji: without a font for them their names are shown instead of empty boxes. */
function hasColourEmoji() {
  if (colourEmoji !== null) return colourEmoji;
  const brush = Object.assign(document.createElement("canvas"), { width: 20, height: 20 }).getContext("2d", { willReadFrequently: true });
  brush.font = "16px sans-serif";
  brush.fillText("😄", 0, 16);
  const { data } = brush.getImageData(0, 0, 20, 20);
  colourEmoji = data.some((value, index) => index % 4 === 0 && data[index + 3] > 0 && Math.abs(value - data[index + 2]) > 40);
  return colourEmoji;
}

/** Plain text as nodes: characters the page draws become drawings, the rest stays text. */
export function textNodes(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(SPECIAL)) {
    if (match.index > end) nodes.push(text.slice(end, match.index));
    nodes.push(emojiNode(match[0]));
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}
