// Starts the hosted page, and the engine in a worker, from one and the same module. The edition in
// one file is started by web/single/boot.js.
if (typeof document === 'undefined') {
  // In the worker: the glue is loaded at once, the compiled module comes from the page.
  const glue = new Promise((resolve, reject) => {
    addEventListener('message', ({ data }) => import(data).then(resolve, reject), { once: true });
  });
  const { default: init } = await glue;
  addEventListener('message', ({ data }) => init({ module_or_path: data }), { once: true });
  postMessage('loaded');
} else {
  const glueLink = document.querySelector('link[rel=modulepreload]');
  const wasmLink = document.querySelector('link[rel=preload][as=fetch]');
  // Only a published page names the script that keeps it for use without a network.
  const offlineName = document.querySelector('meta[name=pgparity-offline]')?.content;
  const offline = offlineName && new URL(offlineName, document.baseURI).href;

  const policy = globalThis.trustedTypes?.createPolicy('pgparity', {
    createScriptURL(url) {
      if (url !== import.meta.url && url !== offline) {
        throw new TypeError(`not a script of this page: ${url}`);
      }
      return url;
    },
  });
  const script = (url) => policy?.createScriptURL(url) ?? url;
  // A worker and the promise that it has begun to load its script.
  const begin = () => {
    const worker = new Worker(script(import.meta.url), { type: 'module', name: 'pgparity' });
    const loaded = new Promise((resolve, reject) => {
      worker.addEventListener('message', resolve, { once: true });
      worker.addEventListener('error', reject, { once: true });
    });
    worker.postMessage(glueLink.href);
    return { worker, loaded };
  };
  const first = begin();
  let next = first;
  // The first one is there already; one that takes its place later is begun when it is wanted.
  globalThis.pgparityStartWorker = (module) => {
    const { worker, loaded } = next ?? begin();
    next = null;
    // One that does not load tells the page so itself.
    loaded.then(() => worker.postMessage(module), () => {});
    return worker;
  };

  const module = WebAssembly.compileStreaming(
    fetch(wasmLink.href, { integrity: wasmLink.integrity, credentials: 'same-origin' }),
  );
  const glue = await import(glueLink.href);
  // Nothing is requested any more once the page can be used, but for what keeps it for offline use.
  await first.loaded;
  await glue.default({ module_or_path: await module });
  if (offline && navigator.serviceWorker) {
    keep(navigator.serviceWorker, script(offline)).catch((error) => {
      // A browser may forbid it, in a private window for instance. The page works all the same.
      document.documentElement.dataset.offline = 'no';
      console.info(`This page is not kept for use without a network: ${error.message}`);
    });
  }
}

// Keeps the page for use without a network, and offers a newer version when there is one. It takes
// the place of this one when a person asks for it, and at no other time.
async function keep(container, script) {
  const registration = await container.register(script, { updateViaCache: 'none' });
  const notice = document.getElementById('update');
  const tell = () => {
    notice.hidden = !(registration.waiting && container.controller);
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', tell);
  });
  document.getElementById('update-now').addEventListener('click', () => {
    container.addEventListener('controllerchange', () => location.reload(), { once: true });
    registration.waiting?.postMessage('take over');
  });
  // "Forget everything": what is kept here goes too. A new visit keeps the page again.
  globalThis.pgparityForget = async () => {
    const ours = (name) => name.startsWith(`pgparity ${registration.scope} `);
    const emptied = async () => {
      await Promise.all((await caches.keys()).filter(ours).map((name) => caches.delete(name)));
      await registration.unregister();
    };
    // A browser that is busy with another tab does the rest later.
    const late = new Promise((resolve) => setTimeout(resolve, 1000));
    try {
      await Promise.race([emptied(), late]);
    } finally {
      location.replace(location.pathname);
    }
  };
  tell();
  await container.ready;
  document.documentElement.dataset.offline = 'ready';
}
