// Offline after the first visit. The build writes the list of hashed files below.
const PRECACHE = {{precache}};

// A new build makes a new cache.
const FILES = "anxin-files-{{version}}";
// Rules outlive a build: a region that was opened once stays readable offline.
const RULES = "anxin-rules";

self.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(FILES);
    await cache.addAll([...PRECACHE, "/packs/"]);
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("anxin-") && name !== FILES && name !== RULES);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

const networkFirst = async (request, key, cacheName) => {
  const cache = await caches.open(cacheName);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(key, response.clone());
    return response;
  } catch (cause) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw cause;
  }
};

// Only a name that changes with its content may be taken from the cache unasked.
const isHashed = (pathname) => /[.-][0-9a-f]{8,}[.][a-z]+$/.test(pathname);

const cacheFirst = async (request) => {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(FILES)).put(request, response.clone());
  return response;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  // Documents of their own: kept as the page's they would take its place.
  if (pathname.startsWith("/api/") || pathname === "/help" || pathname.startsWith("/help/")) return;
  if (request.mode === "navigate") {
    event.respondWith(networkFirst(request, "/", FILES));
  } else if (pathname === "/packs/") {
    event.respondWith(networkFirst(request, "/packs/", FILES));
  } else if (pathname.startsWith("/packs/")) {
    event.respondWith(networkFirst(request, pathname, RULES));
  } else if (isHashed(pathname)) {
    event.respondWith(cacheFirst(request));
  } else {
    event.respondWith(networkFirst(request, pathname, FILES));
  }
});
