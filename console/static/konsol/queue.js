// The queue: incidents, unopened reports and calls in order of need.
import { html, label, t } from "./lib.js";
import { place } from "./format.js";
import { Age } from "./age.js";
import { live, unmet } from "./order.js";
import { board, setUi, ui } from "./store.js";

export function Queue({ items, onOpen }) {
  const count = items.filter((item) => !item.inside).length;
  return html`
    <section class="pane queue" aria-labelledby="h-antrean">
      <h2 id="h-antrean">${t("Antrean")} <span class="count">${count}</span></h2>
      <ul class="rows">
        ${items.map((item) => html`<li key=${item.key}><${Row} item=${item} onOpen=${onOpen} /></li>`)}
      </ul>
      ${!count && html`<p class="empty">${board.ready ? t("Tidak ada kejadian atau laporan terbuka.") : t("Memuat papan…")}</p>`}
    </section>`;
}

function Row({ item, onOpen }) {
  if (item.kind === "massa") return html`<${Massa} item=${item} />`;
  const selected = ui.selected === item.key;
  const classes = `row ${item.kind} ${selected ? "selected" : ""} ${item.inside ? "inside" : ""} g${item.group}`;
  return html`
    <button type="button" class=${classes} data-key=${item.key} aria-current=${selected ? "true" : null}
      onFocus=${() => ui.selected !== item.key && setUi({ selected: item.key })}
      onClick=${() => onOpen(item.key)}>
      ${item.kind === "incident" && html`<${Incident} row=${item.row} />`}
      ${item.kind === "report" && html`<${Report} row=${item.row} />`}
      ${item.kind === "call" && html`<${Call} row=${item.row} />`}
    </button>`;
}

export const Priority = ({ value }) =>
  html`<span class=${`prio ${value}`}>${value === "none" ? "–" : value}</span>`;

function Incident({ row }) {
  const units = live(row);
  const missing = unmet(row);
  return html`
    <span class="line">
      <${Priority} value=${row.priority} />
      <b class="what">${label("type", row.type)}</b>
      <span class="code">${row.code}</span>
      <${Age} since=${row.opened_at} late=${units.length ? null : 120} />
    </span>
    <span class="line where">${place(row)}</span>
    <span class="line small">
      <span class=${`state ${row.state}`}>${label("incident", row.state)}</span>
      ${!row.verified && html`<span class="flag">${t("belum diverifikasi")}</span>`}
      ${row.hidden && html`<span class="flag">${t("alamat dirahasiakan")}</span>`}
      ${row.out_of_city && html`<span class="flag">${t("luar kota")}</span>`}
      ${units.map((a) => html`<span class=${`chip ${a.state}`}>${a.unit} ${label("assignment", a.state)}</span>`)}
      ${missing.map((n) => html`<span class="chip missing">${t("kurang {n} {what}", { n: n.wanted - n.met, what: label("capability", n.capability) })}</span>`)}
      <span class="tail">${row.reports > 1 && `${t("{n} laporan", { n: row.reports })} · `}
        ${row.taken_by ? html`<span class="taken">${t("diambil {name}", { name: row.taken_by })}</span>` : html`<span class="untaken">${t("belum diambil")}</span>`}</span>
    </span>`;
}

function Report({ row }) {
  return html`
    <span class="line">
      <${Priority} value=${row.priority} />
      <b class="what">${row.type === "none" ? label("class", row.class) : label("type", row.type)}</b>
      <span class="code">${row.code}</span>
      <${Age} since=${row.created_at} late=${120} />
    </span>
    <span class="line words">${row.text ? `“${row.text}”` : place(row)}</span>
    <span class="line small">
      <span class="state report">${t("laporan")} · ${label("channel", row.channel)}</span>
      ${row.type !== "none" && html`<span class="flag quiet">${label("class", row.class)}</span>`}
      ${row.lon == null && html`<span class="flag">${t("tanpa tempat")}</span>`}
      ${row.silent && html`<span class="flag">${t("diam")}</span>`}
      ${row.candidates.length > 0 && html`<span class="flag">${t("mirip {codes}", { codes: row.candidates.map((id) => board.incidents.get(id)?.code || `K${id}`).join(", ") })}</span>`}
      <span class="tail">${row.phone_masked}</span>
    </span>`;
}

function Call({ row }) {
  const what = { ringing: t("Telepon berdering"), answered: t("Sedang bicara"), ended: t("Telepon tak terjawab"), unreadable: t("Kontak tak terbaca") };
  return html`
    <span class="line">
      <span class=${`prio ${row.state === "ringing" ? "P1" : "none"}`}>${row.channel === "phone" ? "TLP" : "?"}</span>
      <b class="what">${what[row.state] || row.state}</b>
      <span class="code">${row.line || ""}</span>
      <${Age} since=${row.since} />
    </span>
    <span class="line small"><span>${row.phone_masked}</span><span class="tail">${row.claimed_by || ""}</span></span>`;
}

function Massa({ item }) {
  const open = ui.massa.has(item.name);
  const first = item.members[0].row;
  const toggle = () => {
    const massa = new Set(ui.massa);
    if (open) massa.delete(item.name);
    else massa.add(item.name);
    setUi({ massa });
  };
  return html`
    <button type="button" class="row massa" data-key=${item.key} aria-expanded=${open} onClick=${toggle}
      onFocus=${() => setUi({ selected: item.key })} aria-current=${ui.selected === item.key ? "true" : null}>
      <span class="line"><${Priority} value=${first.priority} />
        <b class="what">${t("Massa: {n} {type}", { n: item.members.length, type: label("type", first.type) })}</b>
        <span class="code">${open ? "▾" : "▸"}</span><${Age} since=${item.members.at(-1).since} /></span>
      <span class="line where">${first.kelurahan || t("tempat belum diketahui")}</span>
      <span class="line small">${t("dalam 10 menit; Enter membuka semuanya")}</span>
    </button>`;
}
