// Times, distances and places as an operator reads them.
import { config, t } from "./lib.js";

let offset = 0;

// The server's clock is the only clock: ages are counted against it, not against this PC.
export function learnServerTime(iso) {
  offset = Date.parse(iso) - Date.now();
}
export const now = () => Date.now() + offset;

export const secondsSince = (iso) => (iso ? Math.max(0, (now() - Date.parse(iso)) / 1000) : null);

// 8 dtk, 4 mnt, 1 j 20 mnt, 3 hr
export function duration(seconds) {
  if (seconds == null || Number.isNaN(seconds)) return "";
  const s = Math.round(seconds);
  if (s < 60) return t("{n} dtk", { n: s });
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return t("{n} mnt", { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t("{h} j {m} mnt", { h: hours, m: minutes % 60 });
  return t("{n} hr", { n: Math.floor(hours / 24) });
}

// An ETA: minutes, rounded up, never a false precision.
export const eta = (seconds) => (seconds == null ? "" : t("± {n} mnt", { n: Math.max(1, Math.ceil(seconds / 60)) }));

export function distance(metres) {
  if (metres == null) return "";
  return metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1).replace(".", ",")} km`;
}

// The city's own time, whatever the PC is set to.
const timeFormat = (options) => new Intl.DateTimeFormat("id-ID", { timeZone: config.timezone, hour12: false, ...options });
const clockFormat = timeFormat({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const shortFormat = timeFormat({ hour: "2-digit", minute: "2-digit" });
const dayFormat = timeFormat({ weekday: "short", day: "numeric", month: "short" });

export const clock = (iso) => (iso ? clockFormat.format(new Date(iso)) : "");
export const shortClock = (iso) => (iso ? shortFormat.format(new Date(iso)) : "");
export const today = () => dayFormat.format(new Date(now()));

// "Gang Mawar 7, Lk 3, Bandar Sakti"; says so when only the kecamatan, or nothing, is known.
export function place(row) {
  const parts = [row.place];
  if (row.lk && !(row.place || "").includes(row.lk)) parts.push(/^lk/i.test(row.lk) ? row.lk : `Lk ${row.lk}`);
  if (row.kelurahan && !(row.place || "").includes(row.kelurahan)) parts.push(row.kelurahan);
  const text = parts.filter(Boolean).join(", ");
  return text || (row.kecamatan ? `Kec. ${row.kecamatan}` : t("tempat belum diketahui"));
}

export const metresBetween = (a, b) => {
  if (a.lon == null || b.lon == null) return Infinity;
  const k = 111320;
  return Math.hypot((a.lat - b.lat) * k, (a.lon - b.lon) * k * Math.cos((a.lat * Math.PI) / 180));
};
