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

// What stops the page itself shows a panel, which works without the rest of the page. Its report has nothing of
// a schema in it: not what stands in quotes, not what the address holds, no path of a disk.
const secret = "index 7 is out of range: `payroll.\"it's\"` of 'payroll'";
const told = (report) => {
  assert.match(report, /^pgparity \d+\.\d+\.\d+\nwhat: index 7 is out of range: …\nwhere: #\/compare\nedition: /);
  assert.match(report, /\nbrowser: .+\nwindow: \d+ × \d+\nwhen: \d{4}-/);
  assert.ok(!report.includes("payroll") && !report.includes("orders") && !report.includes("/home"), report);
};

await journey({}, async (walk) => {
  await walk.page.addInitScript(() => {
    navigator.clipboard.writeText = async (text) => {
      if (globalThis.refused) throw new Error("not allowed");
      globalThis.copied = text;
    };
  });
  await walk.open("/compare?q=orders");
  await walk.get("start-sample").click();
  await walk.get("tree").waitFor();
  assert.ok(await walk.get("recovery").isHidden());
  await walk.forbidden(/out of range|a later one/, async () => {
    await walk.page.evaluate((secret) => {
      setTimeout(() => {
        const error = new Error(secret);
        error.stack = `Error: ${secret}\n    at f (file:///home/somebody/pgparity.html:1:2)`;
        throw error;
      });
    }, secret);
    await walk.get("recovery").waitFor();
    await walk.page.evaluate(() => void setTimeout(() => { throw new Error("a later one"); }));
  });
  assert.equal(await walk.page.locator("#failure-message").textContent(), secret, "the first failure, and all of it");
  await walk.page.waitForFunction(() => document.getElementById("failure").getBoundingClientRect().top < innerHeight / 2);
  await walk.audit("a page that has stopped");
  await walk.shot("failure");
  told(await walk.get("failure-report").textContent());
  const file = await walk.download(() => walk.get("failure-download").press("Enter"));
  assert.equal(file.name, "pgparity-failure.txt");
  told(file.text);
  assert.match(file.text, /\n +at f \(pgparity\.html:1:2\)/);
  await walk.get("failure-copy").press("Enter");
  await walk.get("failure-said").getByText("copied").waitFor();
  assert.equal(await walk.page.evaluate(() => globalThis.copied), file.text);
  await walk.page.evaluate(() => Object.assign(globalThis, { refused: true }));
  await walk.get("failure-copy").press("Enter");
  await walk.get("failure-said").getByText("by hand").waitFor();
  await walk.page.setViewportSize({ width: 320, height: 640 });
  const [wide, room] = await walk.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `the panel is ${wide} wide in ${room}`);
  await walk.get("recovery").getByRole("button", { name: "Reload" }).click();
  await walk.get("row").first().waitFor();
  assert.ok(await walk.get("recovery").isHidden());
});

// An engine that cannot be started again shows the same panel.
await journey({}, async (walk) => {
  await walk.open();
  await walk.get("start-sample").click();
  await walk.get("tree").waitFor();
  await walk.page.evaluate(() => {
    globalThis.pgparityStartWorker = () => { throw new Error("no more workers"); };
  });
  await walk.forbidden(/killed/, async () => {
    await spoil(walk, () => setTimeout(() => { throw new Error("killed"); }));
    await walk.get("recovery").waitFor();
  });
  await walk.get("failure-report").getByText("no more workers").waitFor();
  await walk.audit("an engine that has stopped for good");
  await walk.get("recovery").getByRole("button", { name: "Reload" }).click();
  await walk.get("row").first().waitFor();
});
