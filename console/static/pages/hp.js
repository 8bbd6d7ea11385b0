// Simulated handsets of the demo: what the city sends arrives here, what is typed goes back.
import { cityTime, post, say, words } from "./queue.js";

const POLL_MS = 1000, LIST_MS = 5000, RING_MS = 6000, START_OPEN = 3, MOST_OPEN = 6;
const $ = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 720px)");
const open = new Map();      // number → {node, log, seen}
const unread = new Map();    // number → count since this page last showed it
let handsets = [], last = null, audio = null;

const get = async (path) => {
  const answer = await fetch(`/api/v1/simulator/${path}`, { cache: "no-store", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};
const clock = (iso) => cityTime(iso, { second: "2-digit" });

// ---- the list
async function list() {
  try { handsets = (await get("handsets")).handsets; drawList(); } catch { /* the next round tries again */ }
  setTimeout(list, LIST_MS);
}
function drawList() {
  const wanted = $("cari").value.trim().toLowerCase();
  const rows = handsets.filter((h) => !wanted || `${h.name} ${h.unit || ""} ${h.number} ${words.roles[h.role] || ""}`.toLowerCase().includes(wanted));
  rows.sort((a, b) => pinned(b) - pinned(a) || (b.last_at || "").localeCompare(a.last_at || "") || a.name.localeCompare(b.name));
  const held = document.activeElement?.dataset?.number;
  $("daftar").replaceChildren(...rows.map((h) => {
    const li = document.createElement("li"), b = document.createElement("button"), text = document.createElement("span");
    const small = document.createElement("small");
    b.type = "button";
    b.dataset.number = h.number;
    b.setAttribute("aria-pressed", String(open.has(h.number)));
    small.textContent = `${info(h)} · ${h.number}`;
    text.append(h.name, small);
    b.append(text);
    if (unread.get(h.number)) {
      const badge = document.createElement("span");
      badge.className = "badge baru";
      badge.textContent = say("new", { n: unread.get(h.number) });
      b.append(badge);
    }
    b.addEventListener("click", () => (open.has(h.number) && !narrow.matches ? close(h.number) : show(h.number, true)));
    li.append(b);
    return li;
  }));
  if (held) $("daftar").querySelector(`[data-number="${CSS.escape(held)}"]`)?.focus();
}
// The crews that the robots leave to a visitor: first in the list and on the desk.
const pinned = (h) => Boolean(h?.login && h.unit);
const info = (h) => [words.roles[h.role] || h.role, h.unit].filter(Boolean).join(" · ");
const known = (number) => handsets.find((h) => h.number === number);

// ---- one handset
async function show(number, focus) {
  unread.delete(number);
  let phone = open.get(number);
  if (!phone) {
    phone = make(number);
    open.set(number, phone);
    for (const message of await history(number)) write(phone, message);
  }
  if (narrow.matches || focus || pinned(known(number))) $("meja").prepend(phone.node);
  else if (!phone.node.isConnected) behindPinned(phone.node);
  tidy(number);
  if (focus) phone.node.querySelector("textarea").focus({ preventScroll: !narrow.matches });
  $("kosong").hidden = true;
  label(number);
  drawList();
}
function behindPinned(node) {
  const first = [...$("meja").querySelectorAll(".ponsel")].find((other) => !pinned(known(other.dataset.number)));
  $("meja").insertBefore(node, first || null);
}
// Only so many fit on the desk: the hindmost that have nothing unread go back into the list.
function tidy(keep) {
  const hindmost = [...$("meja").querySelectorAll(".ponsel")].reverse().map((node) => node.dataset.number);
  for (const number of hindmost) {
    if (open.size <= MOST_OPEN) return;
    if (number !== keep && !pinned(known(number)) && !open.get(number).unread.size) close(number);
  }
}
async function history(number) {
  const handle = known(number)?.id;
  try {
    const { messages } = await get(`messages?after=0${handle ? `&handset=${encodeURIComponent(handle)}` : ""}`);
    return messages.filter((m) => m.number === number);
  } catch { return []; }
}
function close(number) {
  open.get(number)?.node.remove();
  open.delete(number);
  $("kosong").hidden = open.size > 0;
  drawList();
}
function make(number) {
  const node = $("tpl-hp").content.cloneNode(true).firstElementChild;
  const f = (name) => node.querySelector(`[data-f="${name}"]`);
  node.dataset.number = number;
  f("close").addEventListener("click", () => close(number));
  f("form").addEventListener("submit", (event) => { event.preventDefault(); send(number, f("form").text); });
  f("form").text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); f("form").requestSubmit(); }
  });
  for (const digit of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]) {
    const b = document.createElement("button"), big = document.createElement("b");
    b.type = "button";
    b.dataset.digit = digit;
    big.textContent = digit;
    b.append(big, ["resident", "warga"].includes(known(number)?.role) ? "" : words.digits[digit] || "");
    b.addEventListener("click", () => send(number, { value: digit }));
    f("keys").append(b);
  }
  const phone = { node, log: f("log"), seen: new Set(), unread: new Set() };
  // Opening by itself is not looking: only a hand on the handset counts as read.
  for (const touch of ["pointerdown", "focusin"]) node.addEventListener(touch, () => look(phone));
  return phone;
}
function look(phone) {
  for (const id of phone.unread) post(`/api/v1/simulator/messages/${id}/seen`, {});
  phone.unread.clear();
}
function label(number) {
  const phone = open.get(number), h = known(number);
  if (!phone) return;
  phone.node.querySelector('[data-f="name"]').textContent = h ? h.name : number;
  phone.node.querySelector('[data-f="info"]').textContent = h ? `${info(h)} · ${number}` : say("unknown");
}
function write(phone, message) {
  if (phone.seen.has(message.id)) return false;
  phone.seen.add(message.id);
  if (message.direction === "to_handset" && message.state !== "read") phone.unread.add(message.id);
  const li = document.createElement("li"), small = document.createElement("small");
  li.className = message.direction === "from_handset" ? "dari" : "ke";
  li.append(...linked(message.text));
  small.textContent = `${words.channels[message.channel] || message.channel} · ${clock(message.at)}`;
  li.append(small);
  phone.log.append(li);
  phone.log.scrollTop = phone.log.scrollHeight;
  return true;
}
// Links to this very site can be followed, as on a real phone; others stay text.
function linked(text) {
  return text.split(/(https?:\/\/[^\s]+)/).map((part) => {
    if (!part.startsWith(location.origin + "/")) return part;
    const a = document.createElement("a");
    a.href = part;
    a.target = "_blank";
    a.rel = "noreferrer";
    a.textContent = part;
    return a;
  });
}
async function send(number, field) {
  const text = field.value.trim();
  if (!text) return;
  const { status, data } = await post("/api/v1/simulator/messages", { number, text });
  if (status >= 200 && status < 300) { field.value = ""; poll.soon(); return; }
  const phone = open.get(number), li = document.createElement("li");
  li.className = "error";
  li.textContent = data.detail || say("failed");
  phone.log.append(li);
  phone.log.scrollTop = phone.log.scrollHeight;
}

