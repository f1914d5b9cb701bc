// History: a folder of exports of one server between migrations. The timeline tells what happened and
// what is not known, blame names for each part the snapshot that brought it, and any two are compared.
// `PGPARITY_EXPORTS` is the folder, `PGPARITY_EXPECTED` what blame has to say.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { journey, setting } from "./lib/journey.mjs";

const exports = setting("PGPARITY_EXPORTS");
const expected = JSON.parse(await readFile(setting("PGPARITY_EXPECTED"), "utf8"));

const focused = (walk, selector) =>
  walk.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

/** Opens the folder and goes to History by keyboard. */
async function arrive(walk, moments) {
  await walk.open();
  await walk.get("folder-input").setInputFiles(exports);
  await walk.get("nav-history").waitFor();
  // The place is there with two snapshots; the others are still being read.
  await walk.page.waitForFunction(() => !document.querySelector("[data-testid=busy]"));
  await walk.page.locator("main.history").waitFor();
  await walk.page.keyboard.press("g");
  await walk.page.keyboard.press("h");
  await focused(walk, "h1");
  await walk.page.waitForFunction(
    (count) => document.querySelectorAll("[data-testid=moment]").length === count,
    moments,
  );
}

/** What blame says of each part: `{id: {brought, before, changed, gone}}`. */
function blamed(walk) {
  return walk.get("blame-line").evaluateAll((lines) =>
    Object.fromEntries(
      lines.map(({ dataset: { id, brought, before, changed, gone } }) => [
        id,
        { brought: Number(brought), before: before === "true", changed: Number(changed ?? 0), gone: Number(gone ?? 0) },
      ]),
    ),
  );
}

async function withoutSidewaysScrolling(walk, name) {
  const sideways = await walk.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(sideways, 0, `${name} scrolls sideways`);
}

await journey({ context: { viewport: { width: 1360, height: 900 } } }, async (walk) => {
  await arrive(walk, expected.tallies.length + 1);

  // The timeline counts, and says what is not known.
  const tallies = await walk.get("step").evaluateAll((steps) => steps.map((step) => step.dataset.tally));
  assert.deepEqual(tallies, expected.tallies);
  await walk.get("gap").getByText("which was first is not known").waitFor();
  await walk.get("gap").getByText("no snapshot for 60 days").waitFor();
  assert.equal(await walk.get("unplaced").count(), 1);

  // By keyboard alone: to the lanes, through them, and blame follows.
  await walk.page.keyboard.press("/");
  await focused(walk, "#lane-filter");
  await walk.page.keyboard.type("orders.total");
  await walk.page.waitForFunction(() => location.hash.includes("lanes=orders.total"));
  await walk.page.keyboard.press("Escape");
  await focused(walk, "[role=listbox]");
  await walk.page.waitForFunction(() => {
    const lanes = [...document.querySelectorAll("[data-testid=lane]")];
    return lanes.length > 0 && lanes.every((lane) => lane.dataset.id.includes("orders.total"));
  });
  // A check of that column matches too: down to the column itself.
  const column = "column:public.orders.total";
  const lane = `[data-testid=lane][data-id="${column}"]`;
  const above = await walk.get("lane").evaluateAll(
    (lanes, id) => lanes.findIndex((one) => one.dataset.id === id),
    column,
  );
  for (let press = 0; press <= above; press += 1) {
    await walk.page.keyboard.press("ArrowDown");
    await walk.page
      .locator(`[data-testid=lane][aria-selected=true] >> nth=0`)
      .waitFor();
  }
  await walk.page.locator(`${lane}[aria-selected=true]`).waitFor();
  await walk.page.waitForFunction(() => {
    const list = document.querySelector("[role=listbox]");
    return document.getElementById(list.getAttribute("aria-activedescendant"))?.ariaSelected === "true";
  });
  await walk.get("blame-of").getByText("public.orders").waitFor();
  const said = await blamed(walk);
  for (const [id, wanted] of Object.entries(expected.blame)) assert.deepEqual(said[id], wanted, id);
  await walk.get("blame-gap").first().waitFor();
  await walk.page.keyboard.press("F6");
  await focused(walk, "#blame-title");
  await walk.shot("history-light");
  await walk.audit("History, an object chosen");
  await withoutSidewaysScrolling(walk, "History");

  // The address brings back what was looked at.
  assert.ok(decodeURIComponent(walk.page.url()).includes(`at=${column}`));

  // One step, then all of them.
  await walk.get("lane-reset").click();
  await walk.get("step-only").nth(1).click();
  await walk.page.waitForFunction(() => location.hash.includes("point=3"));
  const lanes = walk.page.locator("[data-testid=lane]");
  await walk.get("lanes-shown").getByText(`${expected.at_three} of`).waitFor();
  assert.equal(await lanes.count(), expected.at_three);
  await walk.get("lane-reset").click();

  // Any two are compared, and it is said.
  await walk.get("moment").nth(0).getByTestId("lay-from").click();
  await walk.get("moment").nth(2).getByTestId("lay-to").click();
  await walk.get("moment").nth(2).locator("[data-testid=lay-to][aria-pressed=true]").waitFor();
  await walk.get("status").getByText("2026-03-03").waitFor();
  await walk.get("compare-chosen").click();
  await walk.get("tree").waitFor();
  await walk.page.locator(`[data-testid=row][data-id="${column}"][data-change=changed]`).waitFor();
  // The selection is the same everywhere.
  await walk.page.locator(`[data-testid=detail][data-id="${column}"]`).waitFor();
});

for (const [name, context] of Object.entries({
  dark: { colorScheme: "dark", viewport: { width: 1000, height: 800 } },
  phone: { viewport: { width: 320, height: 640 }, hasTouch: true },
  contrast: { forcedColors: "active", viewport: { width: 1280, height: 800 } },
})) {
  await journey({ context }, async (walk) => {
    await arrive(walk, expected.tallies.length + 1);
    await walk.get("lane").first().click();
    await walk.get("blame-line").first().waitFor();
    await walk.page.screenshot({ path: `${walk.output}/history-${name}.png`, fullPage: true });
    await walk.audit(`History, ${name}`);
    await withoutSidewaysScrolling(walk, name);
  });
}
