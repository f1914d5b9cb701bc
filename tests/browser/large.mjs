// The largest files: one of 200 MB is read, with progress, while the page answers; one above the
// limit is refused at once. PGPARITY_MEGABYTES asks for another size.

import assert from "node:assert/strict";
import { mkdtemp, open, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { snapshot } from "./lib/big.mjs";
import { say } from "./lib/figures.mjs";
import { journey } from "./lib/journey.mjs";
import { memory, watch, watched } from "./lib/measure.mjs";

const megabytes = Number(process.env.PGPARITY_MEGABYTES ?? 200);
const folder = await mkdtemp(path.join(os.tmpdir(), "pgparity-large-"));
const [large, huge] = ["large.json", "huge.json"].map((name) => path.join(folder, name));

/** Writes a snapshot of about that size; returns how large it is. */
async function write(file, bytes) {
  const columns = 15;
  const small = 1000;
  const tables = Math.round((bytes / snapshot({ tables: small, columns, state: 0 }).length) * small);
  const text = snapshot({ tables, columns, state: 0 });
  const handle = await open(file, "w");
  await handle.writeFile(text);
  await handle.close();
  return text.length;
}

/** A file of that size that takes no room. */
async function hollow(file, bytes) {
  const handle = await open(file, "w");
  await handle.truncate(bytes);
  await handle.close();
}

try {
  const size = await write(large, megabytes * 1e6);
  await hollow(huge, 600 << 20);
  await journey({}, async (walk) => {
    walk.page.setDefaultTimeout(600_000);
    await walk.open();
    await walk.get("drop-zone").waitFor();
    const resting = memory();
    let most = resting;
    const sampling = setInterval(() => {
      most = Math.max(most, memory());
    }, 1000);
    await watch(walk.page);
    const start = Date.now();
    await walk.get("file-input").setInputFiles(large);
    await walk.get("status").getByText("is read").waitFor();
    const { longest, stages } = await watched(walk.page);
    say("one file", `${(size / 1e6).toFixed(0)} MB`);
    say("read", Date.now() - start);
    say("longest block of the main thread", longest, 50);
    // The copy for a reload is made beside.
    await walk.page.waitForTimeout(5000);
    clearInterval(sampling);
    const used = most - resting;
    say("memory at most", `${used} MB, ${((used * 1e6) / size).toFixed(1)} times the file (aim 5)`);
    for (const stage of ["Reading", "Parsing"]) {
      const told = stages.filter(({ words }) => words.startsWith(stage) && !words.endsWith("…"));
      say(`${stage}, told`, `${told.length} times`);
      assert.ok(told.length >= Math.min(5, megabytes / 20), `${stage}: ${JSON.stringify(told)}`);
      assert.ok(told.every(({ words }) => /\d %$/.test(words)), JSON.stringify(told));
    }
    assert.ok(used * 1e6 < 8 * size + 300e6, `${used} MB for ${size} bytes`);

    // What is too large is refused before it is read, and what is there stays.
    const before = Date.now();
    await walk.get("file-input").setInputFiles(huge);
    await walk.get("error").getByText("512 MB").waitFor();
    say("refused", Date.now() - before);
    assert.equal(await walk.get("error").count(), 1);
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
