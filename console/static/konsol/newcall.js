// A call: place and type open the incident at once, the rest is typed while units roll.
import { html, label, t, useEffect, useLayoutEffect, useRef, useState } from "./lib.js";
import { get, patch, post } from "./api.js";
import { distance, metresBetween, place } from "./format.js";
import { Age } from "./age.js";
import { run, say } from "./actions.js";
import { twins } from "./order.js";
import { board, setUi } from "./store.js";
import { dismiss } from "./dialogs.js";
import { TypeSelect } from "./panel.js";

const SUGGEST_MS = 150;
const EMPTY = { text: "", type: "", lat: null, lon: null, accuracy_m: null, kelurahan_code: null };

export function NewCall({ contact }) {
  const [draft, setDraft] = useState(EMPTY);
  const [opened, setOpened] = useState(null); // {incident_id, report_id, code}
  const [busy, setBusy] = useState(false);
  const change = (fields) => setDraft((old) => ({ ...old, ...fields }));
  const near = draft.type || draft.kelurahan_code ? twins(board, draft, metresBetween) : [];

  async function submit(event) {
    event.preventDefault();
    if (busy || opened) return;
    setBusy(true);
    const answer = await run(async () => {
      const contact_id = contact?.id ?? (await post("/contacts/phone")).contact_id;
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

  if (opened) return html`<${Rest} opened=${opened} contact=${contact} />`;
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

function PlaceField({ draft, change }) {
  const [found, setFound] = useState({ for: "", list: [], verdict: null, outside: null });
  const [at, setAt] = useState(-1);
  const timer = useRef(null);
  const list = found.for === draft.text ? found.list : [];

  useEffect(() => {
    clearTimeout(timer.current);
    if (draft.text.trim().length < 2 || draft.chosen) return undefined;
    const stop = new AbortController();
    timer.current = setTimeout(async () => {
      try {
        const answer = await get(`/geo/search?limit=6&q=${encodeURIComponent(draft.text)}`, { signal: stop.signal });
        setFound({ for: draft.text, list: merged(answer), verdict: answer.verdict, outside: answer.outside });
        setAt(-1);
      } catch (error) {
        if (error.name !== "AbortError") setFound({ for: draft.text, list: [], verdict: "down", outside: null });
      }
    }, SUGGEST_MS);
    return () => stop.abort();
  }, [draft.text]);

  function pick(one) {
    change({ text: one.label, chosen: true, lat: one.lat, lon: one.lon, accuracy_m: one.uncertainty_m && Math.round(one.uncertainty_m), kelurahan_code: one.kelurahan_code });
    setFound({ for: "", list: [], verdict: null, outside: null });
  }
  function onKeyDown(event) {
    if (!list.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((at + (event.key === "ArrowDown" ? 1 : -1) + list.length) % list.length);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      pick(list[at]);
    }
  }
  return html`
    <label for="nc-tempat">${t("Tempat")}</label>
    <div class="combo">
      <input id="nc-tempat" data-first required value=${draft.text} role="combobox" aria-expanded=${list.length > 0}
        aria-controls="nc-saran" aria-autocomplete="list" aria-activedescendant=${at >= 0 ? `nc-saran-${at}` : null}
        placeholder=${t("jalan, gang, patokan, kelurahan")} onKeyDown=${onKeyDown}
        onInput=${(e) => change({ text: e.target.value, chosen: false, lat: null, lon: null, accuracy_m: null, kelurahan_code: null })} />
      <ul id="nc-saran" role="listbox" aria-label=${t("Saran tempat")} hidden=${!list.length}>
        ${list.map((one, i) => html`<li key=${i} id=${`nc-saran-${i}`} role="option" aria-selected=${i === at} onMouseDown=${(e) => { e.preventDefault(); pick(one); }}>
          <b>${one.label}</b> <span class="muted">${one.detail}</span></li>`)}
      </ul>
    </div>
    <p class="hint" aria-live="polite">${hint(draft, found)}</p>`;
}

// Candidates of the geocoder first, then plain names like the text; each once.
function merged(answer) {
  const list = (answer.candidates || []).map((one) => ({
    ...one, kelurahan_code: one.kelurahan_codes?.[0] || null,
    detail: [one.uncertainty_m != null && `±${Math.round(one.uncertainty_m)} m`, one.reason].filter(Boolean).join(" · "),
  }));
  for (const match of answer.matches || []) {
    if (list.some((one) => one.label === match.name)) continue;
    list.push({ label: match.name, lat: match.lat, lon: match.lon, uncertainty_m: match.uncertainty_m,
      kelurahan_code: match.kelurahan_code || match.kelurahan?.code || match.code || null,
      detail: [label("place", match.kind), match.kelurahan?.name].filter(Boolean).join(" · ") });
  }
  return list.slice(0, 7);
}

function hint(draft, found) {
  if (draft.chosen) return draft.lat != null ? t("Titik ±{m} m.", { m: draft.accuracy_m ?? "?" }) : t("Tempat dipilih tanpa titik.");
  if (found.for !== draft.text) return " ";
  if (found.verdict === "down") return t("Saran tempat tidak tersedia. Ketik saja; kejadian tetap terbuka.");
  if (found.verdict === "outside") return t("Di luar kota{where}.", { where: found.outside ? `: ${found.outside}` : "" });
  if (found.verdict === "ambiguous") return t("Ada beberapa tempat bernama itu. Pilih satu.");
  return found.list.length ? t("↓ memilih saran; atau lanjut dengan yang diketik.") : t("Tidak dikenal. Tetap bisa dibuka; lengkapi nanti.");
}

function Rest({ opened, contact }) {
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
    dismiss();
  }
  return html`
    <h2>${t("{code} terbuka. Lengkapi sambil unit bergerak.", { code: opened.code || "" })}</h2>
    <form class="form newcall" onSubmit=${save} autocomplete="off">
      ${!contact?.phone_masked && html`<label for="nc-telp">${t("Telepon")}</label><input id="nc-telp" ref=${first} inputmode="tel" value=${fields.phone} onInput=${set("phone")} />`}
      <label for="nc-nama">${t("Nama")}</label><input id="nc-nama" value=${fields.name} onInput=${set("name")} />
      <label for="nc-korban">${t("Korban")}</label><input id="nc-korban" inputmode="numeric" pattern="[0-9]*" value=${fields.casualties} onInput=${set("casualties")} />
      <label for="nc-ket">${t("Keterangan")}</label><textarea id="nc-ket" rows="3" value=${fields.text} onInput=${set("text")}></textarea>
      <p class="line"><button class="btn primary">${t("Simpan")} <kbd>Enter</kbd></button> <button type="button" class="btn" onClick=${dismiss}>${t("Lewati")} <kbd>Esc</kbd></button></p>
    </form>`;
}
