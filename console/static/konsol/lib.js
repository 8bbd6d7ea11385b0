// One door to Preact and htm, and the page's own configuration.
export {
  html, render, useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback,
} from "/static/vendor/htm/preact/standalone.module.js";

const block = document.getElementById("config");

// {lang, view, name, acts, demo, centre, timezone, labels: {type: {code: text}, …}, words: {msgid: text}}
export const config = block ? JSON.parse(block.textContent) : { labels: {}, words: {} };

// A sentence in the page's language; the msgid is the Bahasa sentence itself.
export function t(msgid, fields) {
  const text = (config.words && config.words[msgid]) || msgid;
  return fields ? text.replace(/\{(\w+)\}/g, (_, name) => fields[name] ?? "") : text;
}

// The label of a code, e.g. label("type", "fire"); an unknown code is shown as it is.
export const label = (kind, code) => (code && config.labels[kind]?.[code]) || code || "";
