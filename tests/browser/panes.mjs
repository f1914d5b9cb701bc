// The panes of Compare at every width: three side by side, the detail as a drawer, one after the other; F6 and
// Shift F6 go through them; by mouse and by keyboard, light and dark.

import assert from "node:assert/strict";

import { journey } from "./lib/journey.mjs";

const PRICE = "column:public.products.price";
const WIDTHS = { wide: [1440, 900], drawer: [1000, 760], phone: [390, 760], narrow: [320, 640] };

const focused = (walk, selector) =>
  walk.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);
const row = (walk) => walk.page.locator(`[data-testid=row][data-id="${PRICE}"]`);
const pane = (walk, name) => walk.page.locator(`[data-pane=${name}]`);
const rect = async (locator) => (await locator.boundingBox()) ?? assert.fail("it is not drawn");

async function openSample(walk) {
  await walk.open();
  await walk.get("start-sample").click();
  await walk.get("row").first().waitFor();
}

async function choosePrice(walk) {
  await walk.get("search").fill("price");
  await row(walk).click();
  await walk.page.locator(`[data-testid=detail][data-id="${PRICE}"]`).waitFor();
  await walk.get("in-plan").first().waitFor();
}

async function sound(walk, name) {
  const sideways = await walk.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(sideways, 0, `${name} scrolls sideways`);
  await walk.audit(name);
  await walk.shot(`panes-${name}`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const [name, [width, height]] of Object.entries(WIDTHS)) {
    const context = { viewport: { width, height }, colorScheme, hasTouch: width < 800 };
    await journey({ context }, async (walk) => {
      await openSample(walk);
      await sound(walk, `${name}-${colorScheme}-overview`);
      await choosePrice(walk);
      await sound(walk, `${name}-${colorScheme}-detail`);
      const shown = { tree: width >= 800, detail: true, around: true };
      for (const [which, wanted] of Object.entries(shown)) {
        assert.equal(await pane(walk, which).isVisible(), wanted, `${which} at ${width}`);
      }
      const [detail, around] = [await rect(pane(walk, "detail")), await rect(pane(walk, "around"))];
      if (width >= 1200) {
        assert.ok(around.x >= detail.x + detail.width, "the third pane stands beside");
        assert.ok(detail.width > around.width && detail.width > 500, `${detail.width} to read in`);
        assert.ok(await walk.get("detail-close").isHidden());
      } else {
        assert.ok(around.y >= detail.y + detail.height - 1, "it stands below");
      }
      if (width >= 800) {
        const tree = await rect(pane(walk, "tree"));
        assert.ok(detail.x >= tree.x + tree.width - 8, "nothing covers the tree");
        assert.ok(detail.width > tree.width, "what is read has more room");
      }
    });
  }
}

// Three panes: each scrolls by itself, F6 goes round both ways, the tree keeps its place.
await journey({ context: { viewport: { width: 1280, height: 720 } } }, async (walk) => {
  await openSample(walk);
  const { keyboard } = walk.page;
  await keyboard.press("F6");
  await focused(walk, "[data-testid=row]");
  await keyboard.press("F6");
  await focused(walk, "#totals-title");
  await keyboard.press("F6");
  await focused(walk, "#unlooked-title");
  await keyboard.press("F6");
  await focused(walk, "[data-testid=row]");
  await choosePrice(walk);
  await row(walk).focus();
  for (const target of ["#detail-title", "#around-title", "[data-testid=row]"]) {
    await keyboard.press("F6");
    await focused(walk, target);
  }
  for (const target of ["#around-title", "#detail-title", "[data-testid=row]"]) {
    await keyboard.press("Shift+F6");
    await focused(walk, target);
  }
  // While the third pane is read, another object may come by j: the focus stays in the pane.
  await walk.get("search").fill("");
  await row(walk).waitFor();
  await walk.page.locator("#around-title").focus();
  await keyboard.press("j");
  await walk.page.locator(`[data-testid=detail]:not([data-id="${PRICE}"])`).waitFor();
  assert.ok(await walk.page.evaluate(() => !document.activeElement.matches("[data-testid=row]")));
  // The whole page does not scroll.
  const page = await walk.page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  assert.ok(page <= 0, `${page}`);
});

// The drawer: it comes with an object, is shut by its button and by Esc, and comes back with the next choice.
await journey({ context: { viewport: { width: 1000, height: 760 }, reducedMotion: "reduce" } }, async (walk) => {
  const { keyboard } = walk.page;
  await openSample(walk);
  await walk.get("totals").waitFor();
  await choosePrice(walk);
  assert.ok(await walk.get("totals").isHidden());
  await walk.get("detail-close").click();
  await walk.get("detail").waitFor({ state: "hidden" });
  await walk.get("totals").waitFor();
  await focused(walk, `[data-testid=row][data-id="${PRICE}"]`);
  await walk.get("not-looked-at").waitFor();
  await sound(walk, "drawer-shut");
  // Rows are gone through while it is shut; Enter opens it.
  await walk.get("search").fill("");
  await walk.page.locator("[data-testid=row][data-change=missing]").first().waitFor();
  await row(walk).focus();
  await keyboard.press("j");
  await focused(walk, `[data-testid=row]:not([data-id="${PRICE}"])`);
  assert.ok(await walk.get("detail").isHidden(), "it stays shut");
  await keyboard.press("k");
  await focused(walk, `[data-testid=row][data-id="${PRICE}"]`);
  await keyboard.press("Enter");
  await focused(walk, "#detail-title");
  await walk.get("detail").waitFor();
  await keyboard.press("F6");
  await focused(walk, "#around-title");
  await keyboard.press("Escape");
  await walk.get("detail").waitFor({ state: "hidden" });
  await focused(walk, `[data-testid=row][data-id="${PRICE}"]`);
  // Shut, there is nothing of it to go to.
  await keyboard.press("F6");
  await focused(walk, "#totals-title");
  await row(walk).click();
  await walk.get("detail").waitFor();
});

// One pane: the tree first, then the detail, and back to the row one came from.
await journey({ context: { viewport: { width: 390, height: 760 }, hasTouch: true } }, async (walk) => {
  const { keyboard } = walk.page;
  await openSample(walk);
  assert.ok(await walk.get("tree").isVisible());
  await choosePrice(walk);
  assert.ok(await walk.get("tree").isHidden());
  await focused(walk, "#detail-title");
  await keyboard.press("F6");
  await focused(walk, "#around-title");
  await keyboard.press("F6");
  await focused(walk, "#detail-title");
  await walk.page.getByRole("button", { name: "All objects" }).click();
  await walk.get("tree").waitFor();
  await focused(walk, `[data-testid=row][data-id="${PRICE}"]`);
  assert.ok(await walk.get("detail").isHidden());
  await keyboard.press("Enter");
  await focused(walk, "#detail-title");
  await keyboard.press("Escape");
  await walk.get("tree").waitFor();
  await focused(walk, `[data-testid=row][data-id="${PRICE}"]`);
});
