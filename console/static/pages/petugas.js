// The responder's page: present assignments, five steps, a queue of moves for when there is no net.
import { cityTime as clock, say, within, words } from "./queue.js";
import { moves } from "./petugas_langkah.js";
import { sharing } from "./petugas_lokasi.js";

const POLL_MS = 5000, STALE_MS = 15000;
const $ = (id) => document.getElementById(id);
let mine = load(), etag = "", seen = 0, timer = 0, armed = null, shown = new Set(), drawn = "", declining = null;

const queue = await moves({
  onChange: draw,
  onRefused: (move, data) => note(say("refused", { step: words.steps[move.move], detail: data.detail || "" })),
  onAnswer: (move, data) => {
    if (move.move === "help") note(say("help_sent"));
    if (data.message_code === "replaced") note(say("replaced", { unit: data.replaced_by }));
    if (data.message_code === "not_needed") note(say("not_needed"));
  },
  onEmpty: poll,
  onLogin: () => note(say("login"), "/masuk?ke=/petugas"),
});

// ---- what the server knows, kept for the time without net
function load() {
  try { return JSON.parse(localStorage.getItem("tugas") || "null"); } catch { return null; }
}
async function poll() {
  clearTimeout(timer);
  try {
    const answer = await fetch("/api/v1/me/assignments", { cache: "no-store",
      headers: { Accept: "application/json", ...(etag && { "If-None-Match": etag }) }, signal: within(10000) });
    if (answer.status === 401) { localStorage.removeItem("tugas"); location.href = "/masuk?ke=/petugas"; return; }
    if (answer.ok || answer.status === 304) seen = Date.now();
    if (answer.status === 200) {
      mine = await answer.json();
      etag = answer.headers.get("ETag") || "";
      try { localStorage.setItem("tugas", JSON.stringify(mine)); } catch { /* full: only offline suffers */ }
    }
    if (seen && queue.pending.length) queue.drain();
  } catch { /* the badge tells it */ }
  draw();
  timer = setTimeout(poll, document.hidden ? POLL_MS * 3 : POLL_MS);
}

// ---- the steps: server state, and on top of it what this phone did meanwhile
const AFTER = { accept: "accepted", "en-route": "en_route", arrive: "on_scene", transport: "transporting",
  "at-facility": "at_facility", clear: "cleared", decline: "declined" };
const RANK = ["reserved", "offered", "accepted", "en_route", "on_scene", "transporting", "at_facility", "cleared"];
const NEXT = { reserved: "accept", offered: "accept", accepted: "en-route", en_route: "arrive",
  transporting: "at-facility", at_facility: "clear" };

function stateOf(a) {
  return queue.of(a.id).reduce((state, m) => AFTER[m.move] || state, a.state);
}
function stepsOf(a, state) {
  const list = ["accept", "en-route", "arrive"];
  if (a.transports) list.push("transport", "at-facility");
  list.push("clear");
  const next = state === "on_scene" ? (a.transports ? "transport" : "clear") : NEXT[state];
  return list.map((move) => ({ move, next: move === next,
    done: RANK.indexOf(AFTER[move]) <= RANK.indexOf(state), at: timeOf(a, move) }));
}
function timeOf(a, move) {
  const own = queue.of(a.id).find((m) => m.move === move);
  const stamp = own ? own.body.device_at : a.stamps[AFTER[move]];
  return stamp && (own ? say("waiting") + " " : "") + clock(stamp);
}

