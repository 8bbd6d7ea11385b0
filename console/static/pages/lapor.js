// The report form with script: SOS at once, position when it comes, a queue when there is no net.
import { again, openQueue, post, say, uuid } from "./queue.js";

const OFFER_AFTER_MS = 20000;
const POSITION_WINDOW_MS = 90000;
const $ = (id) => document.getElementById(id);
const form = $("lapor");
const queue = await openQueue("laporan");
const items = await queue.all();
let fix = null, watch = null, current = null, draining = false, retry = 0, tries = 0;

// ---- position: asked for at the first touch, never waited for
function locate(anew) {
  if (!navigator.geolocation || (watch !== null && anew !== true)) return;
  navigator.geolocation.clearWatch(watch);
  $("gps").hidden = false;
  $("gps-teks").textContent = say("gps_wait");
  watch = navigator.geolocation.watchPosition((p) => {
    fix = { lat: +p.coords.latitude.toFixed(6), lon: +p.coords.longitude.toFixed(6),
            accuracy_m: Math.round(p.coords.accuracy), at: p.timestamp };
    $("gps-tombol").hidden = true;
    showFix();
    follow();
  }, (e) => {
    if (fix) return;
    $("gps-teks").textContent = say(e.code === 1 ? "gps_denied" : "gps_none");
    $("gps-tombol").hidden = e.code === 1;
  }, { enableHighAccuracy: true, maximumAge: 30000, timeout: 30000 });
}
function showFix() {
  if (!fix) return;
  const s = Math.max(0, Math.round((Date.now() - fix.at) / 1000));
  $("gps-teks").textContent = say(fix.accuracy_m > 150 ? "gps_rough" : "gps_fix", { m: fix.accuracy_m, s });
}
setInterval(showFix, 5000);
const position = () => {
  if (!fix) return {};
  const { lat, lon, accuracy_m } = fix;
  return form.elsewhere.checked ? { reporter_lat: lat, reporter_lon: lon } : { lat, lon, accuracy_m };
};

// ---- a report becomes one queue entry with its own key; every retry sends the same bytes
function read() {
  const body = { client_key: uuid(), channel: "web", ...position() };
  const data = new FormData(form);
  for (const name of ["type", "kelurahan_code", "place_text", "text", "phone"]) {
    const value = (data.get(name) || "").trim();
    if (value) body[name] = value;
  }
  if (form.silent.checked) body.silent = true;
  return body;
}
async function send(body) {
  const item = current = { body, at: Date.now(), follow: [], placed: "lat" in body || "reporter_lat" in body };
  items.push(item);
  form.hidden = true;
  tell("sending");
  setTimeout(() => { if (!item.token && items.includes(item)) offer(); }, OFFER_AFTER_MS);
  await queue.put(item);
  drain();
}
// A position that arrives after sending goes after the report, once.
async function follow() {
  if (!current || current.placed || !fix || Date.now() - current.at > POSITION_WINDOW_MS) return;
  current.placed = true;
  current.follow.push({ client_key: uuid(), ...position() });
  if (!items.includes(current)) items.push(current);
  await queue.put(current);
  if (!current.token) offer.shown && offer();
  drain();
}
async function drain() {
  if (draining) return;
  draining = true;
  clearTimeout(retry);
  let wait = 0;
  while (items.length && !wait) wait = await deliver(items[0]);
  draining = false;
  if (wait) retry = setTimeout(drain, wait); else tries = 0;
}
// 0 when the entry is done and gone, else milliseconds until the next try.
async function deliver(item) {
  if (!item.token) {
    const { status, data, retryS } = await post("/api/v1/reports", item.body);
    if (again(status)) return later(retryS, status);
    if (status >= 400) { await drop(item); refused(data, item); return 0; }
    Object.assign(item, { token: data.token, code: data.code, url: data.tracking_url });
    await queue.put(item);
    done(item);
  }
  while (item.follow.length) {
    const { status, retryS } = await post(`/api/v1/track/${item.token}/messages`, item.follow[0]);
    if (again(status)) return later(retryS, status);
    item.follow.shift();
    await queue.put(item);
  }
  await drop(item);
  return 0;
}
async function drop(item) {
  items.splice(items.indexOf(item), 1);
  await queue.remove(item.seq);
}
function later(retryS, status) {
  const offline = navigator.onLine === false;
  if (!items[0].token) tell(offline ? "queued" : status ? "busy" : "trying");
  if (offline && current && !current.token) offer();
  return retryS ? retryS * 1000 : Math.min(15000, 2000 * 1.6 ** tries++);
}

