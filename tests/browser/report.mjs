// A report: one file that opens on the comparison of its own two snapshots, with its decisions.
//
// PGPARITY_REPORT is the file, PGPARITY_TITLE holds its title; the plan's script is written to
// plan.sql in PGPARITY_OUTPUT.

import assert from "node:assert/strict";
import { copyFile, readFile } from "node:fs/promises";
import path from "node:path";

import { journey, setting } from "./lib/journey.mjs";

const title = await readFile(setting("PGPARITY_TITLE"), "utf8");

await journey({ file: setting("PGPARITY_REPORT"), newcomer: true }, async (walk) => {
  await walk.open();
  assert.equal(await walk.page.evaluate(() => window.hacked), undefined);
  await walk.get("tree").waitFor();
  assert.equal(await walk.get("nav-compare").getAttribute("aria-current"), "page");
  assert.equal(await walk.get("report-title").textContent(), title);
  assert.equal(await walk.page.title(), `Compare · ${title}`);
  const told = walk.page.locator("[data-testid=migrations] [data-code=behind]");
  const steps = [3, 4, 5, 6].map((at) => `shop.000${at}_<b>step</b>`).join(", ");
  assert.match(await told.textContent(), / is 4 migrations behind .*: /);
  assert.ok((await told.textContent()).endsWith(steps), await told.textContent());
  await walk.shot("report-compare");
  await walk.audit("the report");
  assert.equal(await walk.get("tour").count(), 0, "a report begins no tour");

  await walk.quietly(async () => {
    await walk.get("nav-plan").click();
    await walk.page.locator("[data-testid=rename-card][data-answer=rename]").waitFor();
    await walk.get("step").first().waitFor();
    await walk.shot("report-plan");
    const plan = await walk.download(() => walk.get("download-script").click());
    await copyFile(plan.file, path.join(walk.output, "plan.sql"));
  });

  // What is decided afterwards is in the address, and stays there.
  await walk.page.locator("[data-testid=allow][data-hazard=DATA_LOSS]").click();
  await walk.page.locator("[data-testid=allow][data-hazard=DATA_LOSS]:checked").waitFor();
  await walk.page.reload();
  await walk.page.locator("[data-testid=allow][data-hazard=DATA_LOSS]:checked").waitFor();
  await walk.page.locator("[data-testid=rename-card][data-answer=rename]").waitFor();
  assert.equal(await walk.get("nav-plan").getAttribute("aria-current"), "page");
});
