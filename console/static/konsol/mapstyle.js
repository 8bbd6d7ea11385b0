// What the map looks like, by day and by night: layers from the ground up, colours from the page.
//
// Ground, areas, water, streets, names and reach are our own vector tiles; incidents, units and
// closures come from the board, where they are never older than the stream. No glyph files: the
// browser's own fonts write the labels. Nothing is told by colour alone: closures carry a pattern
// and a word, reach its minutes, roads their width.

import { t } from "./lib.js";

const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
const FONT = ["Noto Sans"];

// Zoom from which the server draws a layer, and the last one it is asked for.
const TILES = {
  areas: [8, 14], area_labels: [9, 14], water: [9, 14], roads: [8, 14], streets: [14, 14],
  places: [12, 16], coverage: [8, 14],
};

const zoomed = (...stops) => ["interpolate", ["exponential", 1.6], ["zoom"], ...stops];
const isClass = (...classes) => ["in", ["get", "class"], ["literal", classes]];

// From thin to thick, each drawn over the one before: name, classes, first zoom, widths, colour.
const ROADS = [
  ["path", ["footway", "path", "pedestrian", "steps", "cycleway", "bridleway", "track"], 14, [14, 0.6, 18, 3], "--map-path"],
  ["small", ["residential", "unclassified", "living_street", "road", "service", "busway"], 13, [13, 0.7, 16, 5, 19, 22], "--map-minor"],
  ["middle", ["tertiary", "tertiary_link"], 12, [12, 1, 16, 8, 19, 30], "--map-middle"],
  ["main", ["secondary", "secondary_link", "primary", "primary_link"], 10, [10, 0.8, 13, 2.4, 16, 11, 19, 38], "--map-main"],
  ["trunk", ["trunk", "trunk_link", "motorway", "motorway_link"], 8, [8, 0.9, 12, 2.6, 16, 13, 19, 42], "--map-trunk"],
];
export const ROAD_LAYERS = ROADS.map(([name]) => `road-${name}`);

const roads = { type: "line", source: "roads", "source-layer": "roads", layout: { "line-cap": "round", "line-join": "round" } };
const wider = (stops, by) => zoomed(...stops.map((value, i) => (i % 2 ? value + by : value)));

function roadLayers() {
  const casings = ROADS.filter(([name]) => name !== "path").map(([name, classes, minzoom, widths]) => ({
    ...roads, id: `edge-${name}`, minzoom, filter: isClass(...classes),
    paint: { "line-color": colour("--map-casing"), "line-width": wider(widths, 1.4), "line-opacity": name === "small" ? zoomed(13, 0, 14, 1) : 1 },
  }));
  const ways = ROADS.map(([name, classes, minzoom, widths, tone]) => ({
    ...roads, id: `road-${name}`, minzoom, filter: isClass(...classes),
    paint: { "line-color": colour(tone), "line-width": zoomed(...widths), ...(name === "path" && { "line-dasharray": [2, 1.5] }) },
  }));
  const bridges = {
    ...roads, id: "bridge", minzoom: 13, filter: ["==", ["get", "bridge"], true], layout: { "line-cap": "butt" },
    paint: { "line-color": colour("--muted"), "line-width": 1, "line-gap-width": zoomed(13, 3, 16, 12, 19, 34) },
  };
  return [...casings, bridges, ...ways];
}

const ink = (tone, halo = 1.5) => ({ "text-color": colour(tone), "text-halo-color": colour("--map-halo"), "text-halo-width": halo });
const along = { "symbol-placement": "line", "text-field": ["get", "name"], "text-size": zoomed(14, 10.5, 18, 14), "text-font": FONT, "text-max-angle": 35, "symbol-spacing": 320 };

// A sign before the name says what it is; a dot stands for the rest.
const SIGN = ["match", ["get", "kind"], ["hospital", "clinic", "pharmacy"], "✚ ", "fire_station", "▲ ", "police", "★ ", ["station", "terminal", "airport"], "■ ", "• "];
const VITAL = ["in", ["get", "kind"], ["literal", ["hospital", "fire_station", "police"]]];

