// What was said about an incident: its reports with their words.
import { config, html, label, t } from "./lib.js";
import { clock, place } from "./format.js";
import { Age } from "./age.js";
import { useFetched } from "./fetched.js";
import { split } from "./actions.js";
import { lastWord, setUi } from "./store.js";

export function Reports({ row, can }) {
  const { data, error } = useFetched(`/incidents/${row.id}`, row.reports);
  const reports = data?.reports || [];
  return html`
    <section aria-labelledby="h-laporan">
      <h3 id="h-laporan">${t("Laporan")} <span class="count">${row.reports}</span></h3>
      ${error && html`<p class="problem">${error.message}</p>`}
      <ul class="reports">${reports.map((one) => html`
        <li key=${one.id}><${ReportText} id=${one.id} incident=${row} can=${can && row.reports > 1} /></li>`)}</ul>
    </section>`;
}

export function ReportText({ id, incident, can }) {
  const { data, error } = useFetched(`/reports/${id}`, lastWord(`report:${id}`));
  if (error) return html`<p class="problem">${error.message}</p>`;
  if (!data) return html`<p class="empty">…</p>`;
  return html`
    <article class="report-text">
      <p class="line small"><b class="code">${data.code}</b> <span>${label("channel", data.channel)}</span>
        <span>${data.name || ""} ${data.phone_masked || ""}</span>
        ${data.phone_masked && config.acts && html`<button type="button" class="link" onClick=${() => setUi({ dialog: { name: "unmask", report: data } })}>${t("Nomor lengkap…")}</button>`} <${Age} since=${data.created_at} />
        ${can && html`<button type="button" class="link" onClick=${() => split(incident, data)}>${t("Pisahkan")}</button>`}</p>
      <blockquote>${data.text || html`<span class="muted">${t("tanpa kata-kata")}</span>`}</blockquote>
      ${(data.messages || []).map((m) => html`<blockquote class="added" key=${m.id}><span class="muted">${clock(m.at)} ${t("tambahan")}:</span> ${m.text}</blockquote>`)}
      <p class="small muted">${data.place_text ? `“${data.place_text}” → ` : ""}${place({ ...data, place: data.place_label, lk: data.lingkungan, kelurahan: label("area", data.kelurahan_code) })} ${data.accuracy_m ? `±${data.accuracy_m} m` : ""}</p>
    </article>`;
}
