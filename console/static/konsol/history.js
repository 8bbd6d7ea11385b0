// What was done about an incident, newest first. All steps of a message are one line.
import { html, label, t } from "./lib.js";
import { clock } from "./format.js";
import { useFetched } from "./fetched.js";
import { lastWord } from "./store.js";

export function Timeline({ row }) {
  const { data, error } = useFetched(`/incidents/${row.id}/timeline?limit=500`, lastWord(`incident:${row.id}`));
  const units = new Map(row.assignments.map((a) => [a.id, a.unit]));
  return html`
    <section aria-labelledby="h-riwayat">
      <h3 id="h-riwayat">${t("Riwayat")}</h3>
      ${error && html`<p class="problem">${error.message}</p>`}
      <ol class="timeline">${history(data?.events || [], units).map((line) => html`
        <li key=${line.id}><time datetime=${line.at}>${clock(line.at)}</time>
          <span>${line.text}</span> <span class="muted">${line.actor || ""}</span></li>`)}</ol>
    </section>`;
}

// events oldest first → [{id, at, text, actor}] newest first; `units`: assignment id → unit code.
export function history(events, units = new Map()) {
  const sent = deliveries(events);
  const arrived = (id, ...states) => [...sent.values()].some((one) => one.assignment_id === id && states.includes(one.state));
  const lines = [];
  for (const event of events) {
    const payload = event.payload || {};
    const message = event.kind.startsWith("delivery.") && sent.get(payload.delivery_id);
    if (message && message.last !== event.id) continue; // a later step says more
    // The crew's stamps repeat what the line of the message says.
    if (event.kind === "assignment.delivered" && arrived(payload.assignment_id, "delivered", "read")) continue;
    if (event.kind === "assignment.seen" && arrived(payload.assignment_id, "read")) continue;
    const text = message ? messageLine(message, units) : what(event);
    const before = lines.at(-1);
    if (message && before?.message === text) Object.assign(before, { id: event.id, at: event.at, times: before.times + 1 });
    else lines.push({ id: event.id, at: event.at, actor: event.actor, text, message: message && text, times: 1 });
  }
  for (const line of lines) if (line.times > 1) line.text = `${line.text} (${line.times}×)`;
  return lines.reverse();
}

// delivery id → what all its events say together; `last`: the event that tells its present state.
function deliveries(events) {
  const found = new Map();
  for (const { id, kind, payload } of events) {
    if (!kind.startsWith("delivery.") || payload?.delivery_id == null) continue;
    const state = kind.slice("delivery.".length);
    found.set(payload.delivery_id, { ...found.get(payload.delivery_id), ...payload, reason: payload.reason, state, last: id });
  }
  return found;
}

// "SMS ke pelapor: sampai"
function messageLine(message, units) {
  const many = message.count > 1 ? ` (${message.count}×)` : "";
  const reason = message.reason ? ` (${label("reason", message.reason)})` : "";
  const fields = { channel: label("channel", message.channel || "sms"), who: who(message, units) };
  return `${t("{channel} ke {who}", fields)}: ${label("delivery", message.state)}${reason}${many}`;
}

function who(message, units) {
  if (message.assignment_id) return t("awak {unit}", { unit: units.get(message.assignment_id) || "" }).trim();
  if (message.report_id) return t("pelapor");
  return /^on_call/.test(message.template || "") ? t("petugas piket") : t("penerima lain");
}

function what(event) {
  const payload = event.payload || {};
  const unit = payload.unit_code ? `${payload.unit_code}: ` : "";
  const reason = payload.reason ? ` (${label("reason", payload.reason)})` : "";
  const capability = payload.capability ? ` ${label("capability", payload.capability)}` : "";
  const filled = payload.backfilled ? ` ${t("(disusulkan)")}` : "";
  return `${unit}${label("event", event.kind)}${capability}${reason}${filled}`;
}
