// The watch itself: a journey passes on a good page and fails on each thing that must not happen.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

import { journey } from "./journey.mjs";

const GOOD = `<!doctype html><html lang="en"><head><title>Good</title>
  <link rel="icon" href="data:,"></head>
  <body><main><h1 data-testid="title">Good</h1></main></body></html>`;

async function walk(html, steps) {
  const dist = await mkdtemp(path.join(os.tmpdir(), "pgparity-page-"));
  try {
    await writeFile(path.join(dist, "index.html"), html);
    await writeFile(path.join(dist, "_headers"), "/*\n  X-Kept: yes\n");
    const output = path.join(dist, "output");
    await journey({ dist, output }, async (journey) => {
      await journey.open();
      await steps(journey);
    });
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
}

test("a good page passes", async () => {
  await walk(GOOD, async (journey) => {
    assert.equal(await journey.get("title").textContent(), "Good");
    await journey.audit("the good page");
    const response = await journey.page.request.get(journey.origin);
    assert.equal(response.headers()["x-kept"], "yes");
  });
});

const idle = (journey) => journey.page.waitForTimeout(100);

for (const [what, html, steps, complaint] of [
  ["a logged error", "<script>console.error('oh no')</script>", idle, /oh no/],
  ["an uncaught error", "<script>nothing.there</script>", idle, /nothing is not defined/],
  ["another host", "<img alt='' src='http://127.0.0.2:9/x.png'>", idle, /another host/],
  ["a missing file", "<script src='/missing.js'></script>", idle, /404/],
  ["an image without a text", "<img src='data:,'>", (j) => j.audit("it"), /image-alt/],
  ["a request in silence", "", (j) => j.quietly(() => j.open()), /requests while working/],
]) {
  test(`${what} fails`, async () => {
    const page = GOOD.replace("</h1>", `</h1>${html}`);
    await assert.rejects(walk(page, steps), complaint);
  });
}
