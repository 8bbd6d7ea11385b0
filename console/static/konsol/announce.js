// What an event sounds like and what is read out; one quiet line for screen readers.
import { html, label, t, useEffect, useState } from "./lib.js";
import { place } from "./format.js";

let tell = null;
export const announce = (text) => tell?.(text);

export function Announcer() {
  const [text, setText] = useState("");
  useEffect(() => {
    tell = setText;
    return () => (tell = null);
  }, []);
  return html`<p class="sr" role="status" aria-live="polite">${text}</p>`;
}

const WRONG = new Set(["assignment.declined", "assignment.expired", "assignment.aborted", "assignment.help", "need.shortfall", "ladder.exhausted", "delivery.failed"]);

// {tone, text} for an event frame, or null for what needs no ear. `row(kind, id)` finds rows.
export function heardOf(frame, row) {
  const payload = frame.payload;
  if (frame.kind === "incident.opened") {
    const incident = row("incident", frame.incident_id);
    if (!incident) return null;
    const text = t("Baru: {priority} {type}, {place}", { priority: incident.priority, type: label("type", incident.type), place: place(incident) });
    return { tone: incident.priority === "P1" ? null : "new", text }; // priority 1 sounds by itself until taken
  }
  if (frame.kind === "report.created") {
    const report = row("report", payload.report_id);
    if (!report || ["prank", "test", "spam", "ghost"].includes(report.class)) return null;
    return { tone: "new", text: t("Laporan baru: {what}", { what: label("type", report.type) || label("class", report.class) }) };
  }
  if (frame.kind === "contact.ringing") return { tone: "new", text: t("Telepon berdering.") };
  if (WRONG.has(frame.kind)) {
    return { tone: "warn", text: `${payload.unit_code || ""} ${label("event", frame.kind)}`.trim() };
  }
  if (frame.kind === "assignment.accepted") return { tone: null, text: t("{unit} menerima.", { unit: payload.unit_code || "" }) };
  return null;
}
