// The live stream: ticket, socket, resume by cursor, and honesty about silence.
import { post } from "./api.js";

const SILENT_MS = 4500; // beats come every 2 s; the banner must stand within 5 s
const RETRY_MS = [250, 500, 1000, 2000, 3000];

// Calls onFrame(frame) for every frame and onLink("live" | "lost" | "out") when that changes.
export function follow({ onFrame, onLink, cursor }) {
  let socket = null;
  let heard = performance.now();
  let link = "lost";
  let tries = 0;
  let timer = null;

  const say = (state) => {
    if (state !== link) onLink((link = state));
  };

  async function open() {
    timer = null;
    let ticket;
    try {
      ({ ticket } = await post("/stream/ticket"));
    } catch (problem) {
      if (problem.status === 401 || problem.status === 403) return say("out");
      return again();
    }
    const after = cursor();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const query = after == null ? "" : `&after=${after}`;
    const mine = new WebSocket(`${scheme}://${location.host}/api/v1/stream?ticket=${ticket}${query}`);
    socket = mine;
    heard = performance.now();
    mine.onmessage = (message) => {
      if (mine !== socket) return;
      heard = performance.now();
      tries = 0;
      const frame = JSON.parse(message.data);
      onFrame(frame);
      if (frame.t !== "bye") say("live");
    };
    mine.onclose = () => {
      if (mine !== socket) return;
      socket = null;
      say("lost");
      again();
    };
  }

  function again() {
    say("lost");
    if (timer !== null) return;
    const wait = RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)];
    timer = setTimeout(open, wait * (0.75 + Math.random() / 2)); // a crowd must not return in step
  }

  setInterval(() => {
    if (!socket || performance.now() - heard < SILENT_MS) return;
    const silent = socket;
    socket = null;
    silent.onclose = null;
    silent.close();
    again();
  }, 500);

  open();
  return { silence: () => performance.now() - heard };
}
