// Small questions over the board; Esc leaves every one of them.
import { config, html, label, t, useLayoutEffect, useRef, useState } from "./lib.js";
import { metresBetween, distance, place } from "./format.js";
import { board, parseKey, rowOf, setUi, ui } from "./store.js";
import { attach, cancel, close, control, edit, merge, onCall, screen, step, unmask } from "./actions.js";
import { execute, HELP, preview } from "./command.js";
import { AddName } from "./addname.js";
import { NewCall } from "./newcall.js";
import { Reach } from "./reach.js";
import { KEYS } from "./keys.js";
import { TypeSelect } from "./typeselect.js";

export function Dialogs() {
  const dialog = ui.dialog;
  if (!dialog) return null;
  const Body = { close: Close, merge: Merge, spoken: Spoken, abort: Abort, keys: Keys, command: Command, newcall: NewCall, edit: Edit, screen: Screen, unmask: Unmask, callend: CallEnd, addname: Name, reach: Stations }[dialog.name];
  return html`<${Modal} key=${dialog.name} name=${dialog.name}><${Body} ...${dialog} /><//>`;
}

export const dismiss = () => setUi({ dialog: null });

function Modal({ name, children }) {
  const element = useRef(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const opened = ui.opened;
    const dialog = element.current;
    dialog.showModal();
    dialog.querySelector("[data-first]")?.focus();
    return () => {
      dialog.close(); // while it stands, nothing behind it takes the focus
      const send = ui.opened !== opened && document.querySelector(".panel .send"); // a call opened it: Enter sends
      if (send) send.focus();
      else if (before?.isConnected) before.focus();
    };
  }, []);
  return html`<dialog ref=${element} class=${`dialog ${name}`} onCancel=${(e) => { e.preventDefault(); dismiss(); }}>${children}</dialog>`;
}

// Buttons answered by their number key as well.
function Choices({ options }) {
  const onKeyDown = (event) => {
    const option = options[Number(event.key) - 1];
    if (option && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      option.run();
    }
  };
  return html`<ul class="choices" onKeyDown=${onKeyDown}>${options.map((option, i) => html`
    <li key=${option.key || i}><button type="button" class="btn" data-first=${i === 0 ? "" : null} onClick=${option.run}>
      <kbd>${i + 1}</kbd> ${option.text}</button></li>`)}</ul>`;
}
const choose = (act) => () => {
  dismiss();
  act();
};

function Close({ row }) {
  const dispositions = Object.entries(config.labels.disposition || {});
  const options = dispositions.map(([code, text]) => ({ key: code, text, run: choose(() => close(row, { disposition: code })) }));
  if (row.state === "active") options.unshift({ key: "control", text: t("Terkendali, belum selesai"), run: choose(() => control(row)) });
  options.push({ key: "cancel", text: t("Batal: tidak pernah terjadi"), run: choose(() => cancel(row, { reason: "false_alarm" })) });
  return html`<h2>${t("Tutup {code}", row)}</h2><${Choices} options=${options} />`;
}

function Screen({ row }) {
  const classes = ["information", "non_emergency", "update", "prank", "test", "spam", "ghost"];
  return html`<h2>${t("{code} bukan darurat baru", row)}</h2>
    <${Choices} options=${classes.map((code) => ({ key: code, text: label("class", code), run: choose(() => screen(row, code)) }))} />`;
}

function Merge({ of }) {
  const row = rowOf(of);
  const report = parseKey(of).kind === "report";
  if (!row) return html`<h2>${t("Tidak lagi di papan")}</h2>`;
  const near = [...board.incidents.values()]
    .filter((one) => report || one.id !== row.id)
    .map((one) => ({ one, metres: metresBetween(one, row), same: one.type === row.type, here: one.kelurahan_code === row.kelurahan_code }))
    .sort((a, b) => Number(b.same && (b.here || b.metres < 1500)) - Number(a.same && (a.here || a.metres < 1500)) || a.metres - b.metres)
    .slice(0, 7);
  const options = near.map(({ one, metres }) => ({
    key: one.id,
    text: `${one.code} ${label("type", one.type)}, ${place(one)}${Number.isFinite(metres) ? ` · ${distance(metres)}` : ""}`,
    run: choose(() => (report ? attach(row, one) : merge(row, one))),
  }));
  return html`<h2>${t("Gabung {code} ke", row)}</h2>
    ${options.length ? html`<${Choices} options=${options} />` : html`<p>${t("Tidak ada kejadian lain di papan.")}</p>`}`;
}

function Spoken({ row }) {
  const offered = (rowOf(`incident:${row.id}`)?.assignments || []).filter((a) => a.state === "offered");
  const options = offered.map((a) => ({ key: a.id, text: t("{unit} menerima lewat radio atau telepon", a), run: choose(() => step(a, "accept")) }));
  return html`<h2>${t("Terima lisan, {code}", row)}</h2>
    ${options.length ? html`<${Choices} options=${options} />` : html`<p>${t("Tidak ada unit yang sedang ditawari.")}</p>`}`;
}

