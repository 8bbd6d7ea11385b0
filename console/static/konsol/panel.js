// The opened row: facts, units, words, history, and what can be done with it.
import { config, html, label, t, useLayoutEffect, useRef, useState } from "./lib.js";
import { clock, place } from "./format.js";
import { Age } from "./age.js";
import { board, rowOf, parseKey, setUi, ui } from "./store.js";
import { attach, locate, onCall, openReport, reopenAsked, say, screen, take, verify } from "./actions.js";
import { unmet } from "./order.js";
import { Priority } from "./queue.js";
import { Recommend } from "./recommend.js";
import { Assignments } from "./assignments.js";
import { Reports, ReportText } from "./details.js";
import { Timeline } from "./history.js";
import { NOWHERE, PlaceField } from "./placefield.js";
import { TypeSelect } from "./typeselect.js";

export function Panel({ onClose }) {
  const key = ui.opened;
  if (!key) return html`<section class="pane panel" aria-label=${t("Rincian")}><${Hints} /></section>`;
  const row = rowOf(key);
  const kind = parseKey(key).kind;
  return html`
    <section class="pane panel" aria-label=${t("Rincian")} data-open=${key}>
      ${!row && html`<${Gone} onClose=${onClose} />`}
      ${row && kind === "incident" && html`<${Incident} key=${key} row=${row} onClose=${onClose} />`}
      ${row && kind === "report" && html`<${Report} key=${key} row=${row} onClose=${onClose} />`}
      ${row && kind === "call" && html`<${Call} key=${key} row=${row} onClose=${onClose} />`}
    </section>`;
}

const Hints = () => html`
  <div class="hints">
    <h2>${t("Pilih baris antrean")}</h2>
    <p><kbd>J</kbd> <kbd>K</kbd> ${t("berikut, sebelum")} · <kbd>Enter</kbd> ${t("buka, lalu kirim")} · <kbd>N</kbd> ${t("panggilan baru")} · <kbd>?</kbd> ${t("semua tombol")}</p>
  </div>`;

function Gone({ onClose }) {
  const button = useRef(null);
  useLayoutEffect(() => button.current?.focus(), []);
  return html`<div class="hints"><h2>${t("Tidak lagi di papan")}</h2><p>${t("Sudah ditutup, digabung, atau ditangani orang lain.")}</p>
    <button type="button" class="btn" ref=${button} onClick=${onClose}>${t("Kembali ke antrean")} <kbd>Esc</kbd></button></div>`;
}

const Key = ({ k, text, onClick, primary }) =>
  html`<button type="button" class=${primary ? "btn small primary" : "btn small"} onClick=${onClick}>${text} <kbd>${k}</kbd></button>`;

function Incident({ row, onClose }) {
  const heading = useRef(null);
  const desk = config.view === "desk";
  const acts = config.acts;
  const wants = acts && row.state !== "controlled" && 
    (unmet(row).length > 0 || !row.assignments.length || row.assignments.some((a) => a.state === "reserved"));
  useLayoutEffect(() => {
    if (!wants) heading.current?.focus();
  }, [row.id]);
  const offered = row.assignments.filter((a) => a.state === "offered");
  return html`
    <header class="panel-head">
      <h2 tabindex="-1" ref=${heading}><${Priority} value=${row.priority} /> ${label("type", row.type)} <span class="code">${row.code}</span></h2>
      <span class=${`state ${row.state}`}>${label("incident", row.state)}</span>
      <button type="button" class="btn small" onClick=${onClose}>${t("Tutup panel")} <kbd>Esc</kbd></button>
    </header>
    <${Facts} row=${row} />
    ${acts && html`
      <div class="bar-actions" role="toolbar" aria-label=${t("Tindakan")}>
        <${Key} k="T" text=${row.taken_by ? t("Ambil alih") : t("Ambil")} onClick=${() => take(row)} />
        ${!row.verified && html`<${Key} k="V" text=${t("Verifikasi")} onClick=${() => verify(row)} />`}
        ${offered.length > 0 && html`<${Key} k="C" text=${t("Terima lisan")} onClick=${() => setUi({ dialog: { name: "spoken", row } })} />`}
        <${Key} k="M" text=${t("Gabung")} onClick=${() => setUi({ dialog: { name: "merge", of: ui.opened } })} />
        <${Key} k="L" text=${t("Nama tempat")} onClick=${() => setUi({ dialog: { name: "addname", row } })} />
        <${Key} k="E" text=${t("Ubah")} onClick=${() => setUi({ dialog: { name: "edit", row } })} />
        <${Key} k="X" text=${t("Tutup")} onClick=${() => setUi({ dialog: { name: "close", row } })} />
      </div>`}
    <${Assignments} row=${row} can=${acts} />
    ${acts && row.state !== "controlled" && html`<${Recommend} row=${row} autofocus=${wants} onSent=${() => heading.current?.focus()} />`}
    ${desk && html`<${Reports} row=${row} can=${acts} />`}
    ${desk && html`<${Timeline} row=${row} />`}`;
}

