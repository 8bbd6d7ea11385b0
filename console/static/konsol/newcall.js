// A call: place and type open the incident at once. The rest can wait: Esc, and Enter sends the units.
import { html, label, t, useLayoutEffect, useRef, useState } from "./lib.js";
import { patch, post } from "./api.js";
import { distance, metresBetween, place } from "./format.js";
import { Age } from "./age.js";
import { onCall, run, say } from "./actions.js";
import { twins } from "./order.js";
import { board, setUi } from "./store.js";
import { AddName } from "./addname.js";
import { dismiss } from "./dialogs.js";
import { NOWHERE, PlaceField } from "./placefield.js";
import { TypeSelect } from "./typeselect.js";

const EMPTY = { ...NOWHERE, type: "" };

export function NewCall({ contact }) {
  const [draft, setDraft] = useState(EMPTY);
  const [opened, setOpened] = useState(null); // {incident_id, report_id, code}
  const [mine, setMine] = useState(null); // the call, when it was begun here and no exchange ends it
  const [busy, setBusy] = useState(false);
  const change = (fields) => setDraft((old) => ({ ...old, ...fields }));
  const near = draft.type || draft.kelurahan_code ? twins(board, draft, metresBetween) : [];

  async function submit(event) {
    event.preventDefault();
    if (busy || opened) return;
    setBusy(true);
    const answer = await run(async () => {
      const contact_id = contact?.id ?? (await post("/contacts/phone")).contact_id;
      if (!contact) setMine(contact_id);
      return post("/incidents", {
        contact_id, type: draft.type, place_text: draft.text, verified: true, separate: near.length > 0,
        ...(draft.lat != null && { lat: draft.lat, lon: draft.lon, accuracy_m: draft.accuracy_m }),
        ...(draft.kelurahan_code && { kelurahan_code: draft.kelurahan_code }),
      });
    }, (done) => t("{code} dibuka.", { code: done.code || done.incident?.code || "" }));
    setBusy(false);
    if (!answer) return;
    const incident_id = answer.incident_id ?? answer.incident?.id ?? answer.id;
    setOpened({ incident_id, report_id: answer.report_id ?? answer.report?.id, code: answer.code || answer.incident?.code });
    setUi({ opened: `incident:${incident_id}`, selected: `incident:${incident_id}` });
  }

  if (opened) return html`<${Rest} opened=${opened} contact=${contact} mine=${mine} said=${draft.text} />`;
  return html`
    <h2>${t("Panggilan baru")} ${contact?.phone_masked || ""}</h2>
    <form class="form newcall" onSubmit=${submit} autocomplete="off">
      <${PlaceField} draft=${draft} change=${change} />
      <label for="nc-jenis">${t("Jenis")}</label>
      <${TypeSelect} id="nc-jenis" value=${draft.type} onChange=${(type) => change({ type })} required />
      ${near.length > 0 && html`<${Twins} near=${near} draft=${draft} contact=${contact} />`}
      <p class="line"><button class="btn primary" aria-disabled=${busy}>${busy ? t("Membuka…") : near.length ? t("Tetap buka kejadian baru") : t("Buka kejadian")} <kbd>Enter</kbd></button>
        <button type="button" class="btn" onClick=${dismiss}>${t("Batal")} <kbd>Esc</kbd></button></p>
    </form>`;
}

// Shown before anything is created: what is open nearby of the same kind.
function Twins({ near, draft, contact }) {
  async function join(row) {
    const done = await run(async () => {
      const contact_id = contact?.id ?? (await post("/contacts/phone")).contact_id;
      const made = await post("/incidents", { contact_id, type: draft.type || row.type, place_text: draft.text, verified: true });
      if (made.incident_id && made.incident_id !== row.id) await post(`/incidents/${made.incident_id}/merge`, { into: row.id });
      else if (!made.incident_id) await post(`/incidents/${row.id}/reports`, { report_id: made.report_id });
    }, t("Laporan digabung ke {code}.", row));
    if (done) setUi({ dialog: null, opened: `incident:${row.id}`, selected: `incident:${row.id}` });
  }
  return html`
    <div class="twins" role="status"><h3>${t("Sudah ada di dekat situ")}</h3>
      <ul class="plain">${near.map(({ row, metres }) => html`<li key=${row.id}>
        <button type="button" class="btn small" onClick=${() => join(row)}>${t("Gabung ke")} ${row.code}</button>
        ${label("type", row.type)}, ${place(row)} ${Number.isFinite(metres) ? distance(metres) : ""} (<${Age} since=${row.opened_at} />)</li>`)}</ul></div>`;
}

function Rest({ opened, contact, mine, said }) {
  const [naming, setNaming] = useState(false);
  const row = board.incidents.get(opened.incident_id);
  const [fields, setFields] = useState({ phone: "", name: "", casualties: "", text: "" });
  const set = (name) => (event) => setFields({ ...fields, [name]: event.target.value });
  const first = useRef(null);
  useLayoutEffect(() => first.current?.focus(), []);
  async function save(event) {
    event.preventDefault();
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
    if (given.casualties) given.casualties = Number(given.casualties);
    if (Object.keys(given).length && opened.report_id) {
      if (!(await run(() => patch(`/reports/${opened.report_id}`, given), t("Keterangan disimpan.")))) return;
    } else if (Object.keys(given).length) {
      say(t("Keterangan belum bisa disimpan."), "error");
      return;
    }
    leave();
  }
  function leave() {
    dismiss();
    if (mine) onCall({ id: mine }, "end", "reported");
  }
  return html`
    <h2>${t("{code} terbuka. Lengkapi keterangan; atau Esc lalu Enter: kirim unit.", { code: opened.code || "" })}</h2>
    <form class="form newcall" onSubmit=${save} autocomplete="off">
      ${!contact?.phone_masked && html`<label for="nc-telp">${t("Telepon")}</label><input id="nc-telp" ref=${first} inputmode="tel" value=${fields.phone} onInput=${set("phone")} />`}
      <label for="nc-nama">${t("Nama")}</label><input id="nc-nama" value=${fields.name} onInput=${set("name")} />
      <label for="nc-korban">${t("Korban")}</label><input id="nc-korban" inputmode="numeric" pattern="[0-9]*" value=${fields.casualties} onInput=${set("casualties")} />
      <label for="nc-ket">${t("Keterangan")}</label><textarea id="nc-ket" rows="3" value=${fields.text} onInput=${set("text")}></textarea>
      <p class="line"><button class="btn primary">${t("Simpan")} <kbd>Enter</kbd></button> <button type="button" class="btn" onClick=${leave}>${t("Lewati")}</button>
        <button type="button" class="btn" aria-expanded=${naming} onClick=${() => setNaming(!naming)}>${t("Nama tempat…")}</button></p>
    </form>
    ${naming && row && html`<${AddName} row=${row} start=${said} done=${() => setNaming(false)} />`}`;
}
