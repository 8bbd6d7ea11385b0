// The keyboard: one table of what a key does on the board. Fields and dialogs keep their own keys.
import { config, t } from "./lib.js";
import { parseKey, rowOf, setUi, ui } from "./store.js";
import { say, take, verify } from "./actions.js";

export const KEYS = [
  ["J K", "baris berikut, sebelum"],
  ["Enter", "buka baris; sekali lagi: kirim unit yang disarankan"],
  ["N", "panggilan baru"],
  ["T", "ambil atas nama saya"],
  ["V", "verifikasi"],
  ["C", "terima lisan dari unit yang ditawari"],
  ["M", "gabung"],
  ["E", "ubah"],
  ["X", "tutup dengan hasil; laporan: bukan darurat"],
  [": /", "baris perintah"],
  ["A", "ke daftar perhatian"],
  ["L", "tambah nama tempat di sini"],
  ["P", "peta"],
  ["G", "gangguan jalan: jalan ditutup, banjir"],
  ["W", "jangkauan pos dalam 5, 10, 15 menit"],
  ["B", "bunyi"],
  ["?", "daftar tombol ini"],
  ["Esc", "kembali"],
];

const inField = (element) =>
  element && (element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName)) && element.type !== "checkbox";

// `page` gives {items(), open(key), close(), focus(key), mute(), map(), roads()}; answers how to stop listening.
export function listen(page) {
  const onKeyDown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (ui.dialog || document.querySelector("dialog[open]")) return;
    if (inField(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = actionFor(event.key, page);
    if (act) {
      event.preventDefault();
      act();
    }
  };
  document.addEventListener("keydown", onKeyDown);
  return () => document.removeEventListener("keydown", onKeyDown);
}

// The panel that stands open already does not take the focus by itself.
function openOrSend(page) {
  const send = ui.opened === ui.selected && document.querySelector(".panel .send");
  if (send) send.focus();
  else page.open(ui.selected);
}

function actionFor(key, page) {
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case "j": return () => walk(page, 1);
    case "k": return () => walk(page, -1);
    case "Escape": return () => (ui.roads ? page.roads() : page.close());
    case "Enter": return document.activeElement === document.body && ui.selected ? () => openOrSend(page) : null;
    case "?": return () => setUi({ dialog: { name: "keys" } });
    case "p": return () => page.map();
    case "g": return () => page.roads();
    case "w": return () => reach(page);
    case "b": return () => page.mute();
    case "a": return () => document.querySelector(".attention button")?.focus();
  }
  if (!config.acts) return null;
  switch (key.toLowerCase()) {
    case ":":
    case "/": return () => setUi({ dialog: { name: "command" } });
    case "n": return () => setUi({ dialog: { name: "newcall" } });
    case "t": return onIncident(take);
    case "v": return onIncident(verify);
    case "c": return onIncident((row) => setUi({ dialog: { name: "spoken", row } }));
    case "l": return onRow((row) => setUi({ dialog: { name: "addname", row } }), ["incident", "report"]);
    case "e": return onIncident((row) => setUi({ dialog: { name: "edit", row } }));
    case "m": return onRow((row, of) => setUi({ dialog: { name: "merge", of } }), ["incident", "report"]);
    case "x": return onRow((row, of) => setUi({ dialog: { name: parseKey(of).kind === "incident" ? "close" : "screen", row } }), ["incident", "report"]);
  }
  return null;
}

// The map opens for it where it was closed.
function reach(page) {
  if (!ui.map) page.map();
  setUi({ dialog: { name: "reach" } });
}

// The opened row, else the selected one.
function onRow(act, kinds) {
  return () => {
    const of = ui.opened || ui.selected;
    const row = rowOf(of);
    if (row && kinds.includes(parseKey(of).kind)) act(row, of);
    else say(t("Pilih dulu sebuah baris dengan J atau K."), "warn");
  };
}
const onIncident = (act) => onRow(act, ["incident"]);

function walk(page, by) {
  const keys = page.items().map((item) => item.key);
  if (!keys.length) return;
  const at = keys.indexOf(ui.selected);
  const next = at < 0 ? (by > 0 ? 0 : keys.length - 1) : Math.min(keys.length - 1, Math.max(0, at + by));
  page.focus(keys[next]);
}
