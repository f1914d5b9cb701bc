// The tour: it begins with the sample and once, points at four controls and lets them be used, ends by Esc
// and by going elsewhere, comes back from the help and after everything was forgotten; by mouse, by keyboard
// alone, in every appearance. Files of one's own begin none; report.mjs sees that a report begins none either.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { journey } from "./lib/journey.mjs";

const STOPS = 4;
const sample = async (name) => ({
  name: `own-${name}.json`,
  mimeType: "application/json",
  buffer: await readFile(new URL(`../../web/samples/${name}.json`, import.meta.url)),
});

const focused = (walk, selector) =>
  walk.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);
const stop = (walk, number) => walk.page.locator(`[data-testid=tour][data-stop='${number}']`).waitFor();

/** The place of an element in the window, in whole pixels; of nothing where it is not drawn. */
const box = (walk, selector) =>
  walk.page.locator(selector).first().evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });

/** The places of what the page itself consists of. */
const layout = async (walk) => [await box(walk, "main"), await box(walk, ".counts"), await box(walk, "#tree-pane")];

const inside = (inner, outer) =>
  inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;

async function openSample(walk) {
  await walk.open();
  await walk.get("start-sample").click();
  await walk.get("row").first().waitFor();
}

// By mouse: all controls, nothing moves, what it points at can be used, and it does not come again.
await journey({ newcomer: true, context: { viewport: { width: 1280, height: 800 } } }, async (walk) => {
  await openSample(walk);
  await stop(walk, 1);
  await walk.get("status").getByText("Esc ends it").waitFor();
  const before = await layout(walk);
  const targets = [".pill", ".counts", "#tree-pane", ".rail a.plan"];
  for (const [at, target] of targets.entries()) {
    await stop(walk, at + 1);
    await walk.audit(`the tour, ${at + 1}`);
    await walk.shot(`tour-${at + 1}`);
    const [ring, card, control] = [await box(walk, ".tour-ring"), await box(walk, ".tour"), await box(walk, target)];
    assert.ok(inside(control, ring), `the ring is around ${target}`);
    assert.ok(inside(card, { x: 0, y: 0, width: 1280, height: 800 }), "the card is in the window");
    const apart = card.x >= control.x + control.width || card.y >= control.y + control.height;
    assert.ok(apart, `the card does not cover ${target}`);
    assert.deepEqual(await layout(walk), before, "nothing moves");
    if (at + 1 < STOPS) await walk.get("tour-next").click();
  }
  // Back, and the control that it points at does what it does.
  await walk.get("tour-back").click();
  await walk.get("tour-back").click();
  await stop(walk, 2);
  await walk.page.locator("[data-testid=count][data-status=extra]").click();
  await walk.page.locator("[data-testid=count][data-status=extra][aria-pressed=true]").waitFor();
  await stop(walk, 2);
  for (let turn = 2; turn <= STOPS; turn += 1) await walk.get("tour-next").click();
  await walk.get("tour").waitFor({ state: "detached" });

  // Never again by itself: not after a reload, not with the sample opened once more.
  await walk.page.reload();
  await walk.get("row").first().waitFor();
  assert.equal(await walk.get("tour").count(), 0, "after a reload");
  await walk.get("nav-start").click();
  await walk.get("start-sample").click();
  await walk.get("row").first().waitFor();
  await walk.get("status").getByText("From is").waitFor();
  assert.equal(await walk.get("tour").count(), 0, "with the sample once more");

  // From the help, wherever one is; another place ends it.
  await walk.get("nav-plan").click();
  await walk.get("step").first().waitFor();
  await walk.get("help-open").click();
  await walk.get("tour-start").click();
  await stop(walk, 1);
  await focused(walk, "#tour-title");
  await walk.get("nav-plan").click();
  await walk.get("tour").waitFor({ state: "detached" });
  await walk.get("nav-compare").click();
  await walk.get("row").first().waitFor();
  assert.equal(await walk.get("tour").count(), 0, "whoever goes elsewhere goes on alone");

  // Forgotten with everything else.
  await walk.get("privacy-open").click();
  await walk.get("forget").click();
  await walk.get("drop-zone").waitFor();
  await walk.kept();
  await walk.get("start-sample").click();
  await stop(walk, 1);
});

