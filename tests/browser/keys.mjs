// The road by keyboard alone: a sample opened, an object found and read, a decision made and taken
// back, the plan downloaded. Any event of a pointer fails it.

import assert from "node:assert/strict";

import { journey } from "./lib/journey.mjs";

/** Presses Tab until an element that the selector finds has the focus. */
async function tabTo(walk, selector, key = "Tab") {
  for (let turn = 0; turn < 120; turn += 1) {
    const there = await walk.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
    if (there) return;
    await walk.page.keyboard.press(key);
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

const focused = (walk, selector) =>
  walk.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

/** Presses keys, one after the other. */
async function press(walk, ...keys) {
  for (const key of keys) await walk.page.keyboard.press(key);
}

await journey({}, async (walk) => {
  await walk.page.addInitScript(() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel"]) {
      window.addEventListener(kind, () => console.error(`a pointer was used: ${kind}`), true);
    }
  });
  await walk.open();
  await walk.get("drop-zone").waitFor();
  await tabTo(walk, "[data-testid=start-sample]");
  await press(walk, "Enter");
  await walk.get("tree").waitFor();
  await focused(walk, "h1");

  // Down the tree, and back by its ends.
  await walk.get("row").first().waitFor();
  await press(walk, "F6");
  await focused(walk, "[data-testid=row]");
  await press(walk, "End");
  await walk.page.waitForFunction(() => {
    const { activeElement: row } = document;
    return row?.dataset.testid === "row" && !row.nextElementSibling;
  });
  await press(walk, "Home");
  await focused(walk, "[data-testid=row][aria-level='1']");
  await press(walk, "j", "j");
  await focused(walk, "[data-testid=row][data-id]");
  await walk.get("detail").waitFor();
  await press(walk, "Enter");
  await focused(walk, "#detail-title");
  await press(walk, "F6");
  await focused(walk, "#around-title");
  await press(walk, "F6");
  await focused(walk, "[data-testid=row]");

  // Search, leave the field, look at what was found.
  await press(walk, "/");
  await focused(walk, "#search");
  await walk.page.keyboard.type("customer");
  await walk.page.waitForFunction(() => location.hash.includes("q=customer"));
  await press(walk, "Escape");
  await focused(walk, "[data-testid=row]");

  // The plan: a decision, undone, made again.
  await press(walk, "g", "p");
  await walk.get("step").first().waitFor();
  await focused(walk, "h1");
  await press(walk, "r");
  await focused(walk, ".rename-card input");
  const card = (answer) => walk.page.locator(`[data-testid=rename-card][data-answer=${answer}]`);
  await press(walk, "Space");
  await card("rename").waitFor();
  await press(walk, "ArrowDown");
  await card("separate").waitFor();
  await press(walk, "Control+z");
  await card("rename").waitFor();
  await press(walk, "Control+z");
  await card("open").waitFor();
  await walk.get("status").getByText("Undone").waitFor();
  await tabTo(walk, "[data-testid=allow][data-hazard=DATA_LOSS]");
  await press(walk, "Space");
  await walk.page.locator("[data-testid=allow][data-hazard=DATA_LOSS]:checked").waitFor();
  const plan = await walk.download(async () => {
    await tabTo(walk, "[data-testid=download-script]", "Shift+Tab");
    await press(walk, "Enter");
  });
  assert.match(plan.name, /^schema-sync-.+\.sql$/);

  // The map opens and closes; without single keys, those that are left still work.
  await press(walk, "?");
  await walk.get("help").waitFor();
  await walk.audit("the map of the keyboard");
  await tabTo(walk, "[data-testid=single-keys]");
  await press(walk, "Space", "Escape");
  await walk.get("help").waitFor({ state: "hidden" });
  const before = walk.page.url();
  await press(walk, "g", "c", "?");
  await walk.page.waitForTimeout(200);
  assert.equal(walk.page.url(), before, "single keys are off");
  assert.ok(await walk.get("help").isHidden(), "single keys are off");
  await press(walk, "Control+z");
  await walk.page.locator("[data-testid=allow][data-hazard=DATA_LOSS]:not(:checked)").waitFor();
});

// Links for the keyboard lead to what they name and leave the view as it is; `*` opens what stands beside a
// row; a search says how much it finds.
await journey({}, async (walk) => {
  await walk.open();
  await walk.get("start-sample").press("Enter");
  await walk.get("row").first().waitFor();
  await walk.settled();
  const before = await walk.page.evaluate(() => location.hash);
  const skips = { tree: "[data-testid=row]", detail: "#totals-title", content: "#main" };
  for (const [words, there] of Object.entries(skips)) {
    await walk.get("skip").filter({ hasText: `Skip to the ${words}` }).press("Enter");
    await focused(walk, there);
    assert.equal(await walk.page.evaluate(() => location.hash), before, words);
  }
  await walk.get("tree").waitFor();
  await press(walk, "F6");
  await focused(walk, "[data-testid=row]");
  const closed = () => walk.page.evaluate(() => document.activeElement.matches("[aria-level='3'][aria-expanded=false]"));
  for (let turn = 0; turn < 60 && !(await closed()); turn += 1) {
    const id = await walk.page.evaluate(() => document.activeElement.dataset.key);
    await press(walk, "ArrowDown");
    await walk.page.waitForFunction((before) => document.activeElement.dataset.key !== before, id);
  }
  assert.ok(await closed(), "a closed object is there");
  await press(walk, "*");
  await walk.page.waitForFunction(() => !document.querySelector("[aria-level='3'][aria-expanded=false]"));
  assert.equal(await walk.get("tree-shown").getAttribute("role"), "status");
});

