// The plan as a person works with it: steps turned off and on with what they need, chips that explain,
// filters that hide and take nothing out, the way back, a script that can run again; by mouse, then by
// keyboard.
//
// PGPARITY_FROM and PGPARITY_TO are the snapshots. Written to PGPARITY_OUTPUT: there.sql and back.sql, the
// page's script with steps off and its way back; whole.sql, whole-back.sql, again.sql, each as the program
// writes it; decisions.json.

import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import path from "node:path";

import { loadPair } from "./lib/compare.mjs";
import { journey, setting } from "./lib/journey.mjs";

const [from, to] = [setting("PGPARITY_FROM"), setting("PGPARITY_TO")];

/** Downloads the script and keeps it under a name. */
async function keep(walk, name) {
  const script = await walk.download(() => walk.get("download-script").click());
  await copyFile(script.file, path.join(walk.output, name));
  return script;
}

/** The step of this number. */
const step = (walk, number) => walk.page.locator(`[data-testid=step][data-step="${number}"]`);

/** Waits for the step of this number to be in this state. */
const state = (walk, number, wanted) =>
  walk.page.locator(`[data-testid=step][data-step="${number}"][data-state=${wanted}]`).waitFor();

const status = (walk, text) => walk.get("status").getByText(text).waitFor();

const focused = (walk, selector) =>
  walk.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

/** The number of a step that others need, and of one that is off by itself. */
async function numbers(walk) {
  return walk.get("step").evaluateAll((steps) => {
    const said = (one) => one.querySelector(".state").textContent;
    const included = steps.filter(({ dataset }) => dataset.state === "included");
    const needed = included.find((one) => said(one).startsWith("Turning it off also"));
    const alone = included.filter((one) => said(one) === "").at(-1);
    return { needed: needed.dataset.step, alone: alone.dataset.step };
  });
}

async function decide(walk) {
  await walk.get("nav-plan").click();
  const cards = walk.get("rename-card");
  await cards.first().waitFor();
  for (let at = 0; at < (await cards.count()); at += 1) {
    await cards.nth(at).getByTestId("answer-rename").click();
    await walk.page.waitForFunction(
      (nth) => document.querySelectorAll("[data-testid=rename-card]")[nth]?.dataset.answer === "rename",
      at,
    );
  }
  await walk.page.locator("[data-testid=allow][data-hazard=DATA_LOSS]").click();
  await walk.page.waitForFunction(
    () => !document.querySelector("[data-testid=step]:is([data-state=withheld], [data-state=blocked])"),
  );
}