// ---- what arrives
async function poll() {
  clearTimeout(poll.timer);
  try {
    const { messages, last: newest } = await get(`messages?after=${last}`);
    last = newest ?? last;
    for (const message of messages) await arrive(message);
    document.body.classList.remove("basi");
  } catch { document.body.classList.add("basi"); }
  poll.timer = setTimeout(poll, POLL_MS);
}
// What was said before this page opened does not ring.
async function skip() {
  let page = await get("messages?after=0");
  while (page.messages.length) page = await get(`messages?after=${page.last}`);
  last = page.last;
}
poll.soon = () => { clearTimeout(poll.timer); poll.timer = setTimeout(poll, 50); };

async function arrive(message) {
  const incoming = message.direction === "to_handset";
  if (incoming && !open.has(message.number)) {
    if (narrow.matches && open.size) {
      unread.set(message.number, (unread.get(message.number) || 0) + 1);
      drawList();
      return;
    }
    if (!known(message.number)) handsets = (await get("handsets").catch(() => ({ handsets }))).handsets;
    await show(message.number, false);
  }
  const phone = open.get(message.number);
  if (!phone) return;
  write(phone, message);
  if (incoming) ring(phone.node, message.channel);
}
function ring(node, channel) {
  node.classList.remove("dering");
  void node.offsetWidth;
  node.classList.add("dering");
  setTimeout(() => node.classList.remove("dering"), RING_MS);
  if (!$("bunyi").checked) return;
  audio ??= new AudioContext();
  const times = channel === "voice" ? [0, 0.4, 0.8, 1.6, 2.0, 2.4] : [0, 0.25];
  for (const t of times) {
    const tone = audio.createOscillator(), gain = audio.createGain();
    tone.frequency.value = channel === "voice" ? 480 : 880;
    gain.gain.value = 0.12;
    tone.connect(gain).connect(audio.destination);
    tone.start(audio.currentTime + t);
    tone.stop(audio.currentTime + t + 0.18);
  }
}

$("cari").addEventListener("input", drawList);
$("nomor-lain").addEventListener("submit", (event) => {
  event.preventDefault();
  const number = $("nomor").value.replace(/[^\d+]/g, "");
  if (number) { show(number, true); $("nomor").value = ""; }
});
// From here on everything rings: the mark is set before anybody can see the list.
while (last === null) {
  try { await skip(); } catch { await new Promise((go) => setTimeout(go, POLL_MS)); }
}
await list();
const asked = new URLSearchParams(location.search).getAll("nomor");
for (const number of asked) await show(number.startsWith("+") ? number : `+${number.trim()}`, true);
// On a desk the visitor's own and the latest few stand open from the start.
if (!asked.length && !narrow.matches) {
  const [own, others] = [handsets.filter(pinned), handsets.filter((h) => !pinned(h))];
  const latest = others.filter((h) => h.last_at).sort((a, b) => b.last_at.localeCompare(a.last_at));
  // The last one shown stands in front.
  for (const h of own.reverse()) await show(h.number, false);
  for (const h of (latest.length ? latest : others).slice(0, Math.max(0, START_OPEN - own.length))) await show(h.number, false);
}
poll();
