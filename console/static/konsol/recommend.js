// Recommended units of an incident, preselected; Enter on the button sends what is ticked.
import { html, label, t, useEffect, useLayoutEffect, useRef, useState } from "./lib.js";
import { distance, eta } from "./format.js";
import { Left } from "./age.js";
import { roadsWord } from "./closures.js";
import { useFetched } from "./fetched.js";
import { unmet } from "./order.js";
import { say, send, waive } from "./actions.js";

const SHOWN = 5;

export function Recommend({ row, autofocus, onSent }) {
  const seen = `${row.version}|${row.assignments.length}|${roadsWord()}`;
  const { data, error } = useFetched(`/incidents/${row.id}/recommendations`, seen);
  const [picked, setPicked] = useState(null); // Set of unit ids once the operator changed something
  const [busy, setBusy] = useState(false);
  const [pending, setPending] = useState(false); // Enter came before the recommendation did
  const [open, setOpen] = useState(false);
  const button = useRef(null);

  const recommended = data ? data.lines.flatMap((line) => line.units.filter((u) => u.recommended).map((u) => u.unit_id)) : [];
  const chosen = picked || new Set(recommended);
  const dead = data != null && !chosen.size; // nothing to send: words, not a button that looks alive

  useLayoutEffect(() => {
    if (autofocus) button.current?.focus();
  }, [row.id, autofocus]);

  async function go() {
    if (busy) return;
    if (!data) {
      setPending(true);
      return;
    }
    setPending(false);
    if (!chosen.size) {
      say(t("Tidak ada unit yang dipilih."), "warn");
      return;
    }
    setBusy(true);
    const worked = await send(row, picked ? [...picked] : null);
    setBusy(false);
    setPicked(null);
    if (worked) onSent();
  }
  useEffect(() => {
    if (pending && data) go();
  }, [pending, data]);

  function toggle(id) {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  }

  const waiting = row.assignments.filter((a) => a.state === "reserved");
  if (row.needs.length && !unmet(row).length && !open) {
    return waiting.length ? html`<${SendNow} row=${row} waiting=${waiting} autofocus=${autofocus} onSent=${onSent} />` : html`<p class="line"><span class="muted">${t("Kebutuhan terpenuhi.")}</span>
      <button type="button" class="link" onClick=${() => setOpen(true)}>${t("Tambah unit…")}</button></p>`;
  }
  if (error && !data) return html`<p class="problem" role="alert">${error.message}</p>`;
  return html`
    <section class="recommend" aria-labelledby="h-kirim">
      <h3 id="h-kirim">${t("Unit yang disarankan")}</h3>
      ${!data && html`<p class="empty">${t("Menghitung…")}</p>`}
      ${data && !data.lines.length && html`<p class="empty">${t("Kartu respons tidak meminta unit. Kirim dengan perintah D.")}</p>`}
      ${data && data.lines.map((line) => html`<${Line} key=${line.capability} row=${row} line=${line} chosen=${chosen} toggle=${toggle} />`)}
      <button type="button" ref=${button} class=${dead ? "btn send dead" : "btn primary send"} aria-disabled=${busy || dead} onClick=${go}>
        ${pending ? t("Menunggu saran…") : busy ? t("Mengirim…") : sendLabel(data, chosen)} ${!dead && html`<kbd>Enter</kbd>`}
      </button>
    </section>`;
}

// Units the run card has reserved: they go by themselves when the time is over, or now by Enter.
function SendNow({ row, waiting, autofocus, onSent }) {
  const button = useRef(null);
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => {
    if (autofocus) button.current?.focus();
  }, [row.id]);
  async function go() {
    if (busy) return;
    setBusy(true);
    const worked = await send(row, null);
    setBusy(false);
    if (worked) onSent();
  }
  return html`
    <button type="button" ref=${button} class="btn primary send" aria-disabled=${busy} onClick=${go}>
      ${busy ? t("Mengirim…") : t("Kirim {units} sekarang", { units: waiting.map((a) => a.unit).join(", ") })} <kbd>Enter</kbd></button>
    <p class="small muted">${t("Disiapkan otomatis. Tanpa tindakan, terkirim dalam")} <${Left} until=${waiting[0].offer_at} />. ${t("Mencegah: tombol Tarik.")}</p>`;
}

function sendLabel(data, chosen) {
  if (!data) return t("Kirim yang disarankan");
  const codes = new Map(data.lines.flatMap((line) => line.units.map((u) => [u.unit_id, u.code])));
  const names = [...chosen].map((id) => codes.get(id)).filter(Boolean);
  if (!codes.size) return t("Tidak ada unit siap");
  return names.length ? t("Kirim {units}", { units: names.join(", ") }) : t("Pilih unit untuk dikirim");
}

function Line({ row, line, chosen, toggle }) {
  const [all, setAll] = useState(false);
  const need = row.needs.find((n) => n.capability === line.capability);
  const units = all ? line.units : line.units.filter((u, i) => i < SHOWN || chosen.has(u.unit_id));
  return html`
    <div class="need-line">
      <p class="need-head"><b>${label("capability", line.capability)}</b>
        <span>${t("diminta {wanted}, ada {assigned}", line)}</span>
        ${line.missing > 0 && html`<span class="chip missing">${t("kurang {n}", { n: line.missing })}</span>`}
        ${line.missing > 0 && need && html`<button type="button" class="link" onClick=${() => askWaive(row, need)}>${t("Kesampingkan…")}</button>`}
      </p>
      <ul class="units-pick">
        ${units.map((unit) => html`
          <li key=${unit.unit_id}><label class=${unit.recommended ? "pick best" : "pick"}>
            <input type="checkbox" checked=${chosen.has(unit.unit_id)} onChange=${() => toggle(unit.unit_id)} />
            <b>${unit.code}</b><span>${unit.agency}</span>
            <span class="num">${eta(unit.eta_s)}</span><span class="num">${distance(unit.distance_m)}</span>
            <span class="muted why">${(unit.reasons || []).map(reason).join(" · ")}</span>
          </label></li>`)}
      </ul>
      ${line.units.length > units.length && html`<button type="button" class="link" onClick=${() => setAll(true)}>${t("{n} unit lain", { n: line.units.length - units.length })}</button>`}
      ${line.left_out?.length > 0 && html`
        <details><summary>${t("Tidak disarankan: {n}", { n: line.left_out.length })}</summary>
          <ul class="left-out">${line.left_out.map((one) => html`<li key=${one.code}><b>${one.code}</b> ${label("reason", one.reason)} ${one.detail || ""}</li>`)}</ul>
        </details>`}
    </div>`;
}

function reason(code) {
  const rank = /^rank:(\d+)$/.exec(code);
  return rank ? t("terdekat ke-{n}", { n: rank[1] }) : label("reason", code);
}

function askWaive(row, need) {
  const reason = window.prompt(t("Alasan kebutuhan {what} dikesampingkan:", { what: label("capability", need.capability) }));
  if (reason) waive(row, need, reason);
}
