// Five snapshots, one of which differs, by keyboard alone from the files to Compare: the odd one out is
// seen without colour, two columns and a cell lead to Compare, the view is in the address.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { journey } from "./lib/journey.mjs";

const PRICE = "column:public.products.price";
const sample = (name) => readFile(new URL(`../../web/samples/${name}.json`, import.meta.url), "utf8");

/** A sample under another name, as a file. */
function named(document, label) {
  const text = document.replace(/"label": "[^"]*"/, `"label": "${label}"`);
  return { name: `${label}.json`, mimeType: "application/json", buffer: Buffer.from(text) };
}

const [production, development] = [await sample("production"), await sample("development")];
const FILES = ["prod", "blue", "green", "qa"].map((label) => named(production, label));
FILES.splice(2, 0, named(development, "staging"));

const focused = (walk, selector) =>
  walk.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

async function press(walk, ...keys) {
  for (const key of keys) await walk.page.keyboard.press(key);
}

/** Presses Tab until an element that the selector finds has the focus. */
async function tabTo(walk, selector) {
  for (let turn = 0; turn < 60; turn += 1) {
    const there = await walk.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
    if (there) return;
    await walk.page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

/** Chooses the five files and waits until all of them stand side by side. */
async function five(walk, files = FILES) {
  await walk.open();
  await walk.get("file-input").setInputFiles(files);
  await walk.get("matrix-summary").getByText("staging differs from the other four").waitFor();
}

async function fits(walk, state) {
  await walk.audit(state);
  const sideways = await walk.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(sideways, 0, `${state} scrolls sideways`);
}

await journey({ context: { viewport: { width: 1280, height: 800 } } }, async (walk) => {
  await walk.page.addInitScript(() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel"]) {
      window.addEventListener(kind, () => console.error(`a pointer was used: ${kind}`), true);
    }
  });
  await five(walk);

  // Equal snapshots are one column, and the odd one out is marked by letters.
  const columns = await walk.get("matrix-column").evaluateAll((heads) =>
    heads.map(({ dataset, textContent }) => ({ ...dataset, textContent })),
  );
  assert.deepEqual(columns.map(({ count }) => count), ["4", "1"]);
  assert.match(columns[0].textContent, /4 equal: prod, blue, green, qa/);
  assert.match(columns[1].textContent, /^staging/);
  const row = walk.page.locator(`[data-testid=matrix-row][data-id="${PRICE}"]`);
  const letters = await row.locator("[role=gridcell]").allTextContents();
  assert.deepEqual(letters, ["A", "B"]);
  assert.match(await row.locator("[data-off=true]").getAttribute("aria-label"), /staging: variant B, differs from prod/);
  const grid = walk.get("matrix");
  assert.equal(await grid.getAttribute("aria-colcount"), "3");
  assert.equal(
    Number(await grid.getAttribute("aria-rowcount")),
    Number(await grid.getAttribute("data-rows")) + 3,
  );
  await walk.shot("five");
  await fits(walk, "five snapshots");

  // One way in, and the arrows from there.
  await tabTo(walk, "[data-testid=matrix] [data-spot]");
  await focused(walk, "[data-spot='3:1']");
  await press(walk, "End");
  await focused(walk, "[data-spot='3:2']");
  await press(walk, "PageDown", "PageUp", "ArrowUp", "ArrowUp");
  await focused(walk, "[data-testid=matrix-from][data-name=staging]");
  await press(walk, "Control+Home");
  await focused(walk, "[data-spot='0:0']");
  await press(walk, "Control+End");
  await walk.page.waitForFunction(
    () => document.activeElement?.closest("[role=row]")?.getAttribute("aria-rowindex") ===
      document.querySelector("[role=grid]").getAttribute("aria-rowcount"),
  );

  // A search, the order and the reference are in the address; the cell says what differs.
  await press(walk, "/");
  await focused(walk, "#find");
  await walk.page.keyboard.type("products.price");
  await walk.page.waitForFunction(() => location.hash.includes("find=products.price"));
  await walk.page.waitForFunction(() => Number(document.querySelector("[role=grid]").dataset.rows) < 5);
  await press(walk, "Escape");
  await focused(walk, "[data-testid=matrix] [data-spot]");
  await press(walk, "Control+Home", "ArrowDown", "ArrowDown", "ArrowDown", "End");
  await focused(walk, "[data-spot='3:2']");
  await walk.get("matrix-cell").getByText("→").waitFor();
  await tabTo(walk, "[data-testid=matrix-compare]");

  // Enter on a cell: Compare from that snapshot to the measure, with the object.
  await press(walk, "Shift+Tab", "Enter");
  await walk.page.locator(`[data-testid=detail][data-id="${PRICE}"]`).waitFor();
  assert.match(await walk.get("side-from").textContent(), /staging/);
  assert.match(await walk.get("side-to").textContent(), /prod/);

  // Two columns: From and To in the heads.
  await press(walk, "g", "e");
  await walk.get("matrix").waitFor();
  await focused(walk, "h1");
  await tabTo(walk, "[data-testid=matrix] [data-spot]");
  await press(walk, "Control+Home", "ArrowDown", "ArrowRight", "Enter");
  await walk.get("status").getByText("From is prod. Now choose To.").waitFor();
  await press(walk, "ArrowDown", "ArrowRight", "Enter");
  await walk.get("tree").waitFor();
  await walk.page.waitForFunction(
    () => document.querySelector("[data-testid=side-from]")?.textContent.includes("prod"),
  );
  assert.match(await walk.get("side-to").textContent(), /staging/);

  // Start lists what is open; what is removed is gone.
  await press(walk, "g", "s");
  await walk.get("shelf").waitFor();
  assert.equal(await walk.get("shelved").count(), 5);
  await walk.audit("five snapshots on the shelf");
  await tabTo(walk, "[data-testid=shelved] button[aria-label='Remove staging']");
  await press(walk, "Enter");
  await walk.page.waitForFunction(() => document.querySelectorAll("[data-testid=shelved]").length === 4);
  await press(walk, "g", "e");
  await walk.get("matrix-summary").getByText("All four snapshots are equal.").waitFor();
});

