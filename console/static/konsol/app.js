// The page: bar, attention, queue, panel, units, map, and what runs beside them.
import { config, html, render, t, useEffect, useLayoutEffect, useMemo, useRef } from "./lib.js";
import { clock, duration, now, today } from "./format.js";
import { useSeconds } from "./age.js";
import { apply, board, changed, onEvent, rowOf, setLink, setUi, ui, useBoard } from "./store.js";
import { follow } from "./stream.js";
import { attention, grouped, queue, sounds } from "./order.js";
import { Attention } from "./attention.js";
import { Queue } from "./queue.js";
import { Panel } from "./panel.js";
import { closures, loadClosures } from "./closures.js";
import { Roads, toggleRoads } from "./roads.js";
import { Units } from "./units.js";
import { Dialogs } from "./dialogs.js";
import { MapPane, toggleMap, wantedAtStart } from "./map.js";
import { listen } from "./keys.js";
import { audible, isMuted, play, repeatWhile, setMuted, unlock } from "./sound.js";
import { announce, Announcer, heardOf } from "./announce.js";

const stream = follow({ onFrame: apply, onLink: setLink, cursor: () => board.cursor });

function App() {
  useBoard();
  const items = queue(board);
  const shown = grouped(items, ui.massa);
  const entries = attention(board);
  const latest = useRef(null);
  latest.current = shown;

  const open = (key) => setUi({ opened: key, selected: key });
  const close = () => {
    const back = ui.opened || ui.selected;
    setUi({ opened: null });
    focusRow(back);
  };
  const page = useMemo(() => ({ items: () => latest.current, open, close, focus: focusRow, mute: toggleSound, map: toggleMap, roads: toggleRoads }), []);
  useLayoutEffect(keepFocus);
  useLayoutEffect(() => listen(page), []); // before anything is painted: what is seen can be worked by keyboard

  const waiting = items.filter((item) => item.group === 0).length;
  useEffect(() => {
    document.title = `${waiting ? `(${waiting}) ` : ""}${board.link === "live" ? "" : "⚠ "}${t("Konsol")} – siponcega`;
  }, [waiting, board.link]);
  useEffect(() => {
    if (board.link === "live") loadClosures(); // whatever happened while nobody told us
  }, [board.link]);
  const lost = board.link !== "live";
  return html`
    <div class=${lost ? "console lost" : "console"}>
      <${Bar} waiting=${waiting} entries=${entries} />
      ${config.demo && html`<p class="demo">${t("Demo dengan data contoh. Tidak ada petugas sungguhan yang dipanggil.")}</p>`}
      ${lost && html`<${Lost} />`}
      <main id="isi" class=${ui.roads ? "with-roads" : ""}>
        <h1 class="sr">${t("Konsol operator")}</h1>
        <div class="column left"><${Attention} entries=${entries} onOpen=${open} /><${Queue} items=${shown} onOpen=${open} /></div>
        <${Panel} onClose=${close} />
        <div class="column right">${ui.map && board.ready && html`<${MapPane} onOpen=${open} />`}${ui.roads ? html`<${Roads} />` : html`<${Units} onOpen=${open} />`}</div>
      </main>
      <${Foot} />
      <${Dialogs} />
      <${Announcer} />
    </div>`;
}