// By keyboard alone: Tab leads to it from where the place begins, Esc ends it, the help has it.
await journey({ newcomer: true }, async (walk) => {
  await walk.page.addInitScript(() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel"]) {
      window.addEventListener(kind, () => console.error(`a pointer was used: ${kind}`), true);
    }
  });
  const { keyboard } = walk.page;
  const tabTo = async (id) => {
    for (let turn = 0; turn < 80; turn += 1) {
      if (await walk.page.evaluate((wanted) => document.activeElement?.dataset.testid === wanted, id)) return;
      await keyboard.press("Tab");
    }
    assert.fail(`Tab does not lead to ${id}`);
  };
  await walk.open();
  await walk.get("drop-zone").waitFor();
  await tabTo("start-sample");
  await keyboard.press("Enter");
  await stop(walk, 1);
  await focused(walk, "h1");
  await keyboard.press("Tab");
  await focused(walk, "[data-testid=tour-next]");
  for (let at = 2; at <= STOPS; at += 1) {
    await keyboard.press("Enter");
    await stop(walk, at);
    await focused(walk, "[data-testid=tour-next]");
  }
  await keyboard.press("Tab");
  await focused(walk, "[data-testid=tour-back]");
  await keyboard.press("Space");
  await stop(walk, STOPS - 1);
  await keyboard.press("Escape");
  await walk.get("tour").waitFor({ state: "detached" });
  await focused(walk, "h1");
  await walk.get("status").getByText("The tour has ended").waitFor();

  // It leaves the keys of the page alone, and Esc ends it wherever the focus is.
  await keyboard.press("?");
  await tabTo("tour-start");
  await keyboard.press("Enter");
  await stop(walk, 1);
  await focused(walk, "#tour-title");
  await keyboard.press("j");
  await focused(walk, "[data-testid=row]");
  await stop(walk, 1);
  await keyboard.press("Escape");
  await walk.get("tour").waitFor({ state: "detached" });
  await focused(walk, "[data-testid=row]");

  // The palette has it too.
  await keyboard.press("Control+k");
  await walk.get("palette-field").waitFor();
  await keyboard.type("take the tour");
  await keyboard.press("Enter");
  await stop(walk, 1);
});

// Files of one's own begin none; with nothing open, the help opens the sample for it.
await journey({ newcomer: true }, async (walk) => {
  await walk.open();
  await walk.get("help-open").click();
  await walk.audit("the help with the tour");
  await walk.page.keyboard.press("Escape");
  await walk.get("file-input").setInputFiles(await sample("production"));
  await walk.page.locator("[data-testid=slot-from][data-filled=true], [data-testid=slot-to][data-filled=true]").waitFor();
  await walk.get("help-open").click();
  assert.ok(await walk.get("tour-start").isDisabled(), "one snapshot is not closed for it");
  await walk.page.keyboard.press("Escape");
  await walk.get("file-input").setInputFiles(await sample("development"));
  await walk.get("row").first().waitFor();
  await walk.page.waitForTimeout(300);
  assert.equal(await walk.get("tour").count(), 0, "files of one's own");
});
await journey({ newcomer: true }, async (walk) => {
  await walk.open();
  await walk.get("help-open").click();
  await walk.get("tour-start").click();
  await walk.get("row").first().waitFor();
  await stop(walk, 1);
  await focused(walk, "#tour-title");
});

// In every appearance: the card is whole and in sight, and nothing moves or scrolls sideways.
for (const [name, context] of Object.entries({
  dark: { colorScheme: "dark", viewport: { width: 1000, height: 700 } },
  still: { reducedMotion: "reduce", viewport: { width: 1440, height: 900 } },
  contrast: { forcedColors: "active", contrast: "more", viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 320, height: 640 }, hasTouch: true },
  magnified: { viewport: { width: 320, height: 256 } },
})) {
  await journey({ newcomer: true, context }, async (walk) => {
    await openSample(walk);
    for (let at = 1; at <= STOPS; at += 1) {
      await stop(walk, at);
      await walk.shot(`tour-${name}-${at}`);
      await walk.audit(`the tour, ${name}, ${at}`);
      const { width, height } = context.viewport;
      assert.ok(inside(await box(walk, ".tour"), { x: 0, y: 0, width, height }), `the card is in sight, ${name}, ${at}`);
      const sideways = await walk.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(sideways, 0, `${name} scrolls sideways`);
      await walk.get("tour-next").click();
    }
    await walk.get("tour").waitFor({ state: "detached" });
  });
}