// A long list: the ends, pages, and the cell with the focus, wherever the window is.
await journey({ context: { viewport: { width: 1280, height: 800 } } }, async (walk) => {
  const long = JSON.parse(development);
  const schemas = Array.from({ length: 600 }, (_, at) => `zz${String(at).padStart(4, "0")}`);
  long.objects.schema.push(...schemas.map((name) => ({ name, owner: "postgres" })));
  const staging = named(JSON.stringify(long, null, 1), "staging");
  await five(walk, FILES.with(2, staging));
  assert.ok(Number(await walk.get("matrix").getAttribute("data-rows")) > 600);
  await walk.page.locator("[data-testid=matrix-column][data-name=staging] .forged").waitFor();
  assert.ok((await walk.get("matrix-row").count()) <= 100, "only a window is drawn");
  await walk.get("matrix-sort").selectOption("name");
  await walk.page.waitForFunction(() => location.hash.includes("sort=name"));
  await tabTo(walk, "[data-testid=matrix] [data-spot]");
  await press(walk, "Control+End");
  const last = Number(await walk.get("matrix").getAttribute("aria-rowcount")) - 1;
  await focused(walk, `[data-spot='${last}:2']`);
  await press(walk, "PageUp", "ArrowUp");
  await focused(walk, `[data-spot='${last - 13}:2']`);
  await walk.page.evaluate(() => document.querySelector("[role=grid]").scrollTo(0, 0));
  await walk.page.locator("[data-testid=matrix-row][aria-rowindex='4']").waitFor();
  await focused(walk, `[data-spot='${last - 13}:2']`);
  await press(walk, "ArrowDown");
  await focused(walk, `[data-spot='${last - 12}:2']`);
  await press(walk, "Control+Home");
  await focused(walk, "[data-spot='0:0']");
  await walk.audit("a long list");
});

for (const [name, context] of Object.entries({
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  contrast: { forcedColors: "active", viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 320, height: 640 } },
})) {
  await journey({ context }, async (walk) => {
    await five(walk);
    await walk.shot(name);
    await fits(walk, name);
    // The measure is chosen, and stays in the address.
    await walk.get("matrix-reference").selectOption("=staging");
    await walk.page.locator("[data-testid=matrix-column][data-name=staging] >> text=the reference").waitFor();
    assert.match(walk.page.url(), /reference=staging/);
    await fits(walk, `${name} with a reference`);
  });
}

// A long name breaks between its words; a word that does not fit is cut short, and the whole name is told.
await journey({ context: { viewport: { width: 360, height: 740 } } }, async (walk) => {
  const name = "production-europe_west.internationalisation";
  await walk.open();
  await walk.get("file-input").setInputFiles([named(production, "prod"), named(development, name)]);
  await walk.page.goto(`${walk.page.url().split("#")[0]}#/environments`);
  const head = walk.page.locator(`[data-testid=matrix-column][data-name="${name}"]`);
  await head.scrollIntoViewIfNeeded();
  const words = await head.locator(".words > span").evaluateAll((all) =>
    all.map((word) => ({
      text: word.textContent,
      lines: Math.round(word.offsetHeight / parseFloat(getComputedStyle(word).lineHeight)),
      cut: word.scrollWidth > word.clientWidth,
    })),
  );
  assert.deepEqual(words.map(({ text }) => text), ["production-", "europe_", "west.", "internationalisation"]);
  assert.deepEqual(words.map(({ lines }) => lines), [1, 1, 1, 1], "no word breaks");
  assert.deepEqual(words.map(({ cut }) => cut), [false, false, false, true]);
  assert.equal(await head.locator(".words").getAttribute("title"), name);
  await walk.page.getByRole("columnheader", { name: new RegExp(`^${name}`) }).waitFor();
  await walk.shot("long-name");
  await fits(walk, "a long name");
});
