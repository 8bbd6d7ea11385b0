// "Gangguan jalan": closed roads and floods in force, and the form that puts another one in force.
import { config, html, label, t, useEffect, useLayoutEffect, useRef, useState } from "./lib.js";
import { Problem } from "./api.js";
import { Age } from "./age.js";
import { shortClock } from "./format.js";
import { closures, draw, end, middle, titleOf, whereOf } from "./closures.js";
import { addPoint, clearDraft, draft, geometryOf, missing, setDraft, undoPoint } from "./drawing.js";
import { look } from "./map.js";
import { NOWHERE, PlaceField } from "./placefield.js";
import { rowOf, setUi, ui } from "./store.js";
import { cityTime } from "./citytime.js";

export function toggleRoads(start = "") {
  const open = !ui.roads || Boolean(start);
  setDraft({ active: open && config.acts });
  setUi({ roads: open, roadsStart: start, ...(open && !ui.map && window.innerWidth >= 1100 && { map: true }) });
}

export function Roads() {
  const known = closures();
  return html`
    <section class="pane roads" aria-labelledby="h-gangguan">
      <h2 id="h-gangguan">${t("Gangguan jalan")} <span class="count">${known.filter((one) => one.in_force).length}</span>
        <button type="button" class="btn small" onClick=${() => toggleRoads()}>${t("Tutup")} <kbd>G</kbd></button></h2>
      <div class="scroll">
        ${config.acts && html`<${Form} key=${ui.roadsStart} start=${ui.roadsStart} />`}
        <${List} known=${known} />
      </div>
    </section>`;
}

function List({ known }) {
  if (!known.length) return html`<p class="empty">${t("Tidak ada jalan yang ditutup atau banjir.")}</p>`;
  return html`<ul class="closures">${known.map((one) => html`
    <li key=${one.id} class=${`closure ${one.kind}`}>
      <p class="line"><span class="sign" aria-hidden="true">${one.kind === "flood" ? "≈" : "✕"}</span> <b>${titleOf(one)}</b>
        <span>${whereOf(one)}</span> ${one.note && html`<span>· ${one.note}</span>`}</p>
      <p class="line small muted">${one.in_force ? html`<${Age} since=${one.starts_at} />` : t("mulai {at}", { at: moment(one.starts_at) })}
        ${one.ends_at && html`<span>${t("sampai {at}", { at: moment(one.ends_at) })}</span>`} <span>${one.opened_by_name || ""}</span>
        <button type="button" class="link" onClick=${() => look(middle(one.geometry))}>${t("Lihat")}</button>
        ${config.acts && html`<button type="button" class="link" onClick=${() => end(one)} aria-label=${`${t("Akhiri")} ${titleOf(one)} ${whereOf(one)}`}>${t("Akhiri")}</button>`}</p>
    </li>`)}</ul>`;
}

const moment = (iso) => `${new Intl.DateTimeFormat("id-ID", { timeZone: config.timezone, day: "numeric", month: "short" }).format(new Date(iso))} ${shortClock(iso)}`;

const EMPTY = { kind: "closed", depth_cm: "", note: "", starts: "", ends: "" };

