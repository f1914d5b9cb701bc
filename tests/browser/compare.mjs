// Comparing: every filter leads back to where it began, counts add up under each, a group of the same
// change, ignore rules hide as much as they say, and a review by one key alone. The sample is used.

import assert from "node:assert/strict";

import { journey } from "./lib/journey.mjs";
import { count, rowsOfTree } from "./lib/compare.mjs";

/** The numbers below the tree: what is shown, of how many. */
async function shown(walk) {
  const words = await walk.page.locator(".shown").textContent();
  const [, matching, objects] = words.match(/(\d+) of (\d+) objects/);
  return { matching: Number(matching), objects: Number(objects) };
}

/** Waits until as many objects are shown. */
async function settle(walk, matching) {
  await walk.page.locator(".shown, [data-testid=no-match]").filter({ hasText: matching }).waitFor();
}

const STATUSES = ["missing", "extra", "changed", "renamed", "same"];
const total = async (walk) => Number(await walk.get("count-total").getAttribute("data-count"));
const viewed = async (walk) => ({ ...(await walk.get("viewed").evaluate(({ dataset }) => ({ ...dataset }))) });
const toggle = (walk, status) =>
  walk.page.locator(`[data-testid=count][data-status=${status}]`).click();

await journey({}, async (walk) => {
  await walk.open();
  await walk.get("start-sample").click();
  await walk.get("row").first().waitFor();
  const before = (await rowsOfTree(walk)).map(({ key }) => key);
  const { objects } = await shown(walk);
  assert.equal(objects, await total(walk), "the tree and the strip count the same objects");

  // Each status alone shows as many as it says; off again, all is as it was.
  for (const status of STATUSES) {
    const wanted = await count(walk, status);
    if (wanted === 0) continue;
    await toggle(walk, status);
    await settle(walk, `${wanted} of ${objects} objects shown`);
    await walk.page.locator(`[data-testid=filter-chip][data-value=${status}]`).click();
    await walk.get("filter-chip").waitFor({ state: "detached" });
    await settle(walk, /objects shown/);
  }
  const sum = (await Promise.all(STATUSES.map((status) => count(walk, status)))).reduce((a, b) => a + b);
  assert.equal(sum, objects, "together the counts are all objects");
  await walk.page.waitForFunction((rows) => document.querySelector("[data-testid=tree]")?.dataset.rows === rows, `${before.length}`);
  assert.deepEqual((await rowsOfTree(walk)).map(({ key }) => key), before, "off and on restores exactly");

  // Filters by risk, by pattern; a tree without rows names what hides them.
  await walk.get("filters-toggle").click();
  await walk.get("rules").waitFor();
  await walk.audit("compare with filters");
  await walk.page.locator("[data-testid=filter-risk][data-value=destructive]").click();
  await walk.page.waitForFunction(() => location.hash.includes("risk=destructive"));
  await walk.get("filter-glob").fill("nowhere.*");
  await walk.get("filter-glob").press("Enter");
  await walk.get("no-match").getByText("risk destructive, names nowhere.*").waitFor();
  await walk.audit("compare without a match");
  await walk.get("no-match").getByRole("button").click();
  await walk.get("row").first().waitFor();
  assert.ok(!walk.page.url().includes("names="));

  // What differs in nothing but one sort of thing: hidden, or shown alone.
  const listed = await shown(walk);
  const sorts = await walk.get("filter-without").evaluateAll((all) =>
    all.map((button) => ({ name: button.dataset.value, count: Number(button.querySelector("small").textContent) })),
  );
  assert.ok(sorts.some(({ name }) => name === "privileges"), "somewhere in the sample only privileges differ");
  for (const { name, count: only } of sorts) {
    const press = (id) => walk.page.locator(`[data-testid=${id}][data-value=${name}]`).click();
    await press("filter-without");
    await settle(walk, `${listed.matching - only} of ${objects} objects shown`);
    await walk.page.waitForFunction((name) => location.hash.includes(`without=${name}`), name);
    await walk.get("filter-chip").filter({ hasText: "hidden: nothing but" }).waitFor();
    await press("filter-alone");
    await settle(walk, `${only} of ${objects} objects shown`);
    await walk.page.waitForFunction((name) => location.hash.endsWith(`?alone=${name}`), name);
    assert.equal(await walk.get("filter-chip").count(), 1, "one sort is hidden or shown alone, not both");
    if (name === "privileges") await walk.shot("compare-privileges-alone");
    await walk.get("filter-chip").click();
    await settle(walk, `${listed.matching} of ${objects} objects shown`);
  }

  // Rules: each hides as many differences as it said, and nothing is lost.
  const all = await total(walk);
  const rules = await walk.get("rule").evaluateAll((labels) => labels.map(({ dataset }) => ({ ...dataset })));
  assert.ok(rules.some((rule) => Number(rule.count) > 0), "the sample has something to ignore");
  for (const { rule, count: differences } of rules) {
    const box = walk.page.locator(`[data-testid=rule][data-rule=${rule}] input`);
    await box.click();
    const said = `${differences} difference${differences === "1" ? "" : "s"} hidden by 1 rule`;
    await walk.get("hidden-by").getByText(said).waitFor();
    const hidden = walk.page.locator("[data-testid=count][data-status=hidden]");
    const wholly = (await hidden.count()) ? Number(await hidden.getAttribute("data-count")) : 0;
    const counted = (await Promise.all(STATUSES.map((status) => count(walk, status)))).reduce((a, b) => a + b);
    assert.equal(counted + wholly, all, `all objects are counted with the rule ${rule}`);
    assert.equal(await total(walk), all);
    assert.ok(walk.page.url().includes(`ignore=${rule}`));
    await walk.page.keyboard.press("Control+z");
    if (await box.isChecked()) await walk.get("hidden-by").waitFor({ state: "detached" });
    assert.ok(!(await box.isChecked()), "undo covers rules");
  }
  const told = rules.find((rule) => Number(rule.count) > 0);
  await walk.page.locator(`[data-testid=rule][data-rule=${told.rule}] input`).click();
  await walk.get("hidden-by").waitFor();
  await walk.audit("compare with a rule");
  await walk.shot("compare-rules");
  await walk.get("rules-off").click();
  await walk.get("hidden-by").waitFor({ state: "detached" });
  await walk.get("filters-toggle").click();

  // The views show the same objects; the same change is one group, open to its members.
  const { matching } = await shown(walk);
  for (const view of ["kind", "change", "risk", "same"]) {
    await walk.get("view").selectOption(view);
    await walk.page.locator(`[data-testid=row][data-key^='${view}/']`).first().waitFor();
    await settle(walk, `${matching} of ${objects} objects shown`);
    await walk.audit(`compare by ${view}`);
    await walk.shot(`compare-by-${view}`);
  }
  const groups = walk.page.locator("[data-testid=row][aria-level='1']");
  const first = await groups.first().getAttribute("data-key");
  const members = (await rowsOfTree(walk)).filter(({ key }) => key.startsWith(`${first}/`));
  assert.ok(members.length > 1, "the first group has several members");
  await walk.get("view").selectOption("schema");
  await walk.page.locator("[data-testid=row][data-key^='schema/']").first().waitFor();
});

