// The list of what nobody may overlook; each line leads to its row.
import { html, t } from "./lib.js";
import { Age } from "./age.js";

export function Attention({ entries, onOpen }) {
  return html`
    <section class="pane attention" aria-labelledby="h-perhatian">
      <h2 id="h-perhatian">${t("Perlu perhatian")} <span class="count">${entries.length}</span></h2>
      ${entries.length === 0 && html`<p class="empty">${t("Tidak ada.")}</p>`}
      <ul class="rows">
        ${entries.map((entry) => html`
          <li key=${entry.id}><button type="button" class=${`alarm ${entry.tone}`} onClick=${() => onOpen(entry.key)}>
            <span class="mark" aria-hidden="true">${entry.tone === "danger" ? "!!" : "!"}</span>
            <span>${entry.text}</span> <${Age} since=${entry.since} />
          </button></li>`)}
      </ul>
    </section>`;
}
