// What is being drawn: points put down by mouse, by keyboard or by name, and the shape they make.
import { get, Problem } from "./api.js";
import { changed } from "./store.js";

const DEGREE_M = 111195;

// shape: point | line | area. `follow`: a line runs along the streets between its points.
export const draft = { shape: "point", points: [], legs: [], radius_m: 30, follow: true, active: false };

// Several at once: the map and the form both look at it.
export function setDraft(values) {
  Object.assign(draft, values);
  if ("shape" in values) draft.points = draft.points.slice(values.shape === "point" ? -1 : 0);
  if ("shape" in values || "follow" in values) trace();
  changed();
}

export function addPoint(lon, lat) {
  const at = [round(lon), round(lat)];
  draft.points = draft.shape === "point" ? [at] : [...draft.points, at];
  trace();
  changed();
}

export function undoPoint() {
  draft.points = draft.points.slice(0, -1);
  trace();
  changed();
}

export function clearDraft() {
  Object.assign(draft, { points: [], legs: [] });
  changed();
}

const round = (degrees) => Math.round(degrees * 1e6) / 1e6;

// legs[i]: the way from point i to the next; straight until the server has told the street's.
function trace() {
  const { points, legs } = draft;
  const from = (leg, i) => leg && same(leg.ends[0], points[i]) && same(leg.ends[1], points[i + 1]) && leg.follow === draft.follow;
  draft.legs = points.slice(1).map((to, i) => (from(legs[i], i) ? legs[i] : { ends: [points[i], to], follow: draft.follow, line: [points[i], to] }));
  if (draft.shape !== "line" || !draft.follow) return;
  for (const leg of draft.legs) if (!leg.asked) ask(leg);
}

const same = (a, b) => a && b && a[0] === b[0] && a[1] === b[1];

// On foot: neither one-way streets nor another closure turn the line aside.
async function ask(leg) {
  leg.asked = true;
  const [a, b] = leg.ends.map(([lon, lat]) => `${lat},${lon}`);
  try {
    const way = await get(`/geo/eta?from=${a}&to=${b}&class=foot`);
    if (way.line && way.line.coordinates.length > 1) leg.line = way.line.coordinates;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem; // no road known: it stays straight
  }
  changed();
}

// The shape as GeoJSON, or null while points are missing.
export function geometryOf({ shape, points, legs }) {
  if (shape === "point") return points.length ? { type: "Point", coordinates: points[0] } : null;
  if (shape === "line") {
    const line = legs.flatMap((leg, i) => (i ? leg.line.slice(1) : leg.line));
    return line.length > 1 ? { type: "LineString", coordinates: line } : null;
  }
  return points.length > 2 ? { type: "Polygon", coordinates: [[...points, points[0]]] } : null;
}

// How many points are missing still.
export const missing = ({ shape, points }) => Math.max(0, { point: 1, line: 2, area: 3 }[shape] - points.length);

// For the map: the shape, its points, and a thread to where the mouse is.
export function draftFeatures(hover) {
  if (!draft.active) return { type: "FeatureCollection", features: [] };
  const feature = (geometry) => ({ type: "Feature", properties: {}, geometry });
  const features = draft.points.map((at) => feature({ type: "Point", coordinates: at }));
  const shape = geometryOf(draft);
  if (shape && shape.type !== "Point") features.push(feature(shape));
  if (shape?.type === "Point") features.push(feature({ type: "Polygon", coordinates: [circle(shape.coordinates, draft.radius_m)] }));
  if (hover && draft.points.length && draft.shape !== "point") {
    const ends = draft.shape === "area" && draft.points.length > 1 ? [draft.points[0]] : [];
    features.push(feature({ type: "LineString", coordinates: [draft.points.at(-1), hover, ...ends] }));
  }
  return { type: "FeatureCollection", features };
}

function circle([lon, lat], radius_m) {
  const high = (radius_m || 0) / DEGREE_M;
  const wide = high / Math.cos((lat * Math.PI) / 180);
  return Array.from({ length: 49 }, (_, i) => {
    const angle = (i / 48) * 2 * Math.PI;
    return [lon + wide * Math.cos(angle), lat + high * Math.sin(angle)];
  });
}
