// A place while it is typed: suggestions with their radius and reason, never one silent answer.
import { html, label, t, useEffect, useRef, useState } from "./lib.js";
import { get } from "./api.js";

const SUGGEST_MS = 150;
export const NOWHERE = { text: "", chosen: false, lat: null, lon: null, accuracy_m: null, kelurahan_code: null };

// `draft` {text, chosen, lat, lon, accuracy_m, kelurahan_code}; `change(fields)` takes what differs.
// `eager`: Enter takes the first suggestion when none was walked to.
export function PlaceField({ draft, change, first, required = true, id = "nc", eager = false }) {
  const [found, setFound] = useState({ for: "", list: [], verdict: null, outside: null });
  const [at, setAt] = useState(-1);
  const timer = useRef(null);
  const list = found.for === draft.text ? found.list : [];

  useEffect(() => {
    clearTimeout(timer.current);
    if (draft.text.trim().length < 2 || draft.chosen) return undefined;
    const stop = new AbortController();
    timer.current = setTimeout(async () => {
      try {
        const answer = await get(`/geo/search?limit=6&q=${encodeURIComponent(draft.text)}`, { signal: stop.signal });
        setFound({ for: draft.text, list: merged(answer), verdict: answer.verdict, outside: answer.outside });
        setAt(-1);
      } catch (error) {
        if (error.name !== "AbortError") setFound({ for: draft.text, list: [], verdict: "down", outside: null });
      }
    }, SUGGEST_MS);
    return () => stop.abort();
  }, [draft.text]);

  function pick(one) {
    change({ text: one.label, chosen: true, lat: one.lat, lon: one.lon, accuracy_m: one.uncertainty_m && Math.round(one.uncertainty_m), kelurahan_code: one.kelurahan_code });
    setFound({ for: "", list: [], verdict: null, outside: null });
  }
  function onKeyDown(event) {
    if (!list.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((at + (event.key === "ArrowDown" ? 1 : -1) + list.length) % list.length);
    } else if (event.key === "Enter" && (at >= 0 || eager)) {
      event.preventDefault();
      pick(list[Math.max(at, 0)]);
    }
  }
  return html`
    <label for=${`${id}-tempat`}>${t("Tempat")}</label>
    <div class="combo">
      <input id=${`${id}-tempat`} ref=${first} data-first=${id === "nc" ? "" : null} required=${required} value=${draft.text} role="combobox" aria-expanded=${list.length > 0}
        aria-controls=${`${id}-saran`} aria-autocomplete="list" aria-activedescendant=${at >= 0 ? `${id}-saran-${at}` : null}
        placeholder=${t("jalan, gang, patokan, kelurahan")} onKeyDown=${onKeyDown}
        onInput=${(e) => change({ text: e.target.value, chosen: false, lat: null, lon: null, accuracy_m: null, kelurahan_code: null })} />
      <ul id=${`${id}-saran`} role="listbox" aria-label=${t("Saran tempat")} hidden=${!list.length}>
        ${list.map((one, i) => html`<li key=${i} id=${`${id}-saran-${i}`} role="option" aria-selected=${i === at} onMouseDown=${(e) => { e.preventDefault(); pick(one); }}>
          <b>${one.label}</b> <span class="muted">${one.detail}</span></li>`)}
      </ul>
    </div>
    <p class="hint" aria-live="polite">${hint(draft, found, eager)}</p>`;
}

// Candidates of the geocoder first, then plain names like the text; each once.
function merged(answer) {
  const list = (answer.candidates || []).map((one) => ({
    ...one, kelurahan_code: one.kelurahan_codes?.[0] || null,
    detail: [one.uncertainty_m != null && `±${Math.round(one.uncertainty_m)} m`, one.reason].filter(Boolean).join(" · "),
  }));
  for (const match of answer.matches || []) {
    if (list.some((one) => one.label === match.name)) continue;
    list.push({ label: match.name, lat: match.lat, lon: match.lon, uncertainty_m: match.uncertainty_m,
      kelurahan_code: match.areas?.[0]?.code || null,
      detail: [label("place", match.kind), match.areas?.[0]?.name].filter(Boolean).join(" · ") });
  }
  return list.slice(0, 7);
}

function hint(draft, found, eager) {
  if (draft.chosen) return draft.lat != null ? t("Titik ±{m} m.", { m: draft.accuracy_m ?? "?" }) : t("Tempat dipilih tanpa titik.");
  if (found.for !== draft.text || !draft.text.trim()) return " ";
  if (found.verdict === "down") return t("Saran tempat tidak tersedia. Ketik saja; kejadian tetap terbuka.");
  if (found.verdict === "outside") return t("Di luar kota{where}.", { where: found.outside ? `: ${found.outside}` : "" });
  if (found.verdict === "ambiguous") return t("Ada beberapa tempat bernama itu. Pilih satu.");
  if (eager) return found.list.length ? t("Enter memilih yang pertama, ↓ yang lain.") : t("Tidak dikenal. Pakai nama lain, atau titik di peta.");
  return found.list.length ? t("↓ memilih saran; atau lanjut dengan yang diketik.") : t("Tidak dikenal. Tetap bisa dibuka; lengkapi nanti.");
}
