// The tracking page, live: polls with ETag, says how old its words are, sends what is added.
import { again, post, say, uuid, within } from "./queue.js";

const POLL_MS = 12000, STALE_MS = 40000;
const $ = (id) => document.getElementById(id);
const box = $("lacak"), token = box.dataset.token, url = `/api/v1/track/${token}`;
const form = $("form-tambah");
let etag = box.dataset.etag, seen = Date.now(), timer = 0;

async function poll() {
  clearTimeout(timer);
  try {
    const answer = await fetch(url, { headers: { "If-None-Match": etag, Accept: "application/json" },
      cache: "no-store", referrerPolicy: "no-referrer", signal: within(10000) });
    if (answer.status === 404) { location.reload(); return; }
    if (answer.ok || answer.status === 304) seen = Date.now();
    if (answer.status === 200) {
      etag = answer.headers.get("ETag") || "";
      show(await answer.json());
    }
  } catch { /* the age line tells it */ }
  age();
  if (!box.dataset.final && !document.hidden) timer = setTimeout(poll, POLL_MS);
}
function show(track) {
  put("status", track.words);
  put("eta", track.eta_min ? say("eta", { lo: track.eta_min[0], hi: track.eta_min[1] }) : "");
  put("unit", track.unit_label || "");
  box.dataset.final = track.final ? "1" : "";
  if ($("perlu-tempat")) $("perlu-tempat").hidden = !track.needs_place;
  $("langkah").replaceChildren(...track.steps.map((step) => {
    const li = document.createElement("li"), label = document.createElement("span");
    label.textContent = step.label;
    if (step.state === "done") {
      li.className = "sudah";
      const spoken = document.createElement("span");
      spoken.className = "sr";
      spoken.textContent = ` (${say("done")})`;
      label.append(spoken);
    }
    if (step.state === "now") { li.className = "kini"; li.setAttribute("aria-current", "step"); }
    li.append(label);
    if (step.at) {
      const time = document.createElement("time");
      time.dateTime = step.at;
      time.textContent = step.clock;
      li.append(time);
    }
    return li;
  }));
}
function put(id, text) {
  const node = $(id);
  if (node.textContent !== text) node.textContent = text;
  node.hidden = !text;
}
function age() {
  const ms = Date.now() - seen, stale = ms > STALE_MS && !box.dataset.final;
  box.classList.toggle("basi", stale);
  $("umur").textContent = stale ? say("stale", { m: Math.max(1, Math.round(ms / 60000)) }) : say("age", { s: Math.round(ms / 1000) });
}
setInterval(age, 5000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
addEventListener("online", poll);
timer = setTimeout(poll, POLL_MS);

$("keluar")?.addEventListener("click", (event) => { event.preventDefault(); location.replace("/program"); });

// ---- adding: text and place as JSON with one key per message, a photo by upload first
async function add(body) {
  const message = { client_key: uuid(), ...body };
  $("hasil").textContent = say("sending");
  for (let n = 0; n < 6; n++) {
    const { status, data, retryS } = await post(`${url}/messages`, message);
    if (!again(status)) {
      $("hasil").textContent = status < 300 ? say("added") : data.detail || say("failed");
      if (status < 300) poll();
      return status < 300;
    }
    await new Promise((go) => setTimeout(go, (retryS || 2 + n * 2) * 1000));
  }
  $("hasil").textContent = say("failed");
  return false;
}
async function upload(file) {
  const data = new FormData();
  data.append("file", file);
  const answer = await fetch("/api/v1/uploads", { method: "POST", body: data, referrerPolicy: "no-referrer" });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.detail || say("failed"));
  return told.id;
}
if (form) {
  if ($("tambah")) $("tambah").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = {}, file = form.photo?.files[0];
    for (const name of ["text", "phone"]) if (form[name]?.value.trim()) body[name] = form[name].value.trim();
    if (!file && !body.text && !body.phone) { form.text.focus(); return; }
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      if (file) { $("hasil").textContent = say("sending"); body.uploads = [await upload(file)]; }
      if (await add(body)) form.reset();
    } catch (error) { $("hasil").textContent = error instanceof TypeError ? say("failed") : error.message; }
    button.disabled = false;
  });
  if (navigator.geolocation) {
    const button = $("kirim-lokasi");
    button.hidden = false;
    button.addEventListener("click", () => {
      $("hasil").textContent = say("gps_wait");
      navigator.geolocation.getCurrentPosition((p) => add({ lat: +p.coords.latitude.toFixed(6),
        lon: +p.coords.longitude.toFixed(6), accuracy_m: Math.round(p.coords.accuracy) }),
      () => { $("hasil").textContent = say("gps_none"); }, { enableHighAccuracy: true, timeout: 30000 });
    });
  }
}
