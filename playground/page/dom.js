/**
 * The few helpers the page builds its nodes with. Data only ever becomes text nodes or attributes,
 * never markup, so nothing a person or an app wrote can run here.
 */

/** Makes an element. `on` holds listeners, `data` data attributes; null, undefined and false attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.assign(node.dataset, value);
    else set(node, name, value);
  }
  append(node, children);
  return node;
}

/** Sets one attribute, or takes it away when the value is null, undefined or false. */
export function set(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value === true ? "" : String(value));
}

/** Replaces all children. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** Sets the text only when it differs, so that selections survive. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function fragment(...children) {
  const node = document.createDocumentFragment();
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
}

const parts = new WeakMap();

/**
 * Shows `items` as children of `parent`, one part per key. `create(item)` gives `{node, update(item)}`;
 * a part lives as long as its key is listed and its node is moved only when the order asks for it,
 * so focus, caret and half-typed text stay.
 */
export function keyed(parent, items, keyOf, create) {
  const before = parts.get(parent) ?? new Map();
  const after = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const part = before.get(key) ?? create(item);
    part.update(item);
    after.set(key, part);
  }
  for (const [key, part] of before) if (!after.has(key)) part.node.remove();
  let place = parent.firstChild;
  for (const part of after.values()) {
    if (part.node === place) place = place.nextSibling;
    else parent.insertBefore(part.node, place);
  }
  parts.set(parent, after);
  return after;
}

/** A part that is drawn anew only when `signature(item)` changes. */
export function redrawn(signature, draw) {
  return (first) => {
    let seen = signature(first);
    const part = {
      node: draw(first),
      update(item) {
        const now = signature(item);
        if (now === seen) return;
        seen = now;
        const node = draw(item);
        part.node.replaceWith(node);
        part.node = node;
      },
    };
    return part;
  };
}

/** Runs `change` and puts focus and caret back where they were, or on the element that took its place (same data-focus). */
export function keepFocus(change) {
  const active = document.activeElement;
  const name = active?.dataset?.focus;
  const message = active?.closest?.("[data-focus-home]");
  const caret = caretOf(active);
  change();
  if (!active || active === document.body || document.activeElement === active) return;
  if (document.activeElement && document.activeElement !== document.body) return;
  const heir = active.isConnected ? active : name && document.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  if (heir) {
    heir.focus({ preventScroll: true });
    if (caret) restoreCaret(heir, caret);
  } else if (message?.isConnected) {
    message.focus({ preventScroll: true });
  }
}

function caretOf(node) {
  if (!node || !("selectionStart" in node)) return null;
  try {
    return node.selectionStart === null ? null : [node.selectionStart, node.selectionEnd];
  } catch {
    return null; // some input types have no caret to ask for
  }
}

function restoreCaret(node, [start, end]) {
  if (typeof node.setSelectionRange === "function") node.setSelectionRange(start, end);
}

/** Keeps a scroller at its end while it is there; elsewhere the reader's place stays. */
export function stickToEnd(scroller, change) {
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 48;
  const top = scroller.scrollTop;
  change();
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
  else if (scroller.scrollTop !== top) scroller.scrollTop = top;
  return atEnd;
}

/** Keeps Tab inside `root`. */
export function trapTab(root, event) {
  if (event.key !== "Tab") return;
  const stops = focusable(root);
  if (stops.length === 0) {
    event.preventDefault();
    return;
  }
  const first = stops[0];
  const last = stops[stops.length - 1];
  const active = document.activeElement;
  if (event.shiftKey && (active === first || active === root || !root.contains(active))) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (active === last || !root.contains(active))) {
    event.preventDefault();
    first.focus();
  }
}

export function focusable(root) {
  const all = root.querySelectorAll("a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex='0']");
  return [...all].filter((node) => node.getClientRects().length > 0);
}

let counter = 0;
/** A fresh id for labels and descriptions. */
export function freshId(stem) {
  counter += 1;
  return `${stem}-${counter}`;
}

/** A name as it stands in a test hook: lower case, dashes for spaces. */
export function slug(name) {
  return String(name).trim().toLowerCase().replace(/\s+/g, "-");
}
