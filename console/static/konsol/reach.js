// How far the stations get in 5, 10 and 15 minutes: which vehicles of which station are shown.
import { html, label, t } from "./lib.js";
import { board, changed } from "./store.js";

let chosen = ""; // "", "engine|" (all its stations), "engine|Mako Damkar"

export const reachShown = () => Boolean(chosen);

// For the layers of the tiles: a class of vehicle, or that class of one station.
export function reachFilter() {
  const [kind, station] = chosen.split("|");
  const ofKind = ["==", ["get", "class"], kind];
  return station ? ["all", ofKind, ["==", ["get", "name"], station]] : ofKind;
}

// vehicle class → names of the stations where such units stand
export function stations(units) {
  const found = new Map();
  for (const unit of units) {
    if (!unit.station) continue;
    found.set(unit.vehicle_class, (found.get(unit.vehicle_class) || new Set()).add(unit.station));
  }
  return [...found].map(([kind, names]) => [kind, [...names].sort()]).sort(([a], [b]) => label("vehicle", a).localeCompare(label("vehicle", b)));
}

// The dialog of `W`: what is chosen is on the map at once, Enter or Esc leaves.
export function Reach({ done }) {
  const choose = (event) => {
    chosen = event.target.value;
    changed();
  };
  const leave = (event) => {
    event.preventDefault();
    done();
  };
  return html`
    <h2>${t("Jangkauan pos")}</h2>
    <form class="form" onSubmit=${leave}>
      <label for="jangkauan">${t("Pos dan kendaraan")}</label>
      <select id="jangkauan" data-first value=${chosen} onChange=${choose} onKeyDown=${(event) => event.key === "Enter" && leave(event)}>
        <option value="">${t("tidak ditampilkan")}</option>
        ${stations(board.units.values()).map(([kind, names]) => html`
          <optgroup key=${kind} label=${label("vehicle", kind)}>
            <option value=${`${kind}|`}>${t("semua pos: {what}", { what: label("vehicle", kind) })}</option>
            ${names.map((name) => html`<option key=${name} value=${`${kind}|${name}`}>${name}: ${label("vehicle", kind)}</option>`)}
          </optgroup>`)}
      </select>
      <p class="hint">${t("Terjangkau dalam 5, 10, 15 menit, jam ini, dengan penutupan sekarang")}</p>
      <p><button class="btn primary">${t("Tutup")} <kbd>Enter</kbd></button></p>
    </form>`;
}
