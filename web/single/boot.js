// Starts the page in one file, and the engine in a worker. The glue stands before this text in the
// same script; the module, and the snapshots of a report, stand in data blocks, as base64.
if (typeof document === 'undefined') {
  addEventListener('message', ({ data }) => __wbg_init({ module_or_path: data }), { once: true });
} else {
  start();
}

async function start() {
  // This script's own text is the worker's; only this one address may be started. A worker that is a
  // module would not start from a disk, where nothing has an origin.
  const text = document.getElementById('program').textContent;
  const own = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const policy = globalThis.trustedTypes?.createPolicy('pgparity', {
    createScriptURL(url) {
      if (url !== own) throw new TypeError(`not a script of this page: ${url}`);
      return url;
    },
  });
  globalThis.pgparityStartWorker = (module) => {
    const worker = new Worker(policy?.createScriptURL(own) ?? own, { name: 'pgparity' });
    worker.postMessage(module);
    return worker;
  };

  const report = block('report');
  if (report) {
    globalThis.pgparityEmbedded = {
      ...JSON.parse(new TextDecoder().decode(report)),
      from: new Blob([block('from')]),
      to: new Blob([block('to')]),
    };
  }
  const engine = await inflated(block('engine'));
  await __wbg_init({ module_or_path: await WebAssembly.compile(engine) });
}

/** The content of a data block; `null` where there is none. */
function block(name) {
  const text = document.getElementById(`data-${name}`)?.textContent;
  return text === undefined ? null : Uint8Array.from(atob(text.trim()), (c) => c.charCodeAt(0));
}

function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}
