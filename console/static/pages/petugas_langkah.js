// Moves of an assignment, kept with the phone's own time and sent one after another, in order.
import { again, openQueue, post, uuid } from "./queue.js";

export async function moves({ onChange, onRefused, onAnswer, onEmpty, onLogin }) {
  const store = await openQueue("langkah");
  const pending = await store.all();
  let draining = false, timer = 0, tries = 0;

  async function push(assignment, move, more) {
    const entry = { assignment, move, body: { device_at: new Date().toISOString(), client_key: uuid(), ...more } };
    // Shown as waiting only once it is kept; a full store still leaves it in memory.
    await store.put(entry);
    pending.push(entry);
    onChange();
    drain();
  }
  async function drain() {
    if (draining) return;
    draining = true;
    clearTimeout(timer);
    let wait = 0;
    while (pending.length && !wait) {
      const entry = pending[0];
      const { status, data, retryS } = await post(`/api/v1/assignments/${entry.assignment}/${entry.move}`, entry.body);
      if (status === 401) { onLogin(); wait = 15000; break; }
      if (again(status)) { wait = retryS ? retryS * 1000 : Math.min(10000, 1500 * 1.5 ** tries++); break; }
      // Refused for good (409 and the like): the server kept the stamp as an observation.
      if (status >= 400) onRefused(entry, data); else onAnswer(entry, data);
      tries = 0;
      if (entry.seq !== undefined) await store.remove(entry.seq);
      pending.shift();
      if (!pending.length) await onEmpty();
      onChange();
    }
    draining = false;
    if (wait) timer = setTimeout(drain, wait);
  }
  if (pending.length) drain();
  return {
    pending, push, drain,
    of: (assignment) => pending.filter((entry) => entry.assignment === assignment),
    seen: (assignment) => post(`/api/v1/assignments/${assignment}/seen`, {}),
  };
}
