// The board as this console knows it: rows by kind and id, changed only by frames.
import { useEffect, useState } from "./lib.js";
import { learnServerTime, now } from "./format.js";

const KINDS = ["incidents", "reports", "units", "calls"];

export const board = {
  incidents: new Map(), reports: new Map(), units: new Map(), calls: new Map(),
  cursor: null, link: "lost", ready: false,
};

// What the operator is doing; not sent anywhere.
export const ui = {
  selected: null, // "incident:12", "report:7", "call:3"
  opened: null, // the same, when its panel is open
  dialog: null, // {name, …}
  massa: new Set(), // expanded groups
  map: false,
  roads: false, // closed roads and floods beside the map
  roadsStart: "", // a place named on the command line
  note: null, // {text, tone}
};

const watchers = new Set();
const listeners = new Set();
let scheduled = false;
let later = null;

const FRAMES_MS = 50; // a burst of frames is drawn once, not five hundred times

function redraw() {
  scheduled = false;
  clearTimeout(later);
  later = null;
  for (const watcher of watchers) watcher({});
}

// After what the operator did: drawn before the next key is looked at.
export function changed() {
  if (scheduled) return;
  scheduled = true;
  queueMicrotask(redraw);
}

function changedByFrame() {
  later ??= setTimeout(redraw, FRAMES_MS);
}

// Redraws the calling component with every change of board or ui.
export function useBoard() {
  const [, redraw] = useState(null);
  useEffect(() => {
    watchers.add(redraw);
    return () => watchers.delete(redraw);
  }, []);
}

// Position of the last event that spoke of a thing: what was fetched about it before is old.
// `about` is "incident:12" or "report:7".
const spoken = new Map();
export const lastWord = (about) => spoken.get(about) || 0;

function note(frame) {
  const ids = { incident: frame.incident_id ?? frame.payload.incident_id, report: frame.payload.report_id };
  for (const [kind, id] of Object.entries(ids)) if (id != null) spoken.set(`${kind}:${id}`, frame.cursor);
}

// listener(event frame) for every event, after its rows were applied. Returns how to stop.
export function onEvent(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setUi(values) {
  Object.assign(ui, values);
  changed();
}

export function setLink(link) {
  board.link = link;
  changed();
}

export function apply(frame) {
  if (frame.t === "beat" || frame.t === "snapshot") learnServerTime(frame.at);
  if (frame.t === "snapshot") {
    for (const kind of KINDS) {
      board[kind] = new Map(frame.board[kind].map((row) => [row.id, row]));
    }
    board.ready = true;
    for (const about of spoken.keys()) spoken.set(about, frame.cursor); // nobody knows what was missed
  } else if (frame.t === "event") {
    for (const kind of KINDS) for (const row of frame.rows[kind] || []) put(kind, row);
    note(frame);
  } else if (frame.t === "pos") {
    for (const [id, lon, lat, age] of frame.units) moved(id, lon, lat, age);
  }
  if (frame.cursor != null) board.cursor = frame.cursor;
  if (frame.t !== "beat") changedByFrame();
  if (frame.t === "event") for (const listener of listeners) listener(frame);
}

function put(kind, row) {
  const rows = board[kind];
  if (row.gone) rows.delete(row.id);
  else rows.set(row.id, row);
}

function moved(id, lon, lat, age) {
  const unit = board.units.get(id);
  if (!unit) return;
  const at = new Date(now() - age * 1000).toISOString();
  board.units.set(id, { ...unit, lon, lat, position_at: at });
}

export const parseKey = (key) => {
  const [kind, id] = (key || ":").split(":");
  return { kind, id: Number(id) };
};
export function rowOf(key) {
  const { kind, id } = parseKey(key);
  return board[`${kind}s`]?.get(id) || null;
}