function Form({ start }) {
  const [fields, setFields] = useState(EMPTY);
  const [place, setPlace] = useState({ ...NOWHERE, text: start || "" });
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const first = useRef(null);
  const spot = useRef(null);
  const flood = fields.kind === "flood";
  const set = (name) => (event) => setFields({ ...fields, [name]: event.target.value });
  const incident = rowOf(ui.opened);

  useLayoutEffect(() => {
    (start ? spot : first).current?.focus();
    first.current?.scrollIntoView({ block: "nearest" });
  }, []);
  useEffect(() => setProblem(""), [draft.points, draft.shape]);

  // A place chosen by name is a point like one put down on the map.
  function change(values) {
    setPlace((old) => ({ ...old, ...values }));
    if (!values.chosen || values.lat == null) return;
    addPoint(values.lon, values.lat);
    look([values.lon, values.lat]);
    if (draft.shape !== "point") setPlace(NOWHERE);
  }

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    const geometry = geometryOf(draft);
    if (!geometry) return setProblem(wanted());
    const body = { kind: fields.kind, geometry };
    if (flood) body.depth_m = Number(fields.depth_cm.replace(",", ".")) / 100;
    if (draft.shape === "point") body.radius_m = Number(draft.radius_m);
    if (flood && !(body.depth_m > 0)) return setProblem(t("Tulis dalamnya air dalam sentimeter."));
    if (fields.note.trim()) body.note = fields.note.trim();
    if (fields.starts) body.starts_at = cityTime(fields.starts);
    if (fields.ends) body.ends_at = cityTime(fields.ends);
    setBusy(true);
    try {
      await draw(body);
      setProblem("");
      setFields({ ...EMPTY, kind: fields.kind });
      setPlace(NOWHERE);
      clearDraft();
      first.current?.focus();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error.message);
    } finally {
      setBusy(false);
    }
    return undefined;
  }

  return html`
    <form class="form closure-form" onSubmit=${submit} autocomplete="off">
      <label>${t("Apa")} <select ref=${first} value=${fields.kind} onChange=${set("kind")}>
        ${["closed", "flood"].map((kind) => html`<option key=${kind} value=${kind}>${label("closure", kind)}</option>`)}</select></label>
      <label>${t("Bentuk")} <select value=${draft.shape} onChange=${(e) => setDraft({ shape: e.target.value })}>
        <option value="point">${t("titik, radius")}</option><option value="line">${t("garis pada jalan")}</option><option value="area">${t("bidang")}</option></select></label>
      ${flood && html`<label>${t("Dalam (cm)")} <input inputmode="decimal" value=${fields.depth_cm} onInput=${set("depth_cm")} /></label>`}
      ${draft.shape === "point" && html`<label>${t("Radius (m)")} <input inputmode="numeric" value=${draft.radius_m} onInput=${(e) => setDraft({ radius_m: e.target.value })} /></label>`}
      ${draft.shape === "line" && html`<label class="check"><input type="checkbox" checked=${draft.follow} onChange=${(e) => setDraft({ follow: e.target.checked })} /> ${t("mengikuti jalan")}</label>`}
      <div class="wide"><${PlaceField} id="gj" eager draft=${place} change=${change} first=${spot} required=${false} /></div>
      <p class="wide line small" aria-live="polite"><span>${progress()}</span>
        ${incident?.lon != null && html`<button type="button" class="link" onClick=${() => addPoint(incident.lon, incident.lat)}>${t("Pakai titik {code}", { code: incident.code })}</button>`}
        ${ui.map && html`<button type="button" class="link" onClick=${() => document.querySelector(".map .holder")?.focus()}>${t("Gambar di peta")}</button>`}
        ${draft.points.length > 0 && html`<button type="button" class="link" onClick=${undoPoint}>${t("Hapus titik terakhir")}</button>`}</p>
      <label class="wide">${t("Alasan")} <input maxlength="200" value=${fields.note} onInput=${set("note")} placeholder=${t("mis. pohon tumbang, jembatan rusak")} /></label>
      <details class="wide"><summary>${t("Waktu (kosong: sekarang, sampai diakhiri)")}</summary><div class="two">
        <label>${t("Mulai")} <input type="datetime-local" value=${fields.starts} onInput=${set("starts")} /></label>
        <label>${t("Sampai")} <input type="datetime-local" value=${fields.ends} onInput=${set("ends")} /></label></div></details>
      ${problem && html`<p class="problem wide" role="alert">${problem}</p>`}
      <p class="wide"><button class="btn primary" aria-disabled=${busy}>${busy ? t("Mengirim…") : flood ? t("Nyatakan banjir") : t("Tutup jalan ini")} <kbd>Enter</kbd></button></p>
    </form>`;
}

function wanted() {
  const n = missing(draft);
  return draft.shape === "point" ? t("Pilih tempatnya dari saran, atau klik di peta.") : t("Masih perlu {n} titik: pilih tempat, atau klik di peta.", { n });
}

function progress() {
  if (missing(draft)) return wanted();
  return draft.shape === "point" ? t("Titik terpasang.") : t("{n} titik terpasang.", { n: draft.points.length });
}
