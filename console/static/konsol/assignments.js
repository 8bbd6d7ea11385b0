// Units on this incident: who answered, when, and the next step by keyboard.
import { html, label, t } from "./lib.js";
import { eta, shortClock } from "./format.js";
import { Age, Left } from "./age.js";
import { step } from "./actions.js";
import { setUi } from "./store.js";

// What an operator may record for a unit that speaks by radio or telephone.
const NEXT = {
  planned: [["recall", "Tarik"]],
  reserved: [["recall", "Tarik"]],
  offered: [["accept", "Terima lisan"], ["decline", "Menolak"], ["recall", "Tarik"]],
  accepted: [["en-route", "Berangkat"], ["recall", "Tarik"]],
  en_route: [["arrive", "Tiba"], ["abort", "Batal…"]],
  on_scene: [["clear", "Selesai"], ["transport", "Antar pasien"], ["abort", "Batal…"]],
  transporting: [["at-facility", "Di rumah sakit"], ["abort", "Batal…"]],
  at_facility: [["clear", "Selesai"], ["en-route", "Kembali ke lokasi"]],
};
const ENDED = new Set(["cleared", "declined", "expired", "recalled", "aborted"]);

export function Assignments({ row, can }) {
  if (!row.assignments.length) return null;
  const current = row.assignments.filter((a) => !ENDED.has(a.state));
  const ended = row.assignments.filter((a) => ENDED.has(a.state));
  return html`
    <section aria-labelledby="h-tugas">
      <h3 id="h-tugas">${t("Penugasan")}</h3>
      <ul class="assignments">${current.map((a) => html`<${One} key=${a.id} a=${a} can=${can} />`)}</ul>
      ${ended.length > 0 && html`<ul class="assignments ended">${ended.map((a) => html`<${One} key=${a.id} a=${a} can=${false} />`)}</ul>`}
    </section>`;
}

// "diterima oleh Budi pukul 03.14", "ditawarkan pukul 03.12, sampai di HP, belum dijawab".
export function sentence(a) {
  const at = (iso) => t("pukul {at}", { at: shortClock(iso) });
  switch (a.state) {
    case "planned": return t("direncanakan setelah tugas yang sekarang");
    case "reserved": return a.offer_at ? t("disiapkan otomatis") : t("disiapkan");
    case "offered": return `${t("ditawarkan")} ${at(a.offered_at)}${heard(a)}`;
    case "accepted": return `${acceptedBy(a)} ${at(a.accepted_at)}`;
    case "en_route": return `${t("berangkat")} ${at(a.en_route_at)}`;
    case "on_scene": return `${t("tiba")} ${at(a.on_scene_at)}`;
    case "transporting": return `${t("mengantar pasien")} ${at(a.transporting_at)}`;
    case "at_facility": return `${t("di rumah sakit")} ${at(a.at_facility_at)}`;
    default: {
      const why = a.reason ? ` (${label("reason", a.reason)})` : "";
      return `${label("assignment", a.state)} ${at(a.ended_at)}${why}`;
    }
  }
}

function acceptedBy(a) {
  if (a.person) return t("diterima oleh {person}", { person: a.person });
  return ["voice", "operator"].includes(a.accepted_source) ? t("diterima secara lisan") : t("diterima");
}

function heard(a) {
  if (a.seen_at) return t(", sudah dilihat");
  if (a.delivered_at) return t(", pesan sampai");
  const messages = a.messages || [];
  if (messages.length && messages.every((m) => m.state === "failed")) return t(", PESAN GAGAL: panggil lewat radio");
  if (messages.some((m) => m.state === "sent")) return t(", pesan terkirim");
  return t(", pesan belum terkirim");
}

function One({ a, can }) {
  const reached = a.accepted_at && a.state !== "accepted" ? html`<span class="muted">${acceptedBy(a)} ${shortClock(a.accepted_at)}</span>` : null;
  return html`
    <li class=${`assignment ${a.state}`}>
      <span class="line"><b>${a.unit}</b> <span class=${`say ${a.state}`}>${sentence(a)}</span>
        ${a.state === "offered" && a.expires_at && html`<span class="muted">${t("sisa")} <${Left} until=${a.expires_at} /></span>`}
        ${["accepted", "en_route"].includes(a.state) && a.eta_s != null && html`<span class="num">${t("ETA")} ${eta(a.eta_s)}</span>`}
        ${a.state === "offered" && html`<${Age} since=${a.offered_at} late=${45} />`}
      </span>
      ${reached && html`<span class="line small">${reached}</span>`}
      ${can && html`<span class="line steps">${(NEXT[a.state] || []).map(([verb, text]) => html`
        <button type="button" class="btn small" key=${verb} onClick=${() => (verb === "abort" ? setUi({ dialog: { name: "abort", assignment: a } }) : step(a, verb))}>${t(text)}</button>`)}</span>`}
    </li>`;
}
