// Closed roads and floods that stand now or are to come, as this console knows them.
import { del, get, post, Problem } from "./api.js";
import { announce } from "./announce.js";
import { run, say } from "./actions.js";
import { label, t } from "./lib.js";
import { changed } from "./store.js";

// What another process still reckons with when we hear of a change is gone a second later.
const EVERYWHERE_MS = 1000;
const BY_THE_CLOCK_MS = 20000;

let known = [];
let standing = null;
let word = 0;
// What this desk did itself is said where it did it.
const drawnHere = new Set();
const endedHere = new Set();

export const closures = () => known;
// Grows with every change of what stands: a recommendation reckoned before is old.
export const roadsWord = () => word;

// Read again; tells what others drew or ended since. Keeps the old list when the server is away.
export async function loadClosures() {
  let answer;
  try {
    answer = (await get("/geo/closures")).closures;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return;
  }
  const before = new Map(known.map((one) => [one.id, one]));
  known = answer;
  const now = known.filter((one) => one.in_force).map((one) => one.id).join();
  if (standing !== null && now !== standing) {
    heard(before);
    word += 1;
    setTimeout(() => {
      word += 1;
      changed();
    }, EVERYWHERE_MS);
  }
  standing = now;
  changed();
}

function heard(before) {
  const after = new Map(known.map((one) => [one.id, one]));
  const texts = [
    ...known.filter((one) => one.in_force && !before.get(one.id)?.in_force && !drawnHere.has(one.id)).map((one) => t("{what}. Saran unit dihitung ulang.", { what: said(one) })),
    ...[...before.values()].filter((one) => one.in_force && !after.has(one.id) && !endedHere.has(one.id)).map((one) => t("Terbuka lagi: {what}. Saran unit dihitung ulang.", { what: said(one) })),
  ];
  if (!texts.length) return;
  announce(texts.join(" "));
  say(texts.at(-1), "warn");
}

// Beginnings and ends by the clock make no event.
setInterval(() => known.some((one) => !one.in_force || one.ends_at) && loadClosures(), BY_THE_CLOCK_MS);

// "Banjir 60 cm", "Jalan ditutup"
export const titleOf = (one) =>
  one.kind === "flood" ? t("Banjir {cm} cm", { cm: Math.round(one.depth_m * 100) }) : label("closure", one.kind);

export function whereOf(one) {
  const names = one.streets || [];
  const more = names.length > 2 ? ` +${names.length - 2}` : "";
  return names.slice(0, 2).join(", ") + more;
}

const said = (one) => [titleOf(one), whereOf(one), one.note].filter(Boolean).join(", ");

// Puts a closure in force; answers it, or throws Problem with the server's sentence.
export async function draw(body) {
  const made = await post("/geo/closures", body);
  drawnHere.add(made.id);
  await loadClosures();
  const what = { what: [titleOf(made), whereOf(made)].filter(Boolean).join(", "), n: made.streets_touched };
  if (!made.in_force) say(t("{what}: berlaku nanti.", what));
  else if (made.streets_touched) say(t("{what}: {n} ruas jalan kena.", what));
  else say(t("{what}: tidak ada ruas jalan yang kena. Periksa gambarnya.", what), "warn");
  return made;
}

export async function end(one) {
  endedHere.add(one.id);
  if (await run(() => del(`/geo/closures/${one.id}`), t("Terbuka lagi: {what}.", { what: said(one) }))) await loadClosures();
}

// Their ground, and a point each to write their name at, as GeoJSON for the map.
export function closureFeatures() {
  const features = [];
  for (const one of known) {
    if (!one.in_force) continue;
    const properties = { id: one.id, kind: one.kind };
    features.push({ type: "Feature", properties, geometry: one.geometry });
    const sign = one.kind === "flood" ? "≈" : "✕";
    const title = `${sign} ${titleOf(one)}`;
    const full = [title, one.note].filter(Boolean).join("\n");
    features.push({ type: "Feature", properties: { ...properties, sign, title, full }, geometry: { type: "Point", coordinates: middle(one.geometry) } });
  }
  return { type: "FeatureCollection", features };
}

// A point on a line, or in the middle of an area's box.
export function middle({ type, coordinates }) {
  if (type === "Point") return coordinates;
  if (type === "LineString") return coordinates[Math.floor((coordinates.length - 1) / 2)];
  const ring = type === "MultiPolygon" ? coordinates[0][0] : coordinates[0];
  const span = (i) => ring.map((at) => at[i]);
  return [0, 1].map((i) => (Math.min(...span(i)) + Math.max(...span(i))) / 2);
}