// ---- drawing
function draw() {
  link();
  if (!mine) return;
  const open = mine.assignments.filter((a) => !["cleared", "declined"].includes(stateOf(a)));
  $("kosong").hidden = open.length > 0;
  const key = JSON.stringify([open, queue.pending, armed, declining]);
  if (key !== drawn) {
    drawn = key;
    const held = document.activeElement?.dataset?.key;
    $("tugas").replaceChildren(...open.map(card));
    if (held) document.querySelector(`[data-key="${held}"]`)?.focus();
  }
  for (const a of open) greet(a);
  shown = new Set(open.map((a) => a.id));
  countdown(open);
  duty();
}
function card(a) {
  const node = $("tpl-tugas").content.cloneNode(true);
  const f = (name) => node.querySelector(`[data-f="${name}"]`);
  const i = a.incident, state = stateOf(a);
  f("priority").textContent = i.priority;
  f("priority").classList.add(i.priority.toLowerCase());
  f("type").textContent = i.type_label;
  f("code").textContent = `${i.code} · ${a.code}`;
  f("place").textContent = i.place || say("no_place");
  f("area").textContent = [i.kelurahan && i.place !== `Kel. ${i.kelurahan}` && `Kel. ${i.kelurahan}`, i.lk && (/^lk/i.test(i.lk) ? i.lk : `Lk ${i.lk}`),
    i.uncertainty_m > 50 && say("about", { m: i.uncertainty_m })].filter(Boolean).join(" · ");
  f("extra").textContent = [!i.verified && say("unverified"), i.casualties && say("casualties", { n: i.casualties }),
    i.others.length && say("others", { units: i.others.join(", ") })].filter(Boolean).join(" · ");
  if (i.lat != null) {
    f("nav").href = `geo:${i.lat},${i.lon}?q=${i.lat},${i.lon}`;
    f("nav").hidden = false;
  }
  f("expires").dataset.at = ["reserved", "offered"].includes(state) && a.expires_at || "";
  const why = f("why");
  why.hidden = declining !== a.id;
  f("steps").hidden = !why.hidden;
  for (const step of stepsOf(a, state)) {
    f("steps").append(button(a, step.move, step.at, step));
    if (step.move === "accept" && !step.done) f("steps").append(button(a, "decline", "", {}));
  }
  why.addEventListener("submit", (e) => { e.preventDefault(); declining = null; act(a, "decline", { reason: why.reason.value }); });
  f("stay").addEventListener("click", () => { declining = null; draw(); });
  const help = f("help");
  help.dataset.key = `${a.id}:help`;
  const called = queue.of(a.id).some((m) => m.move === "help");
  help.textContent = called ? say("help_waiting") : armed === help.dataset.key ? say("sure", { step: words.steps.help }) : words.steps.help;
  help.classList.toggle("yakin", armed === help.dataset.key);
  help.addEventListener("click", () => sure(help.dataset.key, () => act(a, "help")));
  return node;
}
function button(a, move, at, { next, done }) {
  const b = document.createElement("button"), key = `${a.id}:${move}`;
  b.type = "button";
  b.dataset.key = key;
  b.dataset.move = move;
  b.className = `btn${next ? " next" : ""}${done ? " done" : ""}${armed === key ? " yakin" : ""}`;
  b.textContent = (done ? "✓ " : "") + (armed === key ? say("sure", { step: words.steps[move] }) : words.steps[move]);
  b.disabled = !!done;
  if (at) {
    const small = document.createElement("small");
    small.textContent = at;
    b.append(small);
  }
  b.addEventListener("click", () => {
    if (move === "decline") { declining = a.id; draw(); return; }
    // A skipped or a last step is hard to take back: pressed twice.
    if (next && move !== "clear") act(a, move); else sure(key, () => act(a, move));
  });
  return b;
}
function sure(key, go) {
  if (armed === key) { armed = null; go(); return; }
  armed = key;
  setTimeout(() => { if (armed === key) { armed = null; draw(); } }, 5000);
  draw();
}
function act(a, move, more = {}) {
  navigator.vibrate?.(40);
  queue.push(a.id, move, more);
}
function greet(a) {
  if (shown.has(a.id) || a.state !== "offered") return;
  navigator.vibrate?.([400, 150, 400, 150, 800]);
  if (!document.hidden) queue.seen(a.id);
}
function countdown(open) {
  for (const node of document.querySelectorAll("[data-f=expires]")) {
    const left = node.dataset.at ? Math.round((Date.parse(node.dataset.at) - Date.now()) / 1000) : -1;
    node.hidden = left < 0;
    if (left >= 0) node.textContent = say("answer_in", { s: left });
  }
  document.title = open.some((a) => a.state === "offered") ? `(!) ${say("title")}` : say("title");
}
function link() {
  const badge = $("sambungan"), n = queue.pending.length, stale = Date.now() - seen > STALE_MS;
  badge.className = `badge ${stale || n ? "luring" : "baik"}`;
  const text = n ? say("link_pending", { n }) : stale ? say("link_stale") : say("link_ok");
  if (badge.textContent !== text) badge.textContent = text;
  document.body.classList.toggle("basi", stale);
}
function note(text, href) {
  const p = document.createElement(href ? "a" : "p");
  p.className = "note warn";
  if (href) p.href = href;
  p.textContent = text;
  $("kabar").replaceChildren(p);
  if (!href) setTimeout(() => p.remove(), 15000);
}

// ---- duty and position of the own unit
function duty() {
  const u = mine.unit;
  $("unit").firstChild.textContent = u ? u.code : mine.name;
  const state = u && words.duty[u.pending === "off_duty" ? "ending" : u.state];
  $("unit-ket").textContent = u ? `${u.name} · ${state}` : say("no_unit");
  $("dinas").hidden = !u;
  if (!u) { sharing.stop(); return; }
  $("dinas-ket").textContent = `${u.code} ${u.name}: ${state}`;
  $("dinas-tombol").textContent = u.state === "available" ? say("go_off") : say("go_on");
  $("dinas-tombol").hidden = !!u.pending;
  if ($("bagi").checked && u.state === "available") sharing.start(u.id, (text) => { $("bagi-ket").textContent = text; });
  else sharing.stop();
}
$("dinas-tombol").addEventListener("click", async () => {
  const answer = await fetch(`/api/v1/units/${mine.unit.id}/duty`, { method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    // On a job the end of the shift is kept and comes true when the job is cleared.
    body: JSON.stringify(mine.unit.state === "available"
      ? { state: "off_duty", after_job: mine.assignments.length > 0 } : { state: "available" }) }).catch(() => null);
  if (!answer) note(say("no_net"));
  else if (!answer.ok) note((await answer.json().catch(() => ({}))).detail || say("no_net"));
  etag = "";
  poll();
});
$("bagi").checked = localStorage.getItem("bagi") === "1";
$("bagi").addEventListener("change", () => { localStorage.setItem("bagi", $("bagi").checked ? "1" : "0"); draw(); });

$("keluar").addEventListener("submit", () => localStorage.removeItem("tugas"));
setInterval(() => { if (mine) countdown(mine.assignments); link(); }, 1000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) { shown.clear(); poll(); } });
addEventListener("online", () => { queue.drain(); poll(); });
draw();
poll();
const keep = async () => {
  await navigator.serviceWorker?.register("/sw.js");
  (await navigator.serviceWorker?.ready)?.active.postMessage({ keep: "/petugas" });
};
if (document.readyState === "complete") keep(); else addEventListener("load", keep);