function Facts({ row }) {
  const alternatives = (row.kelurahan_alt || []).length;
  return html`
    <dl class="facts">
      <div class="wide"><dt>${t("Tempat")}</dt><dd><b>${place(row)}</b>
        ${row.uncertainty_m != null && html`<span class="muted"> ±${row.uncertainty_m} m</span>`}
        ${row.lon != null && html` · <span class="code">${row.lat.toFixed(5)}, ${row.lon.toFixed(5)}</span>`}
        ${alternatives > 0 && html`<span class="flag">${t("dekat batas kelurahan")}</span>`}
        ${row.out_of_city && html`<span class="flag">${t("luar kota")}</span>`}
        ${row.hidden && html`<span class="flag">${t("alamat dirahasiakan")}</span>`}</dd></div>
      <div><dt>${t("Dibuka")}</dt><dd>${clock(row.opened_at)} (<${Age} since=${row.opened_at} />)</dd></div>
      <div><dt>${t("Kebenaran")}</dt><dd>${row.verified ? t("sudah diverifikasi") : html`<span class="flag">${t("belum diverifikasi")}</span>`}</dd></div>
      <div><dt>${t("Diambil")}</dt><dd>${row.taken_by ? html`${row.taken_by} ${clock(row.taken_at)}` : html`<span class="flag">${t("belum diambil")}</span>`}</dd></div>
      <div><dt>${t("Korban")}</dt><dd>${row.casualties ?? t("tidak disebut")}</dd></div>
      <div><dt>${t("Tingkat alarm")}</dt><dd>${row.alarm_level}</dd></div>
      ${row.needs.length > 0 && html`<div class="wide"><dt>${t("Kebutuhan")}</dt><dd>${row.needs.map((n) => html`
        <span class=${n.waived || n.met >= n.wanted ? "chip" : "chip missing"} key=${n.id}>${label("capability", n.capability)} ${n.met}/${n.wanted}${n.waived ? ` ${t("dikesampingkan")}` : ""}</span>`)}</dd></div>`}
    </dl>`;
}

