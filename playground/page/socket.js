/** The page's line to the server: acts go out and are answered, snapshots come in, and a lost line is taken up again. */

import { accept, changed, tab } from "./state.js";
import { toast } from "./toasts.js";

const LOST = "The playground did not answer. Check that it is still running.";
let socket = null;
let lastId = 0;
let delay = 300;
const waiting = new Map();

/** Opens the line; `onOpen` runs at every (re)connection. */
export function connect(onOpen) {
  const address = new URL("page/socket", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.hash = "";
  address.search = "";
  socket = new WebSocket(address);
  socket.addEventListener("open", () => {
    delay = 300;
    tab.link = "open";
    onOpen();
    changed();
  });
  socket.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  socket.addEventListener("close", () => {
    tab.link = "lost";
    for (const answer of waiting.values()) answer({ ok: false, error: LOST });
    waiting.clear();
    changed();
    setTimeout(() => connect(onOpen), delay);
    delay = Math.min(delay * 1.7, 4000);
  });
}

/** Sends an act and gives `{ok, error}`; never throws. */
export function act(name, fields = {}) {
  if (socket?.readyState !== WebSocket.OPEN) return Promise.resolve({ ok: false, error: LOST });
  lastId += 1;
  const id = lastId;
  socket.send(JSON.stringify({ id, act: name, ...fields }));
  return new Promise((answer) => waiting.set(id, answer));
}

/** Like `act`, and tells the person when it failed. */
export async function tell(name, fields = {}) {
  const result = await act(name, fields);
  if (!result.ok) toast(result.error || "That did not work.");
  return result;
}

function receive(frame) {
  if (frame.type === "state") accept(frame.state);
  if (frame.type !== "result") return;
  const answer = waiting.get(frame.id);
  waiting.delete(frame.id);
  if (answer) answer(frame);
}