// A review by one key: every object is seen once, then nothing is left; undo brings the last one back.
await journey({}, async (walk) => {
  await walk.open();
  await walk.get("start-sample").click();
  await walk.get("row").first().waitFor();
  const { total: differences } = await viewed(walk);
  assert.ok(Number(differences) > 10);
  for (let turn = 0; turn <= Number(differences); turn += 1) {
    const now = await viewed(walk);
    if (now.viewed === now.total) break;
    await walk.page.keyboard.press("v");
    await walk.page.waitForTimeout(60);
  }
  await walk.page.locator(`[data-testid=viewed][data-viewed='${differences}']`).waitFor();
  await walk.audit("compare, all viewed");
  await walk.shot("compare-viewed");
  await walk.page.keyboard.press("Control+z");
  await walk.page.locator(`[data-testid=viewed]:not([data-viewed='${differences}'])`).waitFor();
  await walk.page.keyboard.press("]");
  await walk.page.locator("[data-testid=tick][aria-pressed=false]").waitFor();
  await walk.page.keyboard.press("v");
  await walk.page.locator(`[data-testid=viewed][data-viewed='${differences}']`).waitFor();

  // Only what nobody has looked at: nothing is left, and the tree says why.
  await walk.page.keyboard.press("f");
  await walk.get("filter-unviewed").check();
  await walk.get("no-match").getByText("only unviewed").waitFor();
  await walk.get("filter-reset").click();

  // A note, kept while other objects are read, undone like a decision.
  await walk.page.locator("[data-testid=row][data-change=changed]").first().click();
  await walk.page.locator(".note summary").click();
  await walk.get("note").fill("ask Ann");
  await walk.get("note").blur();
  await walk.audit("compare with a note");
  await walk.page.locator("[data-testid=row][data-change=missing]").first().click();
  await walk.page.locator("[data-testid=row][data-change=changed]").first().click();
  await walk.page.waitForFunction(() => document.querySelector("[data-testid=note]")?.value === "ask Ann");
  await walk.page.keyboard.press("Control+z");
  await walk.get("status").getByText("Undone: the note on").waitFor();

  // The palette: an object by letters of its name, a definition by its words, a place; by keyboard.
  await walk.page.keyboard.press("Control+k");
  await walk.get("palette-field").waitFor();
  await walk.page.keyboard.type("cstmrtmln");
  await walk.get("choice").getByText("public.customer_timeline").first().waitFor();
  await walk.audit("the palette");
  await walk.shot("palette");
  await walk.page.keyboard.press("Enter");
  await walk.page.locator("[data-testid=detail][data-id='view:public.customer_timeline']").waitFor();
  await walk.get("palette").waitFor({ state: "hidden" });
  await walk.page.keyboard.press("Control+k");
  await walk.get("palette-field").waitFor();
  await walk.page.keyboard.type("union all");
  await walk.page.locator("[data-testid=palette-counts]:not([data-in-definitions='0'])").waitFor();
  await walk.page.keyboard.press("Escape");
  await walk.get("palette").waitFor({ state: "hidden" });
  await walk.page.keyboard.press("Control+k");
  await walk.get("palette-field").waitFor();
  await walk.page.keyboard.type("plan");
  await walk.get("choice").getByText("Plan", { exact: true }).first().waitFor();
  await walk.page.keyboard.press("Enter");
  await walk.get("step").first().waitFor();
});
