// Keeps the report form and the responder's page usable without net. Pages: network first, the
// kept copy when it fails. Own static files: by digest from the kept copy, others network first.
// Nothing else is kept: no API answer, no tracking page.
const CACHE = "siponcega-1";
const PAGES = ["/lapor", "/petugas"];
const OFFLINE = "/luring";
const WAIT_MS = 6000;

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all(["/lapor", OFFLINE].map(async (path) => keep(path, await fetch(path)))).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((keys) => Promise.all(keys.filter((key) => key !== CACHE).map((key) => caches.delete(key))))
    .then(() => self.clients.claim()));
});
// A page opened before this worker ruled asks to be kept.
self.addEventListener("message", (event) => {
  const path = event.data?.keep;
  if (PAGES.includes(path)) event.waitUntil(fetch(path).then((answer) => answer.ok && !answer.redirected && keep(path, answer)));
});
self.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, request, url));
  else if (url.pathname.startsWith("/static/") && !url.pathname.startsWith("/static/vendor/")) event.respondWith(file(request, url));
});

// A page and every static file it names.
async function keep(path, answer) {
  const cache = await caches.open(CACHE), text = await answer.clone().text();
  await cache.put(path, answer);
  for (const [, file] of text.matchAll(/"(\/static\/[^"]+)"/g)) {
    if (!await cache.match(file)) await store(cache, file, await fetch(file));
  }
}
// One version of a file is enough.
async function store(cache, request, answer) {
  if (!answer.ok) return;
  await cache.delete(request, { ignoreSearch: true });
  await cache.put(request, answer);
}
async function page(event, request, url) {
  const kept = PAGES.includes(url.pathname);
  try {
    const answer = await fetch(request, kept ? { signal: AbortSignal.timeout?.(WAIT_MS) } : {});
    if (kept && answer.ok && !answer.redirected) event.waitUntil(keep(url.pathname, answer.clone()).catch(() => undefined));
    return answer;
  } catch (error) {
    const cache = await caches.open(CACHE);
    const copy = (kept && await cache.match(url.pathname)) || await cache.match(OFFLINE);
    if (copy) return copy;
    throw error;
  }
}
async function file(request, url) {
  const cache = await caches.open(CACHE), copy = await cache.match(request);
  if (copy && url.search.startsWith("?v=")) return copy;
  try {
    const answer = await fetch(request);
    await store(cache, request, answer.clone());
    return answer;
  } catch (error) {
    if (copy) return copy;
    throw error;
  }
}
