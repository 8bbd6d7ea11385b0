// A time of the city's own clock, as somebody types it, with its zone.
import { config } from "./lib.js";

// "2026-11-24T21:30" (whatever the PC's zone) → "2026-11-24T21:30:00+07:00"
export function cityTime(local, zone = config.timezone) {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(new Date(`${local}Z`));
  const offset = parts.find((part) => part.type === "timeZoneName").value.replace("GMT", "");
  return `${local.length === 16 ? `${local}:00` : local}${offset || "+00:00"}`;
}