function names() {
  const places = { type: "symbol", source: "places", "source-layer": "places" };
  const text = { "text-font": FONT, "text-max-width": 9 };
  return [
    { id: "street-name", type: "symbol", source: "streets", "source-layer": "streets", minzoom: 14, layout: along, paint: ink("--muted") },
    { id: "example-name", type: "symbol", source: "roads", "source-layer": "roads", minzoom: 15, filter: ["==", ["get", "example"], true], layout: along, paint: ink("--muted") },
    { id: "water-name", type: "symbol", source: "water", "source-layer": "water", minzoom: 12, filter: ["has", "name"],
      layout: { ...along, "symbol-placement": ["step", ["zoom"], "line", 22, "line"] }, paint: ink("--map-water-ink") },
    { ...places, id: "place", minzoom: 14, filter: ["!", VITAL], layout: { ...text, "text-field": ["concat", SIGN, ["get", "name"]], "text-size": 11 }, paint: ink("--muted") },
    { ...places, id: "vital", minzoom: 12, filter: VITAL, layout: { ...text, "text-field": ["concat", SIGN, ["get", "name"]], "text-size": 12, "symbol-sort-key": 0 }, paint: ink("--ink") },
    { id: "area-name", type: "symbol", source: "area_labels", "source-layer": "area_labels", minzoom: 9,
      layout: { ...text, "text-field": ["get", "name"], "text-letter-spacing": 0.06,
        "text-transform": ["match", ["get", "level"], "kecamatan", "uppercase", "none"],
        "text-size": ["interpolate", ["linear"], ["zoom"], 9, 10, 12, ["match", ["get", "level"], "kecamatan", 13, 11], 15, 14],
        "symbol-sort-key": ["match", ["get", "level"], "kecamatan", 0, 1] },
      paint: { ...ink("--map-area-ink", 2) } },
  ];
}

function ground() {
  const areas = { source: "areas", "source-layer": "areas" };
  const level = (name) => ["==", ["get", "level"], name];
  return [
    { id: "ground", type: "background", paint: { "background-color": colour("--map-ground") } },
    { ...areas, id: "area", type: "fill", paint: { "fill-color": colour("--map-area"), "fill-antialias": false } },
    ...reach(),
    { id: "water-ground", type: "fill", source: "water", "source-layer": "water", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("--map-water") } },
    { id: "water-line", type: "line", source: "water", "source-layer": "water", filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": colour("--map-water"), "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 9, ["match", ["get", "kind"], "river", 1, 0.4], 18, ["match", ["get", "kind"], "river", 22, "canal", 10, 4]] } },
    { ...areas, id: "kelurahan-edge", type: "line", minzoom: 11, filter: level("kelurahan"), paint: { "line-color": colour("--map-line"), "line-width": 1, "line-dasharray": [3, 2] } },
    { ...areas, id: "kecamatan-edge", type: "line", filter: level("kecamatan"), paint: { "line-color": colour("--map-line"), "line-width": zoomed(9, 1, 14, 2), "line-dasharray": [7, 2, 1.5, 2] } },
  ];
}

// Opaque and beneath the streets, the shortest last: many stations look like one ground.
function reach() {
  const shared = { source: "coverage", "source-layer": "coverage" };
  const asleep = { visibility: "none" }; // the server reckons it only when somebody looks
  const minutes = ["get", "minutes"];
  return [
    { ...shared, id: "reach", type: "fill", layout: { ...asleep, "fill-sort-key": ["-", 0, minutes] },
      paint: { "fill-color": ["match", minutes, 5, colour("--map-reach5"), 10, colour("--map-reach10"), colour("--map-reach15")], "fill-antialias": false } },
    { ...shared, id: "reach-edge", type: "line", layout: asleep, paint: { "line-color": colour("--map-area-ink"), "line-width": 1, "line-opacity": 0.6 } },
    { ...shared, id: "reach-name", type: "symbol", layout: { ...asleep, "symbol-placement": "line", "symbol-spacing": 260, "text-max-angle": 180, "text-rotation-alignment": "viewport",
      "text-field": ["concat", ["to-string", minutes], t("{n} mnt", { n: "" })], "text-size": 11, "text-font": FONT }, paint: ink("--ink") },
  ];
}
export const REACH_LAYERS = ["reach", "reach-edge", "reach-name"];

