// "Tambah nama tempat di sini": what the caller calls a place becomes a name that everybody finds.
import { html, label, t, useEffect, useLayoutEffect, useRef, useState } from "./lib.js";
import { get, post, Problem } from "./api.js";
import { say } from "./actions.js";

const KINDS = ["landmark", "shop", "worship", "school", "market", "bridge", "office", "hall", "clinic", "fuel", "park", "cemetery", "estate", "quarter"];
const SEARCH_MS = 200;

// `row` is where the call is about {lat, lon}; `start` what the caller said; `done()` is called after
// saving and on leaving.
export function AddName({ row, start = "", done }) {
  const [name, setName] = useState(start);
  const [target, setTarget] = useState(row?.lat != null ? "new" : "");
  const [kind, setKind] = useState("landmark");
  const [wanted, setWanted] = useState("");
  const [near, setNear] = useState([]); // {ref, text}
  const [found, setFound] = useState([]);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const first = useRef(null);
  useLayoutEffect(() => first.current?.focus(), []);

  useEffect(() => {
    if (row?.lat == null) return;
    ask(() => get(`/geo/reverse?lat=${row.lat}&lon=${row.lon}`), (here) => setNear([
      ...here.places.map((one) => ({ ref: one.slug, text: `${one.name} (${one.distance_m} m)` })),
      ...[here.kelurahan, here.kecamatan].filter(Boolean).map((one, i) => ({ ref: one.code, text: `${i ? t("Kec.") : t("Kel.")} ${one.name}` })),
    ]));
  }, [row?.lat, row?.lon]);

  useEffect(() => {
    if (wanted.trim().length < 2) return undefined;
    const wait = setTimeout(() => ask(() => get(`/geo/search?limit=6&q=${encodeURIComponent(wanted)}`), ({ matches }) => {
      const list = matches.map((one) => ({ ref: one.ref, text: `${one.name}, ${[label("place", one.kind), one.areas[0]?.name].filter(Boolean).join(" ")}` }));
      setFound(list);
      if (list.length) setTarget(list[0].ref);
    }), SEARCH_MS);
    return () => clearTimeout(wait);
  }, [wanted]);

  async function ask(work, then) {
    try {
      then(await work());
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error.message);
    }
  }

  async function save(event) {
    event.preventDefault();
    if (busy) return;
    if (!target) return setProblem(t("Cari dulu tempat yang dimaksud."));
    setBusy(true);
    setProblem("");
    await ask(
      () => (target === "new"
        ? post("/geo/places", { name: name.trim(), lat: row.lat, lon: row.lon, kind })
        : post("/geo/aliases", { alias: name.trim(), target })),
      () => {
        say(t("{name} disimpan: pencarian mengenalnya.", { name: name.trim() }));
        done();
      },
    );
    setBusy(false);
    return undefined;
  }

  const others = [...new Map([...found, ...near].map((one) => [one.ref, one])).values()];
  return html`
    <form class="form add-name" onSubmit=${save} autocomplete="off">
      <label for="an-nama">${t("Nama yang dipakai orang")}</label>
      <input id="an-nama" ref=${first} data-first required maxlength="120" value=${name} onInput=${(e) => setName(e.target.value)} placeholder=${t("mis. warung Bu Ani, titi gantung")} />
      <label for="an-untuk">${t("Itu adalah")}</label>
      <select id="an-untuk" value=${target} onChange=${(e) => setTarget(e.target.value)}>
        ${row?.lat != null && html`<option value="new">${t("patokan baru di titik kejadian ini")}</option>`}
        ${others.length > 0 && html`<optgroup label=${t("nama lain untuk")}>${others.map((one) => html`<option key=${one.ref} value=${one.ref}>${one.text}</option>`)}</optgroup>`}
      </select>
      ${target === "new"
        ? html`<label for="an-jenis">${t("Jenis tempat")}</label>
          <select id="an-jenis" value=${kind} onChange=${(e) => setKind(e.target.value)}>${KINDS.map((one) => html`<option key=${one} value=${one}>${label("place", one)}</option>`)}</select>`
        : ""}
      <label for="an-cari">${t("Tempat lain (cari)")}</label>
      <input id="an-cari" value=${wanted} onInput=${(e) => setWanted(e.target.value)} />
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      <p class="line"><button class="btn primary" aria-disabled=${busy}>${t("Simpan nama")} <kbd>Enter</kbd></button>
        <button type="button" class="btn" onClick=${done}>${t("Batal")}</button></p>
    </form>`;
}
