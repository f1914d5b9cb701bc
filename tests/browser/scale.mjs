// A pair of 10,000 tables with 150,000 columns: it is read, compared and scrolled through, a question
// is cancelled, and the figures are printed. PGPARITY_TABLES asks for more or fewer tables.

import assert from "node:assert/strict";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { drift, snapshot } from "./lib/big.mjs";
import { say, within, yardstick } from "./lib/figures.mjs";
import { journey } from "./lib/journey.mjs";
import { frames, memory, watch, watched } from "./lib/measure.mjs";

const size = { tables: Number(process.env.PGPARITY_TABLES ?? 10_000), columns: 15 };
const folder = await mkdtemp(path.join(os.tmpdir(), "pgparity-scale-"));
const files = [0, 1].map((state) => path.join(folder, `${state}.json`));
for (const [state, file] of files.entries()) await writeFile(file, snapshot({ ...size, state }));
const bytes = (await stat(files[0])).size;

try {
  await journey({}, async (walk) => {
    walk.page.setDefaultTimeout(300_000);
    await walk.open();
    await walk.get("drop-zone").waitFor();
    const unit = await yardstick(walk.page);
    const resting = memory();
    await watch(walk.page);
    const start = await walk.page.evaluate(() => performance.now());
    await walk.get("file-input").setInputFiles(files);
    await walk.get("row").first().waitFor();
    const end = await walk.page.evaluate(() => performance.now());
    const { longest, stages } = await watched(walk.page);
    const comparing = stages.find(({ words }) => words.startsWith("Comparing"))?.at ?? end;
    say("one snapshot", `${(bytes / 1e6).toFixed(1)} MB, ${size.tables} tables`);
    within("load and parse both", comparing - start, { aim: 2000, unit, limit: 4000 });
    within("compare to first rows", end - comparing, { aim: 1300, unit, limit: 3000 });
    say("stages shown", `${stages.length}`);
    within("longest block of the main thread", longest, { aim: 50, unit, limit: 250 });
    say("memory", `${memory()} MB, ${resting} MB before; both files have ${((2 * bytes) / 1e6).toFixed(0)} MB`);
    assert.ok(stages.length >= 3, `progress was shown: ${JSON.stringify(stages)}`);
    const counts = {};
    for (const status of ["missing", "extra", "changed"]) {
      const button = walk.page.locator(`[data-testid=count][data-status=${status}]`);
      counts[status] = Number(await button.getAttribute("data-count"));
    }
    assert.deepEqual(counts, drift(size));

    // Everything that is called a column, equal ones too: more than a hundred thousand rows.
    const time = async (what, action) => {
      const before = Date.now();
      await action();
      say(what, Date.now() - before);
    };
    await time("equal objects too", async () => {
      await walk.page.locator("[data-testid=count][data-status=same]").click();
      await walk.get("search").fill("column_");
      const wanted = size.tables * 11;
      await walk.page.waitForFunction(
        (rows) => Number(document.querySelector("[data-testid=tree]")?.dataset.rows) >= rows, wanted);
    });
    say("rows", await walk.get("tree").getAttribute("data-rows"));
    const times = await frames(walk.page, "[data-testid=tree]");
    const ordinary = times[times.length >> 1];
    within("a frame while scrolling, median", ordinary, { aim: 17, unit, limit: 60 });
    say("a frame while scrolling, 95 % below", times[Math.floor(times.length * 0.95)], 21);
    await walk.page.waitForFunction(() => document.querySelectorAll("[data-testid=row]").length > 5);
    const nodes = await walk.page.evaluate(() => document.querySelectorAll("*").length);
    say("DOM nodes", `${nodes} (at most 2,500)`);
    assert.ok(nodes <= 2500, `${nodes} nodes`);

    await time("an object's detail", async () => {
      await walk.get("row").nth(5).click();
      await walk.get("detail").waitFor();
    });
    await walk.get("nav-plan").click();
    await time("the plan", () => walk.get("step").first().waitFor());
    await time("a decision", async () => {
      await walk.get("idempotent").check();
      await walk.page.waitForTimeout(50);
      await walk.get("busy").waitFor({ state: "detached" });
    });

    // A question is cancelled: what was there stays, and can be asked again.
    await walk.get("nav-compare").click();
    await walk.get("row").first().waitFor();
    await walk.get("busy").waitFor({ state: "detached" });
    const answered = await walk.page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      document.querySelector("[data-testid=swap]").click();
      let cancel = null;
      while (!cancel) {
        await frame();
        cancel = document.querySelector("[data-testid=cancel]");
      }
      const start = performance.now();
      cancel.click();
      while (!document.querySelector("[data-testid=status]").textContent.includes("Cancelled")) {
        await frame();
      }
      return performance.now() - start;
    });
    within("cancel answers", answered, { aim: 100, unit, limit: 500 });
    await time("open again after cancelling", async () => {
      await walk.get("busy").waitFor({ state: "detached" });
    });
    if (await walk.get("go-on").isVisible()) await walk.get("go-on").click();
    await walk.get("row").first().waitFor();
    say("memory at the end", `${memory()} MB`);
    await time("a reload", async () => {
      await walk.page.reload();
      await walk.get("row").first().waitFor();
    });
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
