// The map: our own tiles, incidents, units and closures over them, and the hand that draws. Loaded
// only when it is wanted; the board never waits for it and works without it (no GPU, no WebGL).
import { config, html, label, t, useEffect, useRef, useState } from "./lib.js";
import { get, Problem } from "./api.js";
import { place } from "./format.js";
import { board, setUi, ui } from "./store.js";
import { closureFeatures, closures, roadsWord, titleOf, whereOf } from "./closures.js";
import { addPoint, draft, draftFeatures, undoPoint } from "./drawing.js";
import { pattern, REACH_LAYERS, ROAD_LAYERS, style, tilesOf } from "./mapstyle.js";
import { reachFilter, reachShown } from "./reach.js";
import { readiness } from "./units.js";

const STEP_PX = 60;
const FINE_PX = 12;
const SAY_WHERE_MS = 400;

// Open by itself where there is room and a graphics card; elsewhere only when asked for.
export function wantedAtStart() {
  const kept = localStorage.getItem("konsol.peta");
  if (kept !== null) return kept === "1";
  if (window.innerWidth < 1100) return false;
  return Boolean(document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true }));
}
export function toggleMap() {
  localStorage.setItem("konsol.peta", ui.map ? "0" : "1");
  setUi({ map: !ui.map });
}

let shown = null; // the map on the screen
export const look = (center, zoom = Math.max(15, shown?.getZoom() || 0)) => shown?.easeTo({ center, zoom, duration: 300 });

// How far the place may be off: a small circle is an area to search; a wide one would cover the
// town, and stands as a thin edge around the incident that is looked at.
const AREA_M = 500;
export const reachOf = (row, looked) => {
  if (!row.uncertainty_m) return null;
  if (row.uncertainty_m < AREA_M) return "area";
  return looked === `incident:${row.id}` ? "edge" : null;
};

const points = (features) => ({ type: "FeatureCollection", features });
const point = (row, properties) => ({ type: "Feature", geometry: { type: "Point", coordinates: [row.lon, row.lat] }, properties });

const incidents = () => points([...board.incidents.values()].filter((row) => row.lon != null).map((row) =>
  point(row, { id: row.id, priority: row.priority, m: row.uncertainty_m || 0, reach: reachOf(row, ui.opened || ui.selected), code: row.code, text: `${row.code} ${label("type", row.type)}` })));
const units = () => points([...board.units.values()].filter((row) => row.lon != null).map((row) =>
  point(row, { id: row.id, code: row.code, state: readiness(row) })));

