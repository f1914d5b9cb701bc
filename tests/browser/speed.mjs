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
  const visit = async (when, open) => {
    await open();
    await walk.page.waitForFunction(() => window.usable);
    const { paint, usable } = await walk.page.evaluate(() => ({
      paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      usable: window.usable,
    }));
    assert.ok(paint, "the shell was painted");
    assert.ok(paint < usable, `${when}: the shell is there before the module`);
    return { paint, usable, unit: await yardstick(walk.page) };
  };
  const cold = await visit("cold", () => walk.open());
  within("usable, cold", cold.usable, { aim: 2000, unit: cold.unit, limit: 300 });
  const warm = await visit("warm", () => walk.page.reload());
  within("usable, warm", warm.usable, { aim: 1000, unit: warm.unit, limit: 300 });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  say("processor", "as it is");
  const whole = await visit("with the whole processor", () => walk.page.reload());
  within("shell painted", whole.paint, { aim: 200, unit: whole.unit, limit: 600 });
  say("usable", whole.usable);

  // What a click leads to, from the click to the rows on the screen.
  const sample = await walk.page.evaluate(async () => {
    const start = performance.now();
    document.querySelector("[data-testid=start-sample]").click();
    while (!document.querySelector("[data-testid=row]")) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  });
  within("the sample compared", sample, { aim: 300, unit: whole.unit, limit: 600 });
});
