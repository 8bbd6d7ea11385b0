// The types as a list; typing the first letters chooses.
import { config, html, t } from "./lib.js";

export function TypeSelect({ value, onChange, required, id }) {
  return html`
    <select id=${id} value=${value} required=${required} onChange=${(e) => onChange(e.target.value)}>
      <option value="">${t("– pilih –")}</option>
      ${Object.entries(config.labels.type || {}).filter(([code]) => code !== "none").map(([code, text]) => html`<option key=${code} value=${code}>${text}</option>`)}
    </select>`;
}
