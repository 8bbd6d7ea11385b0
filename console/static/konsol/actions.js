// What the operator can do, each by one call; the board changes when the stream says so.
import { del, patch, post, Problem } from "./api.js";
import { label, t } from "./lib.js";
import { board, setUi } from "./store.js";

let noteTimer = null;

// One line at the foot of the screen, read out: tone is "ok", "warn" or "error".
export function say(text, tone = "ok") {
  clearTimeout(noteTimer);
  setUi({ note: { text, tone } });
  if (tone !== "error") noteTimer = setTimeout(() => setUi({ note: null }), 8000);
}

// Runs an action, tells how it ended; answers whether it worked.
export async function run(work, done) {
  try {
    const answer = await work();
    if (done) say(typeof done === "function" ? done(answer) : done);
    return answer || true;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    say(problem.message, "error");
    return false;
  }
}

const onIncident = (verb, done) => (row, body = {}) =>
  run(() => post(`/incidents/${row.id}/${verb}`, body, { version: row.version }), done(row));

export const take = onIncident("take", (row) => t("{code} Anda ambil.", row));
export const verify = onIncident("verify", (row) => t("{code} diverifikasi.", row));
export const control = onIncident("control", (row) => t("{code} terkendali.", row));
export const close = onIncident("close", (row) => t("{code} ditutup.", row));
export const cancel = onIncident("cancel", (row) => t("{code} dibatalkan.", row));
export const merge = (row, into) =>
  run(() => post(`/incidents/${row.id}/merge`, { into: into.id }, { version: row.version }),
    t("{code} digabung ke {into}.", { code: row.code, into: into.code }));
export const edit = (row, fields) =>
  run(() => patch(`/incidents/${row.id}`, fields, row.version), t("{code} diubah.", row));
export const waive = (row, need, reason) =>
  run(() => post(`/incidents/${row.id}/needs/${need.id}/waive`, { reason }),
    t("Kebutuhan {what} dikesampingkan.", { what: label("capability", need.capability) }));

// No unit named: the server takes the recommended ones, and the next best when one was just taken.
export const send = (row, units) =>
  run(() => post(`/incidents/${row.id}/assignments`, units ? { units } : {}), (answer) => sent(row, answer));

function sent(row, answer) {
  const names = (answer.assignments || []).map((a) => a.unit || a.unit_code || board.units.get(a.unit_id)?.code);
  const missing = (answer.shortfalls || []).map((s) => `${s.missing} ${label("capability", s.capability)}`);
  if (!names.length) return t("{code}: tidak ada unit yang bisa dikirim. Kurang {missing}.", { code: row.code, missing: missing.join(", ") });
  const text = t("{code}: {units} dikirimi penugasan.", { code: row.code, units: names.join(", ") });
  return missing.length ? `${text} ${t("Masih kurang {missing}.", { missing: missing.join(", ") })}` : text;
}

const STEP_DONE = {
  accept: "{unit} diterima (lisan).", "en-route": "{unit} berangkat.", arrive: "{unit} tiba.",
  transport: "{unit} mengantar pasien.", "at-facility": "{unit} di rumah sakit.", clear: "{unit} selesai.",
  recall: "{unit} ditarik.", abort: "{unit} batal.", decline: "{unit} menolak.",
};
// An acceptance that the desk records came by radio or telephone: the stamp says so.
export const step = (assignment, verb, reason) =>
  run(() => post(`/assignments/${assignment.id}/${verb}`, { spoken: verb === "accept", ...(reason && { reason }) }),
    t(STEP_DONE[verb], assignment));

export const duty = (unit, state, reason) =>
  run(() => post(`/units/${unit.id}/duty`, reason ? { state, reason } : { state }),
    t("{code}: {state}.", { code: unit.code, state: label("unit", state) }));

export const openReport = (report, fields = {}) =>
  run(() => post(`/reports/${report.id}/open`, fields), t("{code} menjadi kejadian.", report));
export const reopenAsked = (report) =>
  run(() => post(`/reports/${report.id}/reopen`), t("Kejadian dibuka lagi dengan {code}.", report));
export const unmask = (report, reason) => run(() => post(`/reports/${report.id}/unmask`, { reason }));
export const onCall = (call, verb, outcome) =>
  run(() => post(`/contacts/${call.id}/${verb}`, outcome ? { outcome } : {}), t("Panggilan dicatat."));
export const locate = (report, { lat, lon, kelurahan_code }) =>
  run(() => post(`/reports/${report.id}/locate`, lat != null ? { lat, lon } : { kelurahan_code }));
export const screen = (report, class_) =>
  run(() => post(`/reports/${report.id}/screen`, { class: class_ }),
    t("{code}: {class}.", { code: report.code, class: label("class", class_) }));
export const attach = (report, incident) =>
  run(() => post(`/incidents/${incident.id}/reports`, { report_id: report.id }),
    t("{code} digabung ke {into}.", { code: report.code, into: incident.code }));
export const split = (incident, report) =>
  run(() => del(`/incidents/${incident.id}/reports/${report.id}`), t("{code} dipisahkan.", report));
