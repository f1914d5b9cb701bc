// Files that are no snapshots: the page says so, by name, and goes on.

import assert from "node:assert/strict";

import { journey } from "./lib/journey.mjs";

const BAD = {
  "empty.json": "",
  "other.json": '{"name": "x"}',
  "truncated.json": '{"format": "pgparity-snapshot", "version": 1, "source": {',
  "newer.json": '{"format": "pgparity-snapshot", "version": 4000000}',
  "deep.json": "[".repeat(100_000),
  "binary.json": "\u0000\u0001\ufffd",
  '<img src=x onerror=alert(1)>.json': "{}",
};

await journey({}, async (walk) => {
  await walk.open();
  for (const [name, content] of Object.entries(BAD)) {
    const file = { name, mimeType: "application/json", buffer: Buffer.from(content) };
    await walk.get("file-input").setInputFiles(file);
    const error = walk.page.locator(`[data-testid=error][data-file=${JSON.stringify(name)}]`);
    await error.waitFor();
    assert.ok((await error.textContent()).includes(name), `the message names ${name}`);
  }
  await walk.shot("refusals");
  await walk.audit("the messages about files");
  // It still works.
  await walk.get("start-sample").click();
  await walk.get("tree").waitFor();
});
