// The hosted page without a network: a service worker that keeps the files of one version and
// answers with them. `cargo xtask build-web` fills in the version and the files.

const VERSION = '@VERSION@';
/** Address within the page's folder, and digest. */
const FILES = [/*@FILES@*/];

// Several pages of one host share the storage, so the name tells the folder too.
const OURS = `pgparity ${registration.scope} `;
const CACHE = OURS + VERSION;
const PAGE = new URL('./', registration.scope).href;

addEventListener('install', (event) => event.waitUntil(install()));
addEventListener('activate', (event) => event.waitUntil(activate()));

// A version waits until a person asks for it.
addEventListener('message', (event) => {
  if (event.data === 'take over') skipWaiting();
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  url.hash = '';
  if (request.mode === 'navigate') {
    url.search = '';
    if (url.href === PAGE || url.href === `${PAGE}index.html`) event.respondWith(kept(PAGE, request));
  } else if (FILES.some(([file]) => new URL(file, PAGE).href === url.href)) {
    event.respondWith(kept(url.href, request));
  }
});

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    FILES.map(async ([file, integrity]) => {
      const url = new URL(file, PAGE).href;
      // The digest keeps two versions from being mixed while a new one is being published.
      const response = await fetch(url, { integrity, cache: 'no-cache' });
      if (!response.ok) throw new Error(`${response.status}: ${url}`);
      await cache.put(url, direct(response));
    }),
  );
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
  }
  await clients.claim();
}

async function kept(url, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(url, { ignoreVary: true })) ?? fetch(request);
}

/** The same answer without the redirection that led to it, which no page may come from. */
function direct(response) {
  if (!response.redirected) return response;
  const { status, headers } = response;
  return new Response(response.body, { status, headers });
}
