// Starts the application in the page, and the engine in a worker, from one and the same module.
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
  const show = (error) => {
    document.getElementById('failure').hidden = false;
    const text = document.getElementById('failure-message');
    text.textContent ||= String(error?.message ?? error);
  };
  addEventListener('error', (event) => show(event.error ?? event.message));
  addEventListener('unhandledrejection', (event) => show(event.reason));

  const policy = globalThis.trustedTypes?.createPolicy('pgparity', {
    createScriptURL(url) {
      if (url !== import.meta.url) throw new TypeError(`not a script of this page: ${url}`);
      return url;
    },
  });
  const script = policy?.createScriptURL(import.meta.url) ?? import.meta.url;
  const worker = new Worker(script, { type: 'module', name: 'pgparity' });
  worker.addEventListener('error', (event) => show(event.message ?? 'The worker did not start.'));
  const loaded = new Promise((resolve) => {
    worker.addEventListener('message', resolve, { once: true });
  });
  worker.postMessage(glueLink.href);
  globalThis.pgparityStartWorker = (module) => {
    worker.postMessage(module);
    return worker;
  };

  const module = WebAssembly.compileStreaming(
    fetch(wasmLink.href, { integrity: wasmLink.integrity, credentials: 'same-origin' }),
  );
  const glue = await import(glueLink.href);
  // Nothing is requested any more once the page can be used.
  await loaded;
  await glue.default({ module_or_path: await module });
}