export function MapPane({ onOpen }) {
  const holder = useRef(null);
  const map = useRef(null);
  const hover = useRef(null);
  const [problem, setProblem] = useState(null);
  const [guessed, setGuessed] = useState(""); // what of the ground is not real
  const [where, setWhere] = useState("");

  useEffect(() => {
    let stopped = false;
    const themes = new MutationObserver(() => restyle());
    (async () => {
      try {
        const library = await import("/static/vendor/maplibre-gl/dist/maplibre-gl.mjs");
        if (stopped) return;
        const made = new library.Map({
          container: holder.current, style: style(), center: config.centre, zoom: 12.2, maxZoom: 19, attributionControl: false, fadeDuration: 0,
          keyboard: false, dragRotate: false, pitchWithRotate: false, doubleClickZoom: false, touchPitch: false,
        });
        made.getCanvas().tabIndex = -1; // the holder has the focus and the keys
        made.setMissingStyleImageResolver((id) => void (made.hasImage(id) || made.addImage(id, pattern(id))));
        made.on("click", clicked);
        made.on("dblclick", () => (draft.active ? toForm() : made.zoomIn()));
        made.on("mousemove", ({ lngLat }) => {
          if (!draft.active) return;
          hover.current = [lngLat.lng, lngLat.lat];
          made.getSource("draft")?.setData(draftFeatures(hover.current));
        });
        made.on("load", refresh);
        made.on("idle", () => setGuessed(guesses(made)));
        map.current = made;
        shown = made;
        themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
      } catch (error) {
        setProblem(t("Peta tidak bisa dibuka di komputer ini ({why}). Papan tetap bekerja.", { why: error.message }));
      }
    })();
    return () => {
      stopped = true;
      themes.disconnect();
      map.current?.remove();
      shown = null;
    };
  }, []);

  function clicked(event) {
    if (draft.active) return addPoint(event.lngLat.lng, event.lngLat.lat);
    const [incident] = map.current.queryRenderedFeatures(event.point, { layers: ["incident"] });
    if (incident) onOpen(`incident:${incident.properties.id}`);
    return undefined;
  }

  function restyle() {
    map.current.setStyle(style());
    map.current.once("styledata", refresh);
  }

  function refresh() {
    if (!map.current?.getSource("incidents")) return;
    const data = { incidents: incidents(), units: units(), closures: closureFeatures(), draft: draftFeatures(hover.current) };
    for (const [name, features] of Object.entries(data)) map.current.getSource(name).setData(features);
    for (const layer of REACH_LAYERS) {
      map.current.setFilter(layer, reachFilter());
      map.current.setLayoutProperty(layer, "visibility", reachShown() ? "visible" : "none");
    }
    map.current.getCanvas().style.cursor = draft.active ? "crosshair" : "";
  }
  useEffect(refresh);
  useEffect(() => {
    map.current?.getSource("coverage")?.setTiles([`${tilesOf("coverage")}?jalan=${roadsWord()}`]);
  }, [roadsWord()]);
  useEffect(() => {
    map.current?.resize();
    if (!draft.active) hover.current = null;
  }, [draft.active]);

  const row = ui.opened && board.incidents.get(Number(ui.opened.split(":")[1]));
  const at = ui.opened?.startsWith("incident:") && row?.lon != null ? `${row.lon},${row.lat}` : null;
  useEffect(() => {
    if (at) map.current?.easeTo({ center: at.split(",").map(Number), zoom: Math.max(14, map.current.getZoom()), duration: 300 });
  }, [at]);

  const timer = useRef(null);
  function onKeyDown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !map.current) return;
    const act = keyOf(event, map.current);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    clearTimeout(timer.current);
    if (draft.active) timer.current = setTimeout(async () => setWhere(await whereIs(map.current.getCenter())), SAY_WHERE_MS);
  }

  return html`
    <section class="pane map" aria-label=${t("Peta")}>
      <h2>${t("Peta")}
        <button type="button" class="btn small" aria-pressed=${reachShown()} onClick=${() => setUi({ dialog: { name: "reach" } })}>${t("Jangkauan")} <kbd>W</kbd></button>
        <button type="button" class="btn small" title=${t("Perbesar")} aria-label=${t("Perbesar")} onClick=${() => map.current?.zoomIn()}>+</button>
        <button type="button" class="btn small" title=${t("Perkecil")} aria-label=${t("Perkecil")} onClick=${() => map.current?.zoomOut()}>−</button>
        <button type="button" class="btn small" title=${t("Tutup peta")} onClick=${toggleMap}>${t("Tutup")} <kbd>P</kbd></button></h2>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : html`
        <div class=${draft.active ? "holder drawing" : "holder"} ref=${holder} tabindex="0" role="application" onKeyDown=${onKeyDown}
          aria-label=${t("Peta. Panah menggeser, tambah dan kurang mengubah skala.")} aria-describedby="peta-tombol"></div>`}
      <p class="map-line" id="peta-tombol">${draft.active
        ? html`<span>${t("Klik, atau panah dan Enter: titik · Backspace: hapus · Esc: ke formulir")}</span> <span aria-live="polite">${where}</span>`
        : html`${reachShown() && html`<span>${t("Terjangkau dalam 5, 10, 15 menit")}</span>`} <span>${guessed}</span>`}</p>
      <p class="sr">${[...board.incidents.values()].map((one) => `${one.code} ${place(one)}`).concat(closures().map((one) => `${titleOf(one)} ${whereOf(one)}`)).join("; ")}</p>
    </section>`;
}

const toForm = () => document.querySelector(".roads .primary")?.focus();

// What a key does on the map: moves it under the cross in its middle, or puts a point down there.
function keyOf(event, map) {
  const px = event.shiftKey ? FINE_PX : STEP_PX;
  const pan = (x, y) => () => map.panBy([x * px, y * px], { duration: 0 });
  switch (event.key) {
    case "ArrowLeft": return pan(-1, 0);
    case "ArrowRight": return pan(1, 0);
    case "ArrowUp": return pan(0, -1);
    case "ArrowDown": return pan(0, 1);
    case "+":
    case "=": return () => map.zoomIn({ duration: 0 });
    case "-": return () => map.zoomOut({ duration: 0 });
  }
  if (!draft.active) return null;
  switch (event.key) {
    case "Enter":
    case " ": return () => addPoint(map.getCenter().lng, map.getCenter().lat);
    case "Backspace": return undoPoint;
    case "Escape": return toForm;
  }
  return null;
}

// "Jalan Sudirman 40 m, Bulian": what is under the cross, for who does not see it.
async function whereIs({ lng, lat }) {
  try {
    const here = await get(`/geo/reverse?lat=${lat.toFixed(6)}&lon=${lng.toFixed(6)}`);
    const near = here.places[0] && `${here.places[0].name} ${here.places[0].distance_m} m`;
    return [near, here.kelurahan?.name || t("luar kota")].filter(Boolean).join(", ");
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return "";
  }
}

function guesses(map) {
  const some = (layers, name) => map.queryRenderedFeatures({ layers, filter: ["==", ["get", name], true] }).length > 0;
  return [some(["area"], "approximate") && t("batas perkiraan"), some(ROAD_LAYERS, "example") && t("jalan contoh")].filter(Boolean).join(" · ");
}
