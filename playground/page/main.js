/** Starts the page: opens the line to the server and draws each part after every change. */

import { drawClock, drawLink, tickClock } from "./clock.js";
import { keepFocus } from "./dom.js";
import { drawMain } from "./main-pane.js";
import { drawModals } from "./modal.js";
import { followAddress, markRead, resume, settle } from "./navigation.js";
import { drawSidebar, tickSidebar } from "./sidebar.js";
import { connect } from "./socket.js";
import { current, me, onChange, tab } from "./state.js";
import { drawThread } from "./thread.js";
import { drawTraffic } from "./traffic.js";

function draw() {
  if (!current() || !me()) {
    drawLink();
    return;
  }
  settle();
  if (!tab.place) return;
  keepFocus(() => {
    drawClock();
    drawSidebar();
    drawMain();
    drawThread();
    drawTraffic();
  });
  keepFocus(drawModals);
  document.body.classList.add("ready");
}

onChange(draw);
addEventListener("hashchange", followAddress);
document.addEventListener("visibilitychange", markRead);
setInterval(() => {
  tickClock();
  tickSidebar();
}, 1000);
drawLink();
followAddress();
connect(resume);
