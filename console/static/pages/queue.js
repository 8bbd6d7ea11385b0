// A durable list in IndexedDB, kept in order of arrival. Where the browser has none (private
// windows), it lives in memory: the page still works, it only forgets when closed.
const STORES = ["laporan", "langkah"];

function open() {
  return new Promise((done, fail) => {
    const request = indexedDB.open("siponcega", 1);
    request.onupgradeneeded = () => {
      for (const name of STORES) request.result.createObjectStore(name, { keyPath: "seq", autoIncrement: true });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

export async function openQueue(name) {
  let db = null;
  try { db = await open(); } catch { db = null; }
  if (!db) {
    const items = new Map();
    let last = 0;
    return {
      async put(item) { item.seq ??= ++last; items.set(item.seq, item); return item; },
      async all() { return [...items.values()]; },
      async remove(seq) { items.delete(seq); },
    };
  }
  const run = (mode, work) => new Promise((done, fail) => {
    const tx = db.transaction(name, mode);
    const request = work(tx.objectStore(name));
    tx.oncomplete = () => done(request.result);
    tx.onerror = tx.onabort = () => fail(tx.error);
  });
  // A full or broken store must not stop the sending: the page holds its entries itself.
  return {
    async put(item) {
      try { item.seq = await run("readwrite", (s) => s.put(item)); } catch { /* kept in the page */ }
      return item;
    },
    async all() { try { return await run("readonly", (s) => s.getAll()); } catch { return []; } },
    async remove(seq) { try { await run("readwrite", (s) => s.delete(seq)); } catch { /* sent twice is once */ } },
  };
}

// Older phones have no such signal: there the network's own time-out counts.
export const within = (ms) => AbortSignal.timeout?.(ms);

// POST JSON. Never throws: status 0 means that nothing is known of the other side.
export async function post(url, body, timeoutMs = 12000) {
  try {
    const answer = await fetch(url, {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body), signal: within(timeoutMs), referrerPolicy: "no-referrer",
    });
    const data = await answer.json().catch(() => ({}));
    return { status: answer.status, data, retryS: Number(answer.headers.get("Retry-After")) || 0 };
  } catch {
    return { status: 0, data: {}, retryS: 0 };
  }
}

// Worth sending again unchanged: no answer, overload, or a server that is recovering.
export const again = (status) => status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;

export const uuid = () => crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

export const words = JSON.parse(document.getElementById("kata").textContent);
// Times are the city's, whatever the clock of the phone says.
export const cityTime = (iso, more = {}) => new Date(iso)
  .toLocaleTimeString("id-ID", { timeZone: words.zone, hour: "2-digit", minute: "2-digit", ...more }).replaceAll(".", ":");
export const say = (key, params = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");
