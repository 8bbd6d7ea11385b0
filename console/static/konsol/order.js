// Which row comes first, what is grouped, what needs attention. Pure: rows and a time in, lists out.
import { label, t } from "./lib.js";
import { secondsSince } from "./format.js";

const NOISE = new Set(["prank", "test", "spam", "ghost"]);
const LOW = new Set(["information", "non_emergency"]);
const CALL_BACK = new Set(["silent", "abandoned"]);
const LIVE = new Set(["reserved", "offered", "accepted", "en_route", "on_scene", "transporting", "at_facility"]);
const GOING = new Set(["accepted", "en_route", "on_scene", "transporting", "at_facility"]);

// Minutes of waiting that lift a row by one priority: a waiting P3 climbs, it is never forgotten.
const HEAD_START_MIN = { P1: 0, P2: 12, P3: 40, none: 60 };

const MASSA_MIN = 10;
const MASSA_COUNT = 10;
const UNANSWERED_S = 45;
const IDLE_TAKEN_S = 180;

export const live = (incident) => incident.assignments.filter((a) => LIVE.has(a.state));
export const going = (incident) => incident.assignments.some((a) => GOING.has(a.state));
export const unmet = (incident) => incident.needs.filter((n) => !n.waived && n.met < n.wanted);

// It sounds until somebody takes it by name; a person who sent a unit has done so.
export const sounds = (incident) =>
  incident.priority === "P1" && !incident.taken_by && incident.state !== "controlled" &&
  !live(incident).some((a) => !a.auto || GOING.has(a.state));

function groupOf(item) {
  if (item.kind === "call") return { ringing: 0, ended: 0, answered: 2 }[item.row.state] ?? 4;
  if (item.kind === "incident") {
    const row = item.row;
    if (row.state === "controlled") return 3;
    if (!live(row).length || unmet(row).length) return 0;
    return going(row) ? 2 : 1;
  }
  if (NOISE.has(item.row.class)) return 6;
  if (LOW.has(item.row.class)) return 5;
  return item.row.type === "none" && item.row.class === "unclear" ? 1 : 0;
}

const waited = (item) => (secondsSince(item.since) || 0) / 60;
const score = (item) => (HEAD_START_MIN[item.priority] ?? 60) - waited(item);

// All rows of the board in order of need: [{key, kind, row, priority, since}]
export function queue(board) {
  const items = [];
  for (const row of board.incidents.values()) {
    items.push({ key: `incident:${row.id}`, kind: "incident", row, priority: row.priority, since: row.opened_at });
  }
  for (const row of board.reports.values()) {
    items.push({ key: `report:${row.id}`, kind: "report", row, priority: row.priority, since: row.created_at });
  }
  for (const row of board.calls.values()) {
    items.push({ key: `call:${row.id}`, kind: "call", row, priority: row.state === "ringing" ? "P1" : "P2", since: row.since });
  }
  for (const item of items) {
    item.group = groupOf(item);
    item.score = score(item);
  }
  items.sort((a, b) => a.group - b.group || a.score - b.score || a.key.localeCompare(b.key));
  return items;
}

// More than ten new rows of one kind in one place within ten minutes become one row that opens.
// Nothing is hidden: the group stands where its first row stood and says how many it holds.
export function grouped(items, expanded) {
  const crowds = new Map();
  for (const item of items) {
    if (item.kind === "call" || waited(item) > MASSA_MIN || item.group > 2) continue;
    const name = `${item.row.type}|${item.row.kelurahan_code || ""}`;
    crowds.set(name, [...(crowds.get(name) || []), item]);
  }
  const crowdOf = new Map();
  for (const [name, members] of crowds) {
    if (members.length > MASSA_COUNT) for (const item of members) crowdOf.set(item.key, { name, members });
  }
  const shown = [];
  const placed = new Set();
  for (const item of items) {
    const crowd = crowdOf.get(item.key);
    if (!crowd) {
      shown.push(item);
    } else if (!placed.has(crowd.name)) {
      placed.add(crowd.name);
      shown.push({ key: `massa:${crowd.name}`, kind: "massa", name: crowd.name, members: crowd.members });
      if (expanded.has(crowd.name)) shown.push(...crowd.members.map((one) => ({ ...one, inside: true })));
    }
  }
  return shown;
}

// What nobody may overlook, most pressing first: [{id, key, text, since, tone}]
export function attention(board) {
  const found = [];
  const add = (key, id, text, since, tone = "warn") => found.push({ key, id, text, since, tone });
  for (const row of board.incidents.values()) {
    const key = `incident:${row.id}`;
    for (const entry of row.attention) {
      if (entry.kind === "need" && live(row).length) {
        add(key, entry.id, t("{code} kurang {n} {what}", { code: row.code, n: entry.missing, what: label("capability", entry.capability) }), row.opened_at);
      }
      if (entry.kind === "exhausted") add(key, entry.id, t("{code}: semua sudah dihubungi, belum ada yang menerima", { code: row.code }), entry.since, "danger");
      if (entry.kind === "handover") add(key, entry.id, t("{code}: serah terima ke {to} {state}", { code: row.code, to: entry.to, state: label("handover", entry.state) }), null);
    }
    for (const a of row.assignments) {
      if (a.state === "offered" && secondsSince(a.offered_at) > UNANSWERED_S) {
        add(key, `offer:${a.id}`, t("{unit} belum menjawab ({code})", { unit: a.unit, code: row.code }), a.offered_at);
      }
      if (GOING.has(a.state) && failed(a)) add(key, `sms:${a.id}`, t("Pesan ke {unit} gagal: panggil lewat radio", { unit: a.unit }), a.offered_at);
    }
    if (row.taken_by && row.state === "open" && !live(row).length && secondsSince(row.taken_at) > IDLE_TAKEN_S) {
      add(key, `idle:${row.id}`, t("{code} diambil {name}, belum ada tindakan", { code: row.code, name: row.taken_by }), row.taken_at);
    }
  }
  for (const row of board.reports.values()) {
    if (CALL_BACK.has(row.class)) add(`report:${row.id}`, `back:${row.id}`, t("Telepon balik {code}: {class}", { code: row.code, class: label("class", row.class) }), row.created_at);
    if (row.asks_incident_id) add(`report:${row.id}`, `ask:${row.id}`, t("{code} mirip kejadian yang baru ditutup: buka lagi atau baru?", { code: row.code }), row.created_at);
  }
  for (const row of board.calls.values()) {
    if (row.state === "ringing") add(`call:${row.id}`, `ring:${row.id}`, t("Telepon berdering {phone}", { phone: row.phone_masked }), row.since, "danger");
    if (row.state === "ended") add(`call:${row.id}`, `missed:${row.id}`, t("Tidak terjawab {phone}: telepon balik", { phone: row.phone_masked }), row.since);
  }
  const rank = { danger: 0, warn: 1 };
  return found.sort((a, b) => rank[a.tone] - rank[b.tone] || (a.since || "").localeCompare(b.since || ""));
}

const failed = (a) => (a.messages || []).length > 0 && a.messages.every((m) => m.state === "failed");

// Live incidents that may be the same thing as what is being typed, nearest first.
export function twins(board, draft, metresBetween) {
  const near = [];
  for (const row of board.incidents.values()) {
    const metres = metresBetween(row, draft);
    const here = metres < 800 || (row.kelurahan_code && row.kelurahan_code === draft.kelurahan_code);
    if (here && (!draft.type || row.type === draft.type || metres < 150)) near.push({ row, metres });
  }
  return near.sort((a, b) => a.metres - b.metres).slice(0, 5);
}