await journey({}, async (walk) => {
  await walk.open();
  await walk.get("drop-zone").waitFor();
  await loadPair(walk, from, to);
  await decide(walk);
  const decisions = await walk.download(() => walk.get("download-decisions").click());
  await copyFile(decisions.file, path.join(walk.output, "decisions.json"));
  const whole = await keep(walk, "whole.sql");

  // A chip tells what it means here, for how long, what is safer, and where the manual tells more.
  const chips = walk.page.locator(".chips button");
  for (const kind of ["chip", "hazard"]) {
    const chip = walk.get(kind).first();
    await chip.click();
    await walk.page.locator(`[data-testid=${kind}][aria-expanded=true]`).waitFor();
    await walk.get("opened").getByText("PostgreSQL manual").waitFor();
    if (kind === "hazard") {
      await walk.get("opened").getByText("Safer").waitFor();
      await walk.shot("plan-chip");
      await walk.audit("an open chip");
    }
    await chip.click();
    await walk.get("opened").waitFor({ state: "detached" });
  }
  assert.ok((await chips.count()) > 3, "steps have chips");

  // Why a step is where it is; its checks.
  await walk.get("step-why").last().click();
  await walk.get("why").locator("li").first().waitFor();
  await walk.audit("why a step is here");
  await walk.get("step-checks").first().click();
  await walk.get("opened").getByText(/Before:|Afterwards:/).first().waitFor();
  await walk.audit("the checks of a step");
  await walk.page.locator("[data-testid=post-checks] summary").click();
  await walk.get("post-check").first().waitFor();
  const checks = await walk.download(() => walk.get("download-post-checks").click());
  assert.match(checks.name, /\.post-checks\.sql$/);
  assert.match(checks.text, /not as the plan leaves it/);
  await walk.audit("the checks after the plan");
  assert.ok((await walk.get("loss").count()) > 0, "what cannot be taken back is summed up");

  // The risks: how long tables are closed, and a row for each change, which leads to its steps.
  await walk.get("risk-summary").getByText("changes by risk").waitFor();
  await walk.get("downtime").getByText("waiting for locks comes on top").waitFor();
  await walk.page.locator("[data-testid=risk] summary").first().click();
  const levels = await walk.get("risk-row").evaluateAll((rows) => rows.map((row) => row.dataset.level));
  const order = ["high", "medium", "low"].map((level) => levels.filter((other) => other === level));
  assert.ok(levels.length > 3 && new Set(levels).size > 1, `${levels}`);
  assert.deepEqual(levels, order.flat(), "the riskiest come first");
  await walk.shot("plan-risk");
  await walk.audit("the risks of the plan");
  const risky = walk.get("risk-step").first();
  const riskiest = (await risky.textContent()).match(/\d+/)[0];
  await risky.click();
  await focused(walk, `[data-step="${riskiest}"].step`);
  await walk.page.keyboard.press("Escape");
  // The window of steps went along.
  const first = walk.get("pager-first").first();
  if (await first.isVisible()) await first.click();
  await step(walk, 1).waitFor();

  // Off: the chain by name, kept first, then off too; on again with what it needs; undone.
  const { needed, alone } = await numbers(walk);
  const toggle = step(walk, needed).getByTestId("step-toggle");
  await toggle.click();
  await walk.get("leaving").getByTestId("leaving-step").first().waitFor();
  const chain = await walk.get("leaving-step").evaluateAll((items) => items.map((item) => item.value));
  await walk.shot("plan-leaving");
  await walk.audit("the question before a step is turned off");
  await walk.get("leaving-keep").click();
  await walk.get("leaving").waitFor({ state: "hidden" });
  assert.equal(await step(walk, needed).getAttribute("data-state"), "included", "kept");
  assert.ok(await toggle.isChecked(), "kept");
  await toggle.click();
  await walk.get("leaving-off").getByText(`Also off (${chain.length})`).waitFor();
  await walk.get("leaving-off").click();
  await state(walk, needed, "off");
  await status(walk, `Step ${needed} is off; also off, which need it: `);
  for (const number of chain) await state(walk, number, "blocked");
  await walk.get("download-script").getByText(`(1 turned off, ${chain.length} waiting for these)`).waitFor();
  await step(walk, chain.at(-1)).getByTestId("step-toggle").click();
  await state(walk, needed, "included");
  await status(walk, `Step ${chain.at(-1)} is on; also on, which it needs: ${needed} `);
  await walk.page.keyboard.press("Control+z");
  await state(walk, needed, "off");

  // Filters hide and take nothing out.
  const off = await keep(walk, "there.sql");
  const steps = Number((await walk.get("plan-shown").textContent()).match(/of (\d+) steps/)[1]);
  await walk.get("plan-search").fill("customer_remarks");
  await walk.page.waitForFunction(
    (all) => Number(document.querySelector("[data-testid=plan-shown]").dataset.shown) < all,
    steps,
  );
  await walk.audit("a filtered plan");
  assert.equal((await keep(walk, "filtered.sql")).text, off.text, "a filter takes nothing out");
  await walk.get("plan-filter-reset").click();
  await walk.page.locator(`[data-testid=plan-shown][data-shown="${steps}"]`).waitFor();
  for (const filter of ["filter-verb", "filter-hazard", "filter-lock"]) {
    await walk.get(filter).selectOption({ index: 1 });
    await walk.page.locator(`[data-testid=plan-shown]:not([data-shown="${steps}"])`).waitFor();
    assert.equal((await keep(walk, "filtered.sql")).text, off.text, `${filter} takes nothing out`);
    await walk.get("plan-filter-reset").click();
    await walk.page.locator(`[data-testid=plan-shown][data-shown="${steps}"]`).waitFor();
  }

  // The way back of this script leaves alone what the script does not do.
  await walk.get("way-back").click();
  await walk.page.locator("[data-testid=way-back-of]:not([data-left-out='0'])").waitFor();
  await walk.page.locator("[data-testid=note][data-code=not_restored]").first().waitFor();
  await walk.shot("plan-back");
  await walk.audit("the way back");
  const back = await keep(walk, "back.sql");
  assert.match(back.name, /^schema-sync-.+\.sql$/);
  assert.match(back.text, /-- Withheld:/);

  // All steps on: the way back is that of the program, and so is the script that can run again.
  await walk.get("way-there").click();
  await walk.get("all-steps-on").click();
  await state(walk, needed, "included");
  await walk.get("way-back").click();
  await walk.page.locator("[data-testid=way-back-of][data-left-out='0']").waitFor();
  assert.notEqual((await keep(walk, "whole-back.sql")).text, back.text);
  await walk.get("way-there").click();
  await state(walk, alone, "included");
  await walk.get("idempotent").click();
  await walk.get("lock-timeout").selectOption("5000");
  const again = await keep(walk, "again.sql");
  assert.notEqual(again.text, whole.text);
  assert.match(again.text, /lock_timeout = '5s'/);
  assert.match(walk.page.url(), /again=yes/);
});

