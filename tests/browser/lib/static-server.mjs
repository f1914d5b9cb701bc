// Serves a folder on loopback, as any host of static files would, and keeps a log of the requests.

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Starts the server.
 * @param {string} folder what to serve; a `_headers` file in it adds response headers, to all files (`/*`) or to one
 * @returns {Promise<{origin: string, log: string[], close: () => Promise<void>}>}
 */
export async function serve(folder) {
  const root = path.resolve(folder);
  const rules = await readHeaders(path.join(root, "_headers"));
  const log = [];
  const server = createServer((request, response) => {
    log.push(`${request.method} ${request.url}`);
    answer(root, rules, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    log,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function answer(root, rules, request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  let file = path.join(root, decodeURIComponent(pathname));
  if (file !== root && !file.startsWith(root + path.sep)) {
    response.writeHead(403).end();
    return;
  }
  let found = await stat(file).catch(() => null);
  if (found?.isDirectory()) {
    file = path.join(file, "index.html");
    found = await stat(file).catch(() => null);
  }
  if (!found) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    return;
  }
  const headers = Object.assign({}, rules.get("/*"), rules.get(pathname));
  const type = TYPES[path.extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "content-length": found.size, ...headers });
  createReadStream(file).pipe(response);
}

/** The headers of a `_headers` file by path, as common hosts read it. */
async function readHeaders(file) {
  const text = await readFile(file, "utf8").catch(() => "");
  const rules = new Map();
  let headers = {};
  for (const line of text.split("\n")) {
    if (line.startsWith("#") || line.trim() === "") continue;
    if (!/^\s/.test(line)) {
      headers = {};
      rules.set(line.trim(), headers);
    } else {
      const colon = line.indexOf(":");
      headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
    }
  }
  return rules;
}