function Abort({ assignment }) {
  const reasons = ["breakdown", "crash", "ill", "diverted", "unreachable", "recalled"];
  return html`<h2>${t("{unit} batal karena", assignment)}</h2>
    <${Choices} options=${reasons.map((code) => ({ key: code, text: label("reason", code), run: choose(() => step(assignment, "abort", code)) }))} />`;
}

// Silent and cut-off calls stay on the board until somebody has rung back.
function CallEnd({ call }) {
  const outcomes = Object.entries(config.labels.outcome);
  return html`<h2>${t("Telepon selesai")}</h2>
    <${Choices} options=${outcomes.map(([code, text]) => ({ key: code, text, run: choose(() => onCall(call, "end", code)) }))} />`;
}

// A full number is shown only for a reason, and both are kept in the log.
function Unmask({ report }) {
  const [phone, setPhone] = useState(null);
  const show = async (reason) => {
    const answer = await unmask(report, reason);
    if (answer) setPhone(answer.phone);
  };
  const reasons = ["call_back", "dispatch", "handover", "follow_up", "complaint"];
  return html`<h2>${t("Nomor pelapor {code}", report)}</h2>
    ${phone === null
      ? html`<p>${t("Untuk apa? Nama Anda dan alasannya dicatat.")}</p><${Choices} options=${reasons.map((code) => ({ key: code, text: label("unmask", code), run: () => show(code) }))} />`
      : html`<p class="code phone" tabindex="-1">${phone || t("tidak ada nomor")}</p><button type="button" class="btn" onClick=${dismiss}>${t("Tutup")} <kbd>Esc</kbd></button>`}`;
}

function Edit({ row }) {
  const [type, setType] = useState(row.type);
  const [priority, setPriority] = useState(row.priority);
  const [casualties, setCasualties] = useState(row.casualties ?? "");
  const [hidden, setHidden] = useState(row.hidden);
  const fields = { type, priority, casualties: casualties === "" ? null : Number(casualties), hidden };
  const differing = Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== row[name]));
  const submit = async (event) => {
    event.preventDefault();
    if (!Object.keys(differing).length || (await edit(row, differing))) dismiss();
  };
  return html`<h2>${t("Ubah {code}", row)}</h2>
    <form class="form" onSubmit=${submit}>
      <label>${t("Jenis")} <${TypeSelect} value=${type} onChange=${setType} required /></label>
      <label>${t("Prioritas")} <select data-first value=${priority} onChange=${(e) => setPriority(e.target.value)}>${["P1", "P2", "P3"].map((p) => html`<option key=${p} value=${p}>${p}</option>`)}</select></label>
      <label>${t("Korban")} <input inputmode="numeric" pattern="[0-9]*" value=${casualties} onInput=${(e) => setCasualties(e.target.value)} /></label>
      <label class="check"><input type="checkbox" checked=${hidden} onChange=${(e) => setHidden(e.target.checked)} /> ${t("Rahasiakan alamat dari OPD lain")}</label>
      <p class="line"><button class="btn primary">${t("Simpan")} <kbd>Enter</kbd></button></p>
    </form>`;
}

function Name({ row, start }) {
  return html`<h2>${t("Nama tempat, {code}", row)}</h2><${AddName} row=${row} start=${start ?? row.place ?? ""} done=${dismiss} />`;
}

const Stations = () => html`<${Reach} done=${dismiss} />`;

function Keys() {
  return html`<h2>${t("Tombol")}</h2>
    <div class="two"><dl class="key-list">${KEYS.map(([keys, text]) => html`<div key=${keys}><dt>${keys.split(" ").map((k) => html`<kbd key=${k}>${k}</kbd> `)}</dt><dd>${t(text)}</dd></div>`)}</dl>
    <dl class="key-list">${HELP.map(([form, text]) => html`<div key=${form}><dt><code>${form}</code></dt><dd>${t(text)}</dd></div>`)}</dl></div>
    <button type="button" class="btn" data-first onClick=${dismiss}>${t("Tutup")} <kbd>Esc</kbd></button>`;
}

function Command({ start }) {
  const [line, setLine] = useState(start || "");
  const seen = line.trim() ? preview(line) : { text: t("mis. D DMK1 142") };
  const submit = (event) => {
    event.preventDefault();
    if (line.trim() === "?") setUi({ dialog: { name: "keys" } });
    else {
      const before = ui.dialog;
      if (execute(line) && ui.dialog === before) dismiss();
    }
  };
  return html`<form class="command-line" onSubmit=${submit}>
    <label for="perintah">${t("Perintah")}</label>
    <input id="perintah" data-first autocomplete="off" autocapitalize="characters" spellcheck="false" value=${line} aria-describedby="perintah-arti" onInput=${(e) => setLine(e.target.value)} />
    <p id="perintah-arti" class=${seen.error ? "problem" : "muted"} aria-live="polite">${seen.error || seen.text}</p></form>`;
}
