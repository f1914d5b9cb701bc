// The engine's work: it can be cancelled, and what stops it does not stop the page.

import assert from "node:assert/strict";
import path from "node:path";

import { journey, setting } from "./lib/journey.mjs";

const samples = setting("PGPARITY_SAMPLES");
const other = path.join(samples, "production.json");

/** Does something to the worker's world, so that the next file is read in another way. */
const spoil = (walk, how) => walk.page.workers()[0].evaluate(how);

await journey({}, async (walk) => {
  await walk.open();
  await walk.get("start-sample").click();
  await walk.get("tree").waitFor();
  await walk.page.locator("[data-testid=row][data-id^='table:']").first().click();
  await walk.get("detail").waitFor();
  const counts = () => walk.get("count").evaluateAll((all) => all.map(({ dataset }) => dataset.count));
  const before = await counts();
  const shown = await walk.get("detail").getAttribute("data-id");
  const alive = async (when) => {
    await walk.get("tree").waitFor();
    await walk.get("busy").waitFor({ state: "detached" });
    assert.deepEqual(await counts(), before, when);
    await walk.get("nav-plan").click();
    await walk.get("step").first().waitFor();
    await walk.get("nav-compare").click();
    await walk.get("tree").waitFor();
    assert.equal(await walk.get("detail").getAttribute("data-id"), shown, when);
  };

  // A file that never ends is given up.
  await spoil(walk, () => {
    Blob.prototype.stream = () => new ReadableStream({});
  });
  await walk.get("nav-start").click();
  await walk.get("file-input").setInputFiles(other);
  await walk.get("busy").waitFor();
  await walk.page.waitForTimeout(300);
  await walk.shot("busy");
  await walk.audit("a job that takes long");
  const time = await walk.page.evaluate(async () => {
    const start = performance.now();
    document.querySelector("[data-testid=cancel]").click();
    while (!document.querySelector("[data-testid=status]").textContent.includes("Cancelled")) {
      await new Promise(requestAnimationFrame);
    }
    return performance.now() - start;
  });
  console.log(`cancel answers within ${time.toFixed(0)} ms`);
  assert.ok(time < 1000, `cancel took ${time} ms`);
  await walk.get("nav-compare").click();
  await alive("after cancelling");

  // A worker that dies is started again, and the page goes on.
  await walk.forbidden(/killed/, async () => {
    await spoil(walk, () => setTimeout(() => { throw new Error("killed"); }));
    await walk.get("status").getByText("was started again").waitFor();
  });
  await alive("after the worker died");

  // A file that kills the worker is named, and not tried again.
  await walk.forbidden(/broken file/, async () => {
    await spoil(walk, () => {
      Blob.prototype.stream = () => {
        setTimeout(() => { throw new Error("broken file"); });
        return new ReadableStream({});
      };
    });
    await walk.get("nav-start").click();
    await walk.get("file-input").setInputFiles(other);
    await walk.get("error").getByText("broken file").waitFor();
  });
  assert.equal(await walk.get("error").count(), 1);
  await walk.audit("a file that stopped the engine");
  await walk.get("nav-compare").click();
  await alive("after the bad file");

  // A question that kills the worker is not asked again before somebody says so.
  await walk.forbidden(/bad question/, async () => {
    await spoil(walk, () => {
      globalThis.postMessage = () => setTimeout(() => { throw new Error("bad question"); });
    });
    await walk.get("nav-plan").click();
    await walk.get("halted").getByText("bad question").waitFor();
  });
  await walk.page.waitForTimeout(500);
  assert.ok(await walk.get("halted").isVisible(), "nothing is asked by itself");
  await walk.shot("halted");
  await walk.audit("a question that stopped the engine");
  await walk.get("go-on").click();
  await walk.get("step").first().waitFor();
  await walk.get("nav-compare").click();
  await alive("after the bad question");
});
