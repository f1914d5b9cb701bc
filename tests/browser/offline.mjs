// The hosted page without a network, and how a newer version takes its place.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { journey, setting } from "./lib/journey.mjs";

const dist = setting("PGPARITY_DIST");

await journey({ edition: "hosted" }, async (walk) => {
  await walk.open();
  await walk.get("drop-zone").waitFor();
  await walk.unplug();
  const response = await walk.page.reload();
  assert.ok(response.fromServiceWorker(), "the page comes out of the browser's own storage");
  const policy = response.headers()["content-security-policy"];
  assert.match(policy, /connect-src 'self'.*frame-ancestors 'none'/, "with its headers");
  await walk.get("start-sample").click();
  await walk.get("tree").waitFor();
  await walk.get("nav-plan").click();
  await walk.get("step").first().waitFor();
  const script = await walk.download(() => walk.get("download-script").click());
  assert.match(script.text, /ALTER TABLE/);
  await walk.shot("offline");
});

// A copy of the page is published anew while somebody uses it.
const copy = await mkdtemp(path.join(os.tmpdir(), "pgparity-dist-"));
try {
  await cp(dist, copy, { recursive: true });
  await journey({ dist: copy, edition: "hosted" }, async (walk) => {
    const generation = () => walk.page.locator("html").getAttribute("data-generation");
    const caches = () => walk.page.evaluate(() => caches.keys());
    await walk.open();
    const [first] = await caches();
    assert.ok(await walk.get("update").isHidden(), "nothing is newer");

    await publish(copy);
    await walk.page.reload();
    await walk.get("update").waitFor();
    assert.equal(await generation(), null, "the old version until somebody asks for the new one");
    await walk.audit("the notice of a new version");
    await walk.shot("update");
    await walk.page.reload();
    assert.equal(await generation(), null, "a reload is no request for the new one");

    await walk.get("update").click();
    await walk.page.locator("html[data-generation=next]").waitFor();
    await walk.get("drop-zone").waitFor();
    assert.ok(await walk.get("update").isHidden());
    await walk.page.waitForFunction(async () => (await caches.keys()).length === 1);
    assert.notEqual((await caches())[0], first, "the files of the old version are gone");
  });
} finally {
  await rm(copy, { recursive: true, force: true });
}

/** Puts a page into the folder that differs in one attribute, as a later build would. */
async function publish(folder) {
  const [index, script] = ["index.html", "offline.js"].map((name) => path.join(folder, name));
  const old = await readFile(index, "utf8");
  const page = old.replace("<html ", '<html data-generation="next" ');
  const digest = (text) => `sha384-${createHash("sha384").update(text).digest("base64")}`;
  const worker = (await readFile(script, "utf8"))
    .replace(digest(old), digest(page))
    .replace(/VERSION = '\w+'/, "VERSION = 'next'");
  assert.ok(page !== old && worker.includes(digest(page)), "the copy differs from the original");
  await writeFile(index, page);
  await writeFile(script, worker);
}
