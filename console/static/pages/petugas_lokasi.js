// Positions of the own unit: gathered from the phone, sent in batches, dropped when too old.
import { again, post, say } from "./queue.js";

const SEND_MS = 10000, KEEP = 300;
let watch = null, unit = null, timer = 0, buffer = [], sending = false;

async function send() {
  if (sending || !buffer.length || unit === null) return;
  sending = true;
  const batch = buffer.slice(0, 100);
  const { status } = await post(`/api/v1/units/${unit}/positions`, { positions: batch });
  if (!again(status)) buffer = buffer.slice(batch.length);
  sending = false;
}

export const sharing = {
  start(unitId, tell) {
    unit = unitId;
    if (watch !== null || !navigator.geolocation) return;
    timer = setInterval(send, SEND_MS);
    watch = navigator.geolocation.watchPosition(({ coords: c, timestamp }) => {
      const fix = { lat: +c.latitude.toFixed(6), lon: +c.longitude.toFixed(6), accuracy_m: Math.round(c.accuracy),
                    at: new Date(timestamp).toISOString() };
      if (c.speed != null) fix.speed_mps = +c.speed.toFixed(1);
      if (c.heading != null && !Number.isNaN(c.heading)) fix.heading = Math.round(c.heading);
      buffer.push(fix);
      if (buffer.length > KEEP) buffer.shift();
      if (buffer.length === 1) send();
      tell(say("sharing", { m: fix.accuracy_m }));
    }, (e) => { tell(say(e.code === 1 ? "gps_denied" : "gps_none")); },
    { enableHighAccuracy: true, maximumAge: 5000, timeout: 60000 });
  },
  stop() {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    clearInterval(timer);
    watch = null;
    buffer = [];
  },
};