// The same decisions by keyboard alone, on the sample of the page.
await journey({}, async (walk) => {
  await walk.page.addInitScript(() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel"]) {
      window.addEventListener(kind, () => console.error(`a pointer was used: ${kind}`), true);
    }
  });
  const press = async (...keys) => {
    for (const key of keys) await walk.page.keyboard.press(key);
  };
  const tabTo = async (selector, key = "Tab") => {
    for (let turn = 0; turn < 150; turn += 1) {
      if (await walk.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
      await press(key);
    }
    assert.fail(`Tab does not lead to ${selector}`);
  };
  await walk.open();
  await walk.get("drop-zone").waitFor();
  await tabTo("[data-testid=start-sample]");
  await press("Enter");
  await walk.get("tree").waitFor();
  await press("g", "p");
  await walk.get("step").first().waitFor();
  await focused(walk, "h1");
  await press("x");
  await status(walk, "No step has the focus");
  const { needed, alone } = await numbers(walk);
  const goTo = async (number) => {
    await walk.page.evaluate(() => document.activeElement.blur());
    await press("j");
    await focused(walk, "[data-testid=step]");
    for (let turn = 0; turn < 100; turn += 1) {
      if (await walk.page.evaluate((n) => document.activeElement.dataset.step === n, number)) return;
      await press("j");
    }
    assert.fail(`j does not lead to step ${number}`);
  };
  await goTo(alone);
  await press("x");
  await state(walk, alone, "off");
  await status(walk, `Step ${alone} is off.`);
  await press("x");
  await state(walk, alone, "included");
  await goTo(needed);
  await press("x");
  await walk.get("leaving-step").first().waitFor();
  await press("Escape");
  await walk.get("leaving").waitFor({ state: "hidden" });
  await focused(walk, `[data-step="${needed}"].step`);
  assert.equal(await step(walk, needed).getAttribute("data-state"), "included");
  await press("x");
  await walk.get("leaving-step").first().waitFor();
  await tabTo("[data-testid=leaving-off]");
  await press("Enter");
  await state(walk, needed, "off");
  await press("Control+z");
  await state(walk, needed, "included");
  await status(walk, "Undone: 1 step turned off.");
  await goTo(needed);
  await tabTo(`[data-step="${needed}"] .chips button`);
  await press("Enter");
  await walk.get("opened").waitFor();
  await press("Escape");
  await walk.get("opened").waitFor({ state: "detached" });
  await press("/");
  await focused(walk, "#plan-search");
  await walk.page.keyboard.type("index");
  await walk.page.waitForFunction(() => location.hash.includes("step=index"));
  await press("Escape");
  await tabTo("[data-testid=way-back]", "Shift+Tab");
  await press("Enter");
  await walk.get("way-back-of").waitFor();
});