function Report({ row, onClose }) {
  const button = useRef(null);
  const spot = useRef(null);
  const [type, setType] = useState(row.type === "none" ? "" : row.type);
  const [draft, setDraft] = useState(NOWHERE);
  const nowhere = row.lon == null && !row.kelurahan_code;
  useLayoutEffect(() => (spot.current || button.current)?.focus(), [row.id]);
  const near = row.candidates.map((id) => board.incidents.get(id)).filter(Boolean);
  const asks = row.asks_incident_id;
  async function open(event) {
    event.preventDefault();
    if (nowhere && !draft.chosen) return say(t("Pilih tempatnya dari saran, atau saring laporan ini."), "warn");
    if (nowhere && !(await locate(row, draft))) return undefined;
    const answer = await openReport(row, { ...(type && { type }), separate: near.length > 0 });
    const id = answer && (answer.incident_id || answer.incident?.id || answer.id);
    if (id) setUi({ opened: `incident:${id}`, selected: `incident:${id}` });
    return undefined;
  }
  return html`
    <header class="panel-head">
      <h2><${Priority} value=${row.priority} /> ${t("Laporan")} <span class="code">${row.code}</span></h2>
      <span class="state report">${label("class", row.class)}</span>
      <button type="button" class="btn small" onClick=${onClose}>${t("Tutup panel")} <kbd>Esc</kbd></button>
    </header>
    <${ReportText} id=${row.id} incident=${row} />
    ${config.acts && html`<p class="line"><${Key} k="L" text=${t("Nama tempat")} onClick=${() => setUi({ dialog: { name: "addname", row, start: "" } })} /></p>`}
    ${asks && html`<p class="problem">${t("Mirip kejadian K{id} yang baru ditutup. Pilih: buka lagi kejadian itu, atau jadikan kejadian baru.", { id: asks })}
      <button type="button" class="btn small" onClick=${() => reopenAsked(row)}>${t("Buka lagi K{id}", { id: asks })}</button></p>`}
    ${config.acts && html`<form class="open-report" onSubmit=${open} autocomplete="off">
      ${nowhere && html`<div class="wide"><${PlaceField} draft=${draft} change=${(fields) => setDraft((old) => ({ ...old, ...fields }))} first=${spot} /></div>`}
      <label>${t("Jenis")} <${TypeSelect} value=${type} onChange=${setType} /></label>
      <button class="btn primary" ref=${button}>${t("Jadikan kejadian")} <kbd>Enter</kbd></button>
    </form>`}
    ${config.acts && near.length > 0 && html`
      <section><h3>${t("Mungkin kejadian yang sama")}</h3>
        <ul class="plain">${near.map((one, i) => html`<li key=${one.id}><button type="button" class="btn small" onClick=${() => attach(row, one)}>
          ${t("Gabung ke")} ${one.code}</button> ${label("type", one.type)}, ${place(one)} (<${Age} since=${one.opened_at} />) ${i === 0 ? html`<kbd>M</kbd>` : ""}</li>`)}</ul>
      </section>`}
    ${config.acts && html`<section><h3>${t("Bukan darurat")} <kbd>X</kbd></h3>
      <div class="line steps">${["information", "non_emergency", "prank", "test", "spam", "ghost"].map((one) => html`
        <button type="button" class="btn small" key=${one} onClick=${() => screen(row, one)}>${label("class", one)}</button>`)}</div>
    </section>`}`;
}

function Call({ row, onClose }) {
  const button = useRef(null);
  const fill = async () => {
    if (row.state === "ringing" && !(await onCall(row, "answer"))) return;
    setUi({ dialog: { name: "newcall", contact: row } });
  };
  useLayoutEffect(() => button.current?.focus(), [row.id]);
  return html`
    <header class="panel-head"><h2>${t("Panggilan")} <span class="code">${row.line || row.id}</span></h2>
      <button type="button" class="btn small" onClick=${onClose}>${t("Tutup panel")} <kbd>Esc</kbd></button></header>
    <dl class="facts"><div><dt>${t("Nomor")}</dt><dd>${row.phone_masked || t("tidak diketahui")}</dd></div>
      <div><dt>${t("Sejak")}</dt><dd>${clock(row.since)} (<${Age} since=${row.since} />)</dd></div>
      <div><dt>${t("Diangkat oleh")}</dt><dd>${row.claimed_by || t("belum")}</dd></div></dl>
    ${config.acts && html`<p class="line">
      <button type="button" class="btn primary" ref=${button} onClick=${fill}>${row.state === "ringing" ? t("Angkat dan isi laporan") : t("Isi laporan panggilan ini")} <kbd>Enter</kbd></button>
      ${row.state === "answered" && html`<button type="button" class="btn" onClick=${() => setUi({ dialog: { name: "callend", call: row } })}>${t("Telepon selesai…")}</button>`}
      ${row.state === "ended" && html`<button type="button" class="btn" onClick=${() => onCall(row, "called-back")}>${t("Sudah ditelepon balik")}</button>`}
    </p>`}`;
}
