// Units: who is free, who goes where, how old each position is.
import { html, label, t } from "./lib.js";
import { Age } from "./age.js";
import { board } from "./store.js";

const ORDER = { busy: 0, free: 1, out_of_service: 2, off_duty: 3 };
const STEPS = ["reserved", "offered", "accepted", "en_route", "on_scene", "transporting", "at_facility"];
export const readiness = (unit) => (unit.assignment_id ? "busy" : unit.state === "available" ? "free" : unit.state);

const step = (unit) => (readiness(unit) === "busy" ? STEPS.indexOf(unit.assignment_state) : 0);
const byName = (a, b) => a.localeCompare(b, "id", { numeric: true });

// Who is on a job first, the unanswered before those under way; then the free ones by agency.
export const arranged = (units) => [...units].sort((a, b) =>
  ORDER[readiness(a)] - ORDER[readiness(b)] || step(a) - step(b) || byName(a.agency_code || "", b.agency_code || "") || byName(a.code, b.code));

export function Units({ onOpen }) {
  const units = arranged(board.units.values());
  const free = units.filter((unit) => readiness(unit) === "free").length;
  return html`
    <section class="pane units" aria-labelledby="h-unit">
      <h2 id="h-unit">${t("Unit")} <span class="count">${t("{free} siap dari {all}", { free, all: units.length })}</span></h2>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="h-unit">
        <table>
          <thead><tr><th scope="col">${t("Unit")}</th><th scope="col">${t("Keadaan")}</th><th scope="col">${t("Di mana")}</th><th scope="col">${t("Posisi")}</th></tr></thead>
          <tbody>${units.map((unit) => html`<${Unit} key=${unit.id} unit=${unit} onOpen=${onOpen} />`)}</tbody>
        </table>
      </div>
    </section>`;
}

function Unit({ unit, onOpen }) {
  const state = readiness(unit);
  const incident = unit.incident_id && board.incidents.get(unit.incident_id);
  const [first, ...others] = unit.capabilities.map((c) => label("capability", c));
  return html`
    <tr class=${`unit ${state}`}>
      <th scope="row"><b>${unit.code}</b> <span class="muted" title=${others.join(", ")}>${first}${others.length ? ` +${others.length}` : ""}</span></th>
      <td>${state === "busy" ? label("assignment", unit.assignment_state) : state === "free" ? t("siap") : label("unit", unit.state)}
        ${unit.out_reason && html`<span class="muted"> ${label("reason", unit.out_reason)}</span>`}</td>
      <td>${incident
        ? html`<button type="button" class="link" onClick=${() => onOpen(`incident:${incident.id}`)}>${incident.code}</button>`
        : html`<span class="muted" title=${unit.station || unit.agency}>${unit.agency_code}</span>`}</td>
      <td class="num">${unit.position_at
        ? html`${unit.position_source !== "gps" && html`<span class="muted" title=${t("perkiraan")}>~ </span>`}<${Age} since=${unit.position_at} />`
        : html`<span class="muted">${t("pos")}</span>`}</td>
    </tr>`;
}
