// How soon the page is there: the shell, and when it can be used, the first time and again, with a
// quarter of the processor.

import assert from "node:assert/strict";

import { say, within, yardstick } from "./lib/figures.mjs";
import { journey } from "./lib/journey.mjs";

const SLOWER = 4;

await journey({}, async (walk) => {
  const devtools = await walk.context.newCDPSession(walk.page);
  await walk.page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector("[data-testid=start-sample]")) return;
      window.usable = performance.now();
      watch.disconnect();
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  say("processor", `${SLOWER} times slower`);
  const visit = async (when, open, aim) => {
    await open();
    await walk.page.waitForFunction(() => window.usable);
    const { paint, usable } = await walk.page.evaluate(() => ({
      paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      usable: window.usable,
    }));
    assert.ok(paint, "the shell was painted");
    assert.ok(paint < usable, "the shell is there before the module");
    const unit = await yardstick(walk.page);
    within(`shell painted, ${when}`, paint, { aim: 200, unit, limit: 100 });
    within(`usable, ${when}`, usable, { aim, unit, limit: 300 });
  };
  await visit("cold", () => walk.open(), 2000);
  await visit("warm", () => walk.page.reload(), 1000);

  // What a click leads to, from the click to the rows on the screen.
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  const unit = await yardstick(walk.page);
  const sample = await walk.page.evaluate(async () => {
    const start = performance.now();
    document.querySelector("[data-testid=start-sample]").click();
    while (!document.querySelector("[data-testid=row]")) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  });
  within("the sample compared", sample, { aim: 300, unit, limit: 300 });
});
