// The command line: what it understands, and running it. `parse` is pure.
import { t } from "./lib.js";
import { toggleRoads } from "./roads.js";
import { board, rowOf, setUi, ui } from "./store.js";
import { duty, say, send, step, take, verify } from "./actions.js";

export const HELP = [
  ["D UNIT… KEJADIAN", "kirim unit ke kejadian: D DMK1 142"],
  ["C UNIT", "terima lisan: unit menerima lewat radio atau telepon"],
  ["B UNIT · I UNIT · S UNIT", "berangkat · tiba · selesai"],
  ["R UNIT", "tarik penugasan unit"],
  ["T KEJADIAN · V KEJADIAN", "ambil · verifikasi"],
  ["X KEJADIAN · M KEJADIAN", "tutup · gabung"],
  ["U UNIT siap|rusak|lepas", "kesiapan unit"],
  ["G TEMPAT", "tutup jalan atau nyatakan banjir di tempat itu"],
  ["L NAMA", "tambah nama tempat pada kejadian yang terbuka"],
  ["142", "buka kejadian K142"],
];

const STEPS = { C: "accept", B: "en-route", I: "arrive", S: "clear", R: "recall" };
const DUTY = { siap: ["available"], rusak: ["out_of_service", "breakdown"], lepas: ["off_duty"] };

const unitOf = (word) => [...board.units.values()].find((unit) => unit.code.toUpperCase() === word.toUpperCase());
const incidentOf = (word) => {
  const number = word.toUpperCase().replace(/^K-?/, "");
  return [...board.incidents.values()].find((row) => row.code.toUpperCase() === `K${number}` || String(row.id) === number);
};

class Unclear extends Error {}
const needUnit = (word) => {
  const unit = word && unitOf(word);
  if (!unit) throw new Unclear(word ? t("Tidak ada unit {word}.", { word }) : t("Sebut kode unit."));
  return unit;
};
const needIncident = (word) => {
  const row = word && incidentOf(word);
  if (!row) throw new Unclear(word ? t("Tidak ada kejadian {word} di papan.", { word }) : t("Sebut nomor kejadian."));
  return row;
};

// What a line would do: {text, run}; throws Unclear with a sentence for the operator.
function understand(line) {
  const words = line.trim().split(/\s+/).filter(Boolean);
  if (!words.length) throw new Unclear(t("Ketik perintah, mis. D DMK1 142."));
  const verb = words[0].toUpperCase();
  const rest = words.slice(1);
  if (verb === "D" && rest.length) {
    const row = needIncident(rest.at(-1));
    const units = rest.slice(0, -1).map(needUnit);
    const names = units.map((unit) => unit.code).join(", ") || t("yang disarankan");
    return { text: t("Kirim {names} ke {code}", { names, code: row.code }), run: () => send(row, units.length ? units.map((u) => u.id) : null) };
  }
  if (STEPS[verb] && rest.length === 1) {
    const unit = needUnit(rest[0]);
    if (!unit.assignment_id) throw new Unclear(t("{code} tidak sedang bertugas.", unit));
    return { text: `${unit.code} ${STEPS[verb]}`, run: () => step({ id: unit.assignment_id, unit: unit.code }, STEPS[verb]) };
  }
  if (verb === "T") return withRow(rest, t("Ambil"), take);
  if (verb === "V") return withRow(rest, t("Verifikasi"), verify);
  if (verb === "X") return withRow(rest, t("Tutup"), (row) => setUi({ dialog: { name: "close", row } }));
  if (verb === "M") return withRow(rest, t("Gabung"), (row) => setUi({ dialog: { name: "merge", of: `incident:${row.id}` } }));
  if (verb === "U" && rest.length === 2) {
    const unit = needUnit(rest[0]);
    const wanted = DUTY[rest[1].toLowerCase()];
    if (!wanted) throw new Unclear(t("Kesiapan: siap, rusak, atau lepas."));
    return { text: `${unit.code} ${rest[1]}`, run: () => duty(unit, ...wanted) };
  }
  if (verb === "G" && rest.length) return { text: t("Gangguan jalan di {where}", { where: rest.join(" ") }), run: () => toggleRoads(rest.join(" ")) };
  if (verb === "L" && rest.length) {
    const row = rowOf(ui.opened || ui.selected);
    if (!row) throw new Unclear(t("Pilih dulu sebuah baris dengan J atau K."));
    return { text: t("Nama tempat: {name}", { name: rest.join(" ") }), run: () => setUi({ dialog: { name: "addname", row, start: rest.join(" ") } }) };
  }
  if (words.length === 1 && incidentOf(verb)) {
    const key = `incident:${incidentOf(verb).id}`;
    return { text: t("Buka {code}", { code: incidentOf(verb).code }), run: () => setUi({ opened: key, selected: key }) };
  }
  throw new Unclear(t("Perintah tidak dikenal. Ketik ? untuk daftar."));
}

function withRow(rest, text, act) {
  const row = needIncident(rest[0]);
  return { text: `${text} ${row.code}`, run: () => act(row) };
}

// {text} of what Enter would do, or {error}.
export function preview(line) {
  try {
    return { text: understand(line).text };
  } catch (error) {
    if (error instanceof Unclear) return { error: error.message };
    throw error;
  }
}

// Runs the line; false (and a sentence at the foot) when it is not understood.
export function execute(line) {
  try {
    understand(line).run();
    return true;
  } catch (error) {
    if (!(error instanceof Unclear)) throw error;
    say(error.message, "error");
    return false;
  }
}
