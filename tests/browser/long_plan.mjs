// A plan of thousands of steps: the page stays light in each of its windows, every step can be reached, and
// the script has all of them.
//
// PGPARITY_FROM and PGPARITY_TO are the snapshots; PGPARITY_EXPECTED holds the least number of steps.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { loadPair } from "./lib/compare.mjs";
import { journey, setting } from "./lib/journey.mjs";

const [from, to] = [setting("PGPARITY_FROM"), setting("PGPARITY_TO")];
const least = Number(await readFile(setting("PGPARITY_EXPECTED"), "utf8"));

async function light(walk, where) {
  const elements = await walk.page.evaluate(() => document.querySelectorAll("*").length);
  assert.ok(elements < 2500, `${elements} elements ${where}`);
}

await journey({}, async (walk) => {
  await walk.open();
  await walk.get("drop-zone").waitFor();
  await loadPair(walk, from, to);
  await walk.get("nav-plan").click();
  await walk.get("step").first().waitFor({ timeout: 60_000 });
  const [, steps] = (await walk.get("plan-shown").textContent()).match(/of (\d+) steps/);
  assert.ok(Number(steps) >= least, `${steps} steps`);
  await light(walk, "in the first window");
  await walk.audit("a long plan");
  await walk.shot("long-plan");

  const pager = walk.get("pager").first();
  const at = (window) => walk.page.locator(`[data-testid=pager][data-window="${window}"]`).first().waitFor();
  const last = Number(await pager.getAttribute("data-windows")) - 1;
  await pager.getByTestId("pager-next").click();
  await at(1);
  await light(walk, "in the second window");
  await pager.getByTestId("pager-last").click();
  await at(last);
  await light(walk, "in the last window");
  await walk.page.locator(`[data-testid=step][data-step="${steps}"]`).waitFor();

  // Why the last step is where it is leads to a step of another window.
  await walk.page.locator(`[data-testid=step][data-step="${steps}"]`).getByTestId("step-why").click();
  await walk.get("why-before").locator("button").first().click();
  await walk.page.locator(".step.wanted").waitFor();
  assert.notEqual(await walk.page.locator(".step.wanted").getAttribute("data-step"), steps);

  const script = await walk.download(() => walk.get("download-script").click());
  assert.ok(script.text.includes(`${steps} of ${steps} steps are in this script.`));
});