// A key that is pressed before the page listens is not lost, and the browser does not take it; what is typed
// behind one that opens a field is the text of that field.
await journey({}, async (walk) => {
  const early = async (...keys) => {
    await walk.page.reload({ waitUntil: "commit" });
    await walk.page.waitForFunction(() => globalThis.pgparityKeys);
    assert.ok(await walk.page.evaluate(() => !document.querySelector(".rail")), "the page is not there yet");
    await press(walk, ...keys);
    await walk.page.evaluate(() => globalThis.goOn());
  };
  const holds = (id, text) =>
    walk.page.waitForFunction(([id, text]) => document.querySelector(`[data-testid=${id}]`)?.value === text, [id, text]);
  await walk.open();
  // The page starts when it is told to: on a fast machine it would be there before the key.
  await walk.page.addInitScript(() => {
    const told = new Promise((goOn) => Object.assign(globalThis, { goOn }));
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const start = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        await told;
        return start(...given);
      };
    }
  });
  await early("Control+k");
  await focused(walk, "[data-testid=palette-field]");
  await press(walk, "Escape");
  await walk.get("start-sample").press("Enter");
  await walk.get("row").first().waitFor();
  await walk.settled();
  await early("j");
  await focused(walk, "[data-testid=row]");

  // Letters are commands elsewhere: g and p would lead to the plan.
  await early("j", "/", "g", "p", "Backspace", "Backspace", ..."customer");
  await focused(walk, "#search");
  await holds("search", "customer");
  await walk.page.waitForFunction(() => location.hash.includes("q=customer"));
  await walk.page.locator("[data-testid=row] mark").first().waitFor();
  assert.ok(await walk.get("tree").isVisible(), "no letter was a command");
  await walk.page.keyboard.type("s");
  await holds("search", "customers");
  await early("Control+k", ..."privacy and plan", "Control+k");
  await holds("palette-field", "privacy and plan");
  await press(walk, "Control+a");
  await walk.page.keyboard.type("plan");
  await walk.get("choice").getByText("Plan", { exact: true }).first().waitFor();
});

// Where single keys are off, `/` opens no field, and what is typed behind it is no command either.
await journey({}, async (walk) => {
  await walk.open();
  await walk.get("start-sample").press("Enter");
  await walk.get("row").first().waitFor();
  await walk.settled();
  await press(walk, "?");
  await walk.get("single-keys").uncheck();
  await press(walk, "Escape");

  // The letters of a name lead to its row instead: together while they come at once, one after the other else.
  await press(walk, "F6", "Home");
  await focused(walk, "[data-testid=row][aria-level='1']");
  const name = () => walk.page.evaluate(() => document.activeElement.querySelector(".name")?.textContent);
  const rows = await walk.get("row").evaluateAll((all) => all.map((row) => row.querySelector(".name").textContent));
  const first = rows.findIndex((text, at) => at > 2 && text.length > 3);
  const wanted = rows.slice(1).find((text) => text.startsWith(rows[first].slice(0, 3)));
  await walk.page.keyboard.type(rows[first].slice(0, 3));
  await walk.page.waitForFunction((wanted) => document.activeElement.querySelector(".name")?.textContent === wanted, wanted);
  assert.equal(await name(), wanted);
  await walk.page.waitForTimeout(1100);
  const letter = wanted[0];
  const here = await walk.page.evaluate(() => [...document.querySelectorAll("[data-testid=row]")].indexOf(document.activeElement));
  const turned = [...rows.slice(here + 1), ...rows.slice(0, here + 1)].find((text) => text.startsWith(letter));
  await press(walk, letter);
  await walk.page.waitForFunction(
    ([turned, here]) => {
      const { activeElement: row } = document;
      const place = [...document.querySelectorAll("[data-testid=row]")].indexOf(row);
      return row.querySelector(".name")?.textContent === turned && place !== here;
    },
    [turned, here],
  );
  await press(walk, "?");
  assert.ok(await walk.get("help").isHidden(), "single keys are off");
});

// Other keys: chosen by keyboard, shown in the map, kept over a reload, exchanged with who had them, taken back.
await journey({}, async (walk) => {
  await walk.open();
  await walk.get("start-sample").press("Enter");
  await walk.get("row").first().waitFor();
  await walk.get("help-open").press("Enter");
  await walk.get("own-keys").locator("summary").press("Enter");
  const field = (key) => walk.page.locator(`[data-testid=own-key][data-key='${key}']`);
  const choose = async (of, key) => {
    await field(of).focus();
    await press(walk, "Control+a");
    await walk.page.keyboard.insertText(key);
    await press(walk, "Tab");
  };
  await choose("j", "k");
  await walk.page.waitForFunction(() => document.querySelector("[data-key='k']").value === "j");
  assert.equal(await field("j").inputValue(), "k");
  await choose("f", "q");
  await walk.audit("own keys");
  await walk.shot("own-keys");
  await walk.get("help").locator("kbd").filter({ hasText: /^q$/ }).waitFor();
  await walk.page.reload();
  await walk.get("row").first().waitFor();
  await walk.settled();
  await press(walk, "q");
  await walk.page.locator("[data-testid=filters-toggle][aria-expanded=true]").waitFor();
  await press(walk, "f");
  await walk.page.locator("[data-testid=filters-toggle][aria-expanded=true]").waitFor();
  await press(walk, "?");
  await walk.get("own-keys").locator("summary").press("Enter");
  await walk.get("own-keys-reset").press("Enter");
  await walk.page.waitForFunction(() => document.querySelector("[data-key='f']").value === "f");
  await press(walk, "Escape");
  await press(walk, "f");
  await walk.page.locator("[data-testid=filters-toggle][aria-expanded=false]").waitFor();
});