// ---- what the person sees
function tell(key, kind = "warn", text = key && say(key)) {
  const p = document.createElement("p");
  p.className = `note ${kind}`;
  p.textContent = text;
  if (key) $("kabar").replaceChildren(p); else $("kabar").replaceChildren();
}
function offer() {
  offer.shown = true;
  const body = current?.body ?? read();
  const parts = [say("sms_head"), body.type && form.querySelector(`[value="${body.type}"]`).parentNode.textContent.trim(),
    fix && `${fix.lat},${fix.lon} (±${fix.accuracy_m} m)`,
    body.kelurahan_code && "Kel. " + form.querySelector(`[value="${body.kelurahan_code}"]`).textContent.trim(),
    body.place_text, body.text && body.text !== "SOS" && body.text];
  const sms = $("sms");
  sms.href = sms.href.split("?")[0] + "?body=" + encodeURIComponent(parts.filter(Boolean).join(". ").slice(0, 300));
  $("bantuan-luring").hidden = false;
}
function refused(data, item) {
  form.hidden = false;
  $("bantuan-luring").hidden = true;
  tell("refused", "danger", data.detail);
  if (item === current) current = null;
  if (item.body.text === "SOS") form.phone.focus();
}
async function done(item) {
  $("bantuan-luring").hidden = true;
  if (!item.body.silent) remember(item);
  if (item !== current) { tell("left_sent", "ok"); return; }
  tell(null);
  $("kode").textContent = item.code;
  $("pantau").href = item.url;
  $("terkirim").hidden = false;
  $("terkirim").focus();
  if (item.body.silent) return;
  const track = await fetch(`/api/v1/track/${item.token}`, { referrerPolicy: "no-referrer" }).then((r) => r.json()).catch(() => null);
  for (const line of track?.advice ?? []) {
    const li = document.createElement("li");
    li.textContent = line;
    $("saran").querySelector("ul").append(li);
    $("saran").hidden = false;
  }
}
// So that /lacak can list this phone's own reports; silent ones leave no trace here.
function remember(item) {
  try {
    const mine = JSON.parse(localStorage.getItem("laporan-saya") || "[]");
    mine.unshift({ code: item.code, url: new URL(item.url, location.href).pathname, at: item.at });
    localStorage.setItem("laporan-saya", JSON.stringify(mine.slice(0, 10)));
  } catch { /* storage refused: the link on the screen remains */ }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  locate();
  const body = read();
  if (event.submitter?.name === "sos") body.text = body.text || "SOS";
  send(body);
});
form.addEventListener("pointerdown", locate, { once: true });
form.addEventListener("focusin", locate, { once: true });
$("gps-tombol").addEventListener("click", () => locate(true));
$("lagi").addEventListener("click", () => location.replace("/lapor"));
addEventListener("online", drain);
document.addEventListener("visibilitychange", () => { if (!document.hidden) drain(); });
navigator.permissions?.query({ name: "geolocation" }).then((p) => { if (p.state === "granted") locate(); }, () => {});
if (navigator.geolocation) $("gps").hidden = $("bukan-disini").hidden = false;

// Entries of an earlier visit that never got through go first.
if (items.length) tell("left_over");
drain();
const keep = () => navigator.serviceWorker?.register("/sw.js");
if (document.readyState === "complete") keep(); else addEventListener("load", keep);