function closures() {
  const source = "closures";
  const flood = ["==", ["get", "kind"], "flood"];
  const line = ["==", ["geometry-type"], "LineString"];
  const polygon = ["==", ["geometry-type"], "Polygon"];
  const tone = ["case", flood, colour("--map-flood"), colour("--danger")];
  const theme = document.documentElement.dataset.theme;
  return [
    { id: "closure-area", type: "fill", source, filter: polygon, paint: { "fill-pattern": ["case", flood, `waves-${theme}`, `tape-${theme}`] } },
    { id: "closure-edge", type: "line", source, filter: polygon, paint: { "line-color": tone, "line-width": 2 } },
    { id: "closure-line", type: "line", source, filter: line, layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": tone, "line-width": zoomed(11, 4, 16, 9) } },
    { id: "closure-dash", type: "line", source, filter: ["all", line, ["!", flood]], paint: { "line-color": colour("--map-halo"), "line-width": zoomed(11, 1.6, 16, 4), "line-dasharray": [1.4, 1.4] } },
    { id: "closure-wave", type: "line", source, filter: ["all", line, flood], paint: { "line-color": colour("--map-halo"), "line-width": 1, "line-gap-width": 2, "line-dasharray": [4, 1.5] } },
    { id: "closure-name", type: "symbol", source, filter: ["==", ["geometry-type"], "Point"],
      layout: { "text-field": ["step", ["zoom"], ["get", "sign"], 14, ["get", "title"], 15.5, ["get", "full"]], "text-size": 12, "text-font": FONT,
        "text-max-width": 12, "text-allow-overlap": ["step", ["zoom"], true, 14, false] },
      paint: { "text-color": colour("--ink"), "text-halo-color": colour("--map-halo"), "text-halo-width": 3 } },
  ];
}

// A radius of `m` metres in pixels: at zoom 10 a pixel is 76.4 m wide, at zoom 18 0.2986 m.
const METRES = ["interpolate", ["exponential", 2], ["zoom"], 10, ["/", ["get", "m"], 76.4], 18, ["/", ["get", "m"], 0.2986]];

function board() {
  return [
    { id: "around", type: "circle", source: "incidents", filter: ["==", ["get", "reach"], "area"], paint: { "circle-radius": METRES, "circle-color": colour("--danger-fill"), "circle-opacity": 0.1 } },
    { id: "around-edge", type: "circle", source: "incidents", filter: ["==", ["get", "reach"], "edge"],
      paint: { "circle-radius": METRES, "circle-opacity": 0, "circle-stroke-width": 1, "circle-stroke-color": colour("--danger") } },
    { id: "unit", type: "circle", source: "units",
      paint: { "circle-radius": 5, "circle-stroke-width": 2, "circle-stroke-color": ["match", ["get", "state"], "free", colour("--ok"), "busy", colour("--warn"), colour("--muted")],
        "circle-color": ["match", ["get", "state"], "busy", colour("--warn"), colour("--surface")] } },
    { id: "unit-name", type: "symbol", source: "units", layout: { "text-field": ["get", "code"], "text-size": 11, "text-offset": [0, 1.1], "text-font": FONT }, paint: ink("--ink") },
    { id: "incident", type: "circle", source: "incidents",
      paint: { "circle-radius": ["match", ["get", "priority"], "P1", 9, 7], "circle-stroke-width": 2, "circle-stroke-color": colour("--ink"),
        "circle-color": ["match", ["get", "priority"], "P1", colour("--danger-fill"), "P2", colour("--warn"), colour("--muted")] } },
    { id: "incident-name", type: "symbol", source: "incidents",
      layout: { "text-field": ["step", ["zoom"], ["get", "code"], 14, ["get", "text"]], "text-size": 12, "text-offset": [0, -1.4], "text-font": FONT }, paint: ink("--ink", 2) },
  ];
}

function drawn() {
  const accent = colour("--focus");
  return [
    { id: "draft-area", type: "fill", source: "draft", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": accent, "fill-opacity": 0.2 } },
    { id: "draft-line", type: "line", source: "draft", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": accent, "line-width": 3 } },
    { id: "draft-point", type: "circle", source: "draft", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 5, "circle-color": colour("--surface"), "circle-stroke-color": accent, "circle-stroke-width": 3 } },
  ];
}

export const BOARD_SOURCES = ["incidents", "units", "closures", "draft"];
export const nothing = { type: "FeatureCollection", features: [] };

export const tilesOf = (name) => `${location.origin}/api/v1/tiles/${name}/{z}/{x}/{y}.mvt`;

// The whole style in the page's present theme; what lies in the board's sources is set afterwards.
export function style() {
  const sources = Object.fromEntries(BOARD_SOURCES.map((name) => [name, { type: "geojson", data: nothing }]));
  for (const [name, [minzoom, maxzoom]] of Object.entries(TILES)) {
    sources[name] = { type: "vector", tiles: [tilesOf(name)], minzoom, maxzoom };
  }
  return { version: 8, sources, layers: [...ground(), ...roadLayers(), ...names(), ...closures(), ...drawn(), ...board()] };
}

// "tape-night", "waves-day": the pattern of a closed road's and of a flood's ground, drawn here.
export function pattern(name) {
  const [kind] = name.split("-");
  const size = 16;
  const pen = Object.assign(document.createElement("canvas"), { width: size, height: size }).getContext("2d");
  pen.strokeStyle = colour(kind === "waves" ? "--map-flood" : "--danger");
  pen.globalAlpha = 0.45;
  pen.lineWidth = 2;
  if (kind === "waves") {
    for (const y of [4, 12]) {
      pen.beginPath();
      pen.moveTo(0, y);
      pen.bezierCurveTo(4, y - 5, 4, y - 5, 8, y);
      pen.bezierCurveTo(12, y + 5, 12, y + 5, 16, y);
      pen.stroke();
    }
  } else {
    for (const x of [-size, 0, size]) {
      pen.beginPath();
      pen.moveTo(x, size);
      pen.lineTo(x + size, 0);
      pen.stroke();
    }
  }
  return pen.getImageData(0, 0, size, size);
}