function focusRow(key) {
  if (!key) return;
  setUi({ selected: key });
  // At once, not after the next drawing: the key that follows must meet this row.
  const row = document.querySelector(`.queue [data-key="${CSS.escape(key)}"]`) || document.querySelector(".queue .row");
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

// Where the keyboard is to stand once the row that it stood on has become another one.
let standOn = null;

function keepFocus() {
  if (standOn !== ui.selected) standOn = null; // somebody went elsewhere meanwhile
  const row = standOn && document.querySelector(`.queue [data-key="${CSS.escape(standOn)}"]`);
  if (!row) return;
  standOn = null;
  if (document.activeElement === document.body) row.focus();
}

// A selected report that becomes part of an incident: the selection, the panel and the keyboard go
// along. Otherwise the next key would meet a row that is not there any more.
function followReport({ report_id: report, incident_id: incident }) {
  const was = `report:${report}`;
  const becomes = `incident:${incident}`;
  if (ui.opened === was) setUi({ opened: becomes });
  if (ui.selected !== was) return;
  if (document.activeElement?.dataset?.key === was) standOn = becomes;
  setUi({ selected: becomes });
}

function toggleSound() {
  unlock();
  setMuted(!isMuted());
  announce(isMuted() ? t("Bunyi mati.") : t("Bunyi hidup."));
  changed();
}

function Bar({ waiting, entries }) {
  useSeconds();
  const age = Math.round(stream.silence() / 1000);
  const live = board.link === "live";
  return html`
    <header class="topbar">
      <a class="name" href="/">siponcega</a>
      <span class="stat"><b>${waiting}</b> ${t("menunggu tindakan")}</span>
      <span class="stat"><b>${entries.length}</b> ${t("perhatian")}</span>
      <span class=${live ? "stream" : "stream lost"}>${live ? t("langsung, data {n} dtk", { n: age }) : t("TERPUTUS")}</span>
      <button type="button" class="btn small" onClick=${toggleSound} aria-pressed=${!isMuted()}>${audible() ? t("Bunyi hidup") : isMuted() ? t("Bunyi mati") : t("Bunyi menunggu tombol")} <kbd>B</kbd></button>
      <button type="button" class="btn small" onClick=${toggleMap} aria-pressed=${ui.map}>${t("Peta")} <kbd>P</kbd></button>
      <button type="button" class="btn small" onClick=${() => toggleRoads()} aria-pressed=${ui.roads}>${t("Jalan")} ${standing()} <kbd>G</kbd></button>
      <button type="button" class="btn small" onClick=${switchTheme}>${t("Siang/malam")}</button>
      <button type="button" class="btn small" onClick=${() => setUi({ dialog: { name: "keys" } })}>${t("Tombol")} <kbd>?</kbd></button>
      <span class="who">${config.name}</span>
      <time class="clock">${today()} ${clock(new Date(now()).toISOString())}</time>
    </header>`;
}

// How many roads are shut or under water: seen without opening the list.
function standing() {
  const n = closures().filter((one) => one.in_force).length;
  return n ? html`<b class="flag">${n}</b>` : "";
}

function switchTheme() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "night" ? "day" : "night";
  localStorage.setItem("konsol.tema", root.dataset.theme);
}

function Lost() {
  useSeconds();
  if (board.link === "out") return html`<p class="banner" role="alert">${t("Sesi berakhir.")} <a href="/masuk?ke=/konsol">${t("Masuk lagi")}</a></p>`;
  const seconds = Math.round(stream.silence() / 1000);
  return html`<p class="banner"><span role="alert">${t("Aliran terputus. Yang tampak di bawah ini LAMA. Menyambung lagi… Pakai radio dan telepon.")}</span>
    <span aria-hidden="true"> ${duration(seconds)}</span></p>`;
}

function Foot() {
  const note = ui.note;
  return html`
    <footer class="foot-line">
      <p class=${note ? `note-line ${note.tone}` : "note-line"} role=${note?.tone === "error" ? "alert" : "status"}>${note?.text || ""}</p>
      <p class="hints-line" aria-hidden="true"><kbd>J</kbd><kbd>K</kbd> ${t("pilih")} <kbd>Enter</kbd> ${t("buka/kirim")} <kbd>N</kbd> ${t("baru")} <kbd>T</kbd> ${t("ambil")} <kbd>C</kbd> ${t("terima lisan")} <kbd>:</kbd> ${t("perintah")} <kbd>?</kbd></p>
    </footer>`;
}

document.documentElement.dataset.theme = localStorage.getItem("konsol.tema") || "night";
ui.map = wantedAtStart();
for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, unlock, { once: true });
repeatWhile(() => board.link === "live" && [...board.incidents.values()].some(sounds));
onEvent((frame) => {
  if (frame.kind.startsWith("closure.")) loadClosures();
  const heard = heardOf(frame, (kind, id) => rowOf(`${kind}:${id}`));
  if (heard?.tone) play(heard.tone);
  if (heard?.text) announce(heard.text);
  if (frame.kind === "report.linked") followReport(frame.payload);
});
setInterval(changed, 15000); // waiting rows climb by themselves
const root = document.getElementById("app");
root.textContent = "";
render(html`<${App} />`, root);
