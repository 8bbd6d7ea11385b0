// Ages that count by themselves: one timer for the page, only the text changes.
import { html, useEffect, useState } from "./lib.js";
import { clock, duration, now, secondsSince } from "./format.js";

const watchers = new Set();
setInterval(() => watchers.forEach((watcher) => watcher({})), 1000);

export function useSeconds() {
  const [, redraw] = useState(null);
  useEffect(() => {
    watchers.add(redraw);
    return () => watchers.delete(redraw);
  }, []);
}

export function Age({ since, late }) {
  useSeconds();
  if (!since) return null;
  const seconds = secondsSince(since);
  const overdue = late != null && seconds > late;
  return html`<time class=${overdue ? "age late" : "age"} datetime=${since} title=${clock(since)}>${duration(seconds)}</time>`;
}

// Seconds left until a time; 0 once it is past.
export function Left({ until }) {
  useSeconds();
  if (!until) return null;
  const left = Math.max(0, Math.round((Date.parse(until) - now()) / 1000));
  return html`<span class="age">${duration(left)}</span>`;
}
