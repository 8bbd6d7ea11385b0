// The map: our own tiles, incidents and units over them. Loaded only when it is wanted; the board
// never waits for it and works without it (no GPU, no WebGL, no tiles).
import { config, html, label, t, useEffect, useRef, useState } from "./lib.js";
import { place } from "./format.js";
import { board, setUi, ui } from "./store.js";
import { readiness } from "./units.js";

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

const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

function style() {
  const names = { type: "symbol", source: "areas", "source-layer": "areas" };
  return {
    version: 8,
    sources: {
      areas: { type: "vector", tiles: [`${location.origin}/api/v1/tiles/areas/{z}/{x}/{y}.mvt`], minzoom: 8, maxzoom: 15 },
      incidents: { type: "geojson", data: points([]) },
      units: { type: "geojson", data: points([]) },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour("--map-ground") } },
      { id: "kelurahan", type: "fill", source: "areas", "source-layer": "areas", filter: ["==", ["get", "level"], "kelurahan"],
        paint: { "fill-color": colour("--map-area"), "fill-outline-color": colour("--map-line") } },
      { id: "kecamatan", type: "line", source: "areas", "source-layer": "areas", filter: ["==", ["get", "level"], "kecamatan"],
        paint: { "line-color": colour("--map-line"), "line-width": 1.5 } },
      { ...names, id: "names", minzoom: 12, filter: ["==", ["get", "level"], "kelurahan"],
        layout: { "text-field": ["get", "name"], "text-size": 11, "text-font": ["Noto Sans"] },
        paint: { "text-color": colour("--muted"), "text-halo-color": colour("--map-ground"), "text-halo-width": 1 } },
      { id: "reach", type: "circle", source: "incidents", filter: ["==", ["get", "reach"], "area"],
        paint: { "circle-radius": METRES, "circle-color": colour("--danger-fill"), "circle-opacity": 0.1 } },
      { id: "reach-edge", type: "circle", source: "incidents", filter: ["==", ["get", "reach"], "edge"],
        paint: { "circle-radius": METRES, "circle-opacity": 0, "circle-stroke-width": 1, "circle-stroke-color": colour("--danger") } },
      { id: "unit", type: "circle", source: "units",
        paint: { "circle-radius": 5, "circle-stroke-width": 2, "circle-color": colour("--surface"),
          "circle-stroke-color": ["match", ["get", "state"], "free", colour("--ok"), "busy", colour("--warn"), colour("--muted")] } },
      { id: "unit-name", type: "symbol", source: "units",
        layout: { "text-field": ["get", "code"], "text-size": 11, "text-offset": [0, 1.1], "text-font": ["Noto Sans"] },
        paint: { "text-color": colour("--ink"), "text-halo-color": colour("--map-ground"), "text-halo-width": 1.5 } },
      { id: "incident", type: "circle", source: "incidents",
        paint: { "circle-radius": ["match", ["get", "priority"], "P1", 9, 7], "circle-stroke-width": 2, "circle-stroke-color": colour("--ink"),
          "circle-color": ["match", ["get", "priority"], "P1", colour("--danger-fill"), "P2", colour("--warn"), colour("--muted")] } },
      { id: "incident-name", type: "symbol", source: "incidents",
        layout: { "text-field": ["step", ["zoom"], ["get", "code"], 14, ["get", "text"]], "text-size": 12, "text-offset": [0, -1.4], "text-font": ["Noto Sans"] },
        paint: { "text-color": colour("--ink"), "text-halo-color": colour("--map-ground"), "text-halo-width": 2 } },
    ],
  };
}

// A radius of `m` metres in pixels: at zoom 10 a pixel is 76.4 m wide, at zoom 18 0.2986 m.
const METRES = ["interpolate", ["exponential", 2], ["zoom"], 10, ["/", ["get", "m"], 76.4], 18, ["/", ["get", "m"], 0.2986]];

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
  const [problem, setProblem] = useState(null);

  useEffect(() => {
    let stopped = false;
    (async () => {
      try {
        const library = await import("/static/vendor/maplibre-gl/dist/maplibre-gl.mjs");
        if (stopped) return;
        map.current = new library.Map({
          container: holder.current, style: style(), center: config.centre, zoom: 12.2, attributionControl: false, fadeDuration: 0,
        });
        map.current.on("click", "incident", (event) => onOpen(`incident:${event.features[0].properties.id}`));
        map.current.on("load", refresh);
      } catch (error) {
        setProblem(t("Peta tidak bisa dibuka di komputer ini ({why}). Papan tetap bekerja.", { why: error.message }));
      }
    })();
    return () => {
      stopped = true;
      map.current?.remove();
    };
  }, []);

  function refresh() {
    map.current?.getSource("incidents")?.setData(incidents());
    map.current?.getSource("units")?.setData(units());
  }
  useEffect(refresh);

  const shown = ui.opened && board.incidents.get(Number(ui.opened.split(":")[1]));
  const at = ui.opened?.startsWith("incident:") && shown?.lon != null ? `${shown.lon},${shown.lat}` : null;
  useEffect(() => {
    if (at) map.current?.easeTo({ center: at.split(",").map(Number), zoom: Math.max(14, map.current.getZoom()), duration: 300 });
  }, [at]);

  return html`
    <section class="pane map" aria-label=${t("Peta")}>
      <h2>${t("Peta")} <span class="count">${t("batas wilayah perkiraan")}</span>
        <button type="button" class="btn small" title=${t("Perbesar")} aria-label=${t("Perbesar")} onClick=${() => map.current?.zoomIn()}>+</button>
        <button type="button" class="btn small" title=${t("Perkecil")} aria-label=${t("Perkecil")} onClick=${() => map.current?.zoomOut()}>−</button>
        <button type="button" class="btn small" title=${t("Tutup peta")} onClick=${toggleMap}>${t("Tutup")} <kbd>P</kbd></button></h2>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : html`<div class="holder" ref=${holder} aria-hidden="true"></div>`}
      <p class="sr">${[...board.incidents.values()].map((row) => `${row.code} ${place(row)}`).join("; ")}</p>
    </section>`;
}
