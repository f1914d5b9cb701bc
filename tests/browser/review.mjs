// Finding and reading: the search in its four ways, the width of the panes, dangers in the rows, and
// definitions with and without white space, whole lines, folds and the strip beside them.

import assert from "node:assert/strict";

import { journey } from "./lib/journey.mjs";
import { rowsOfTree } from "./lib/compare.mjs";

/** Searches, and waits until the tree follows. */
async function search(walk, text, rows) {
  await walk.get("search").fill(text);
  await walk.page.waitForFunction(
    ([wanted]) => {
      const tree = document.querySelector("[data-testid=tree]");
      const shown = document.querySelector(".shown:not([data-testid=loose])")?.textContent ?? "";
      return wanted === 0 ? !tree : tree && Number(shown.split(" ")[0]) === wanted;
    },
    [rows],
  );
}

await journey({}, async (walk) => {
  await walk.open();
  await walk.get("start-sample").click();
  await walk.get("row").first().waitFor();

  // Dangers come once the plan is made, each in words and with a form of its own.
  await walk.get("danger").first().waitFor();
  const dangers = await walk.get("danger").evaluateAll((found) => found.map(({ dataset, title }) => [dataset.risk, title]));
  for (const [risk, words] of dangers) assert.match(words, risk === "destructive" ? /^\d+ destructive/ : /^\d+ with caution$/);
  const named = await walk.page.locator("[data-testid=row]:has([data-risk=destructive])").first().textContent();
  assert.match(named, /\d+ destructive.*(not viewed|viewed)/);

  // Words, letters in order where no name has them, exactly this, a pattern, a bad pattern.
  await search(walk, "customer_timeline", 1);
  assert.ok((await rowsOfTree(walk)).some(({ id }) => id === "view:public.customer_timeline"));
  await search(walk, "cstmrtmln", 1);
  await walk.get("loose").waitFor();
  await walk.audit("compare, letters in order");
  await search(walk, '"CUSTOMER_TIMELINE"', 0);
  await search(walk, "/customer_time(line|span)$/", 1);
  assert.equal(await walk.page.locator("[data-testid=row] mark").last().textContent(), "customer_timeline");
  await walk.get("search").fill("/customer_(time/");
  await walk.get("search-problem").waitFor();
  await walk.audit("compare, a bad pattern");
  await walk.shot("search-problem");
  await walk.get("search").fill("");
  await walk.get("row").first().waitFor();

  // Filters under a name: saved and taken by keyboard, kept over a reload, forgotten with everything.
  await walk.get("filters-toggle").press("Enter");
  await walk.get("search").fill('"<b>" x');
  await walk.get("filter-set-name").fill("mine <i>");
  await walk.page.keyboard.press("Enter");
  await walk.get("filter-set").waitFor();
  await walk.audit("saved filters");
  await walk.get("filter-reset").click();
  await walk.page.reload();
  await walk.kept();
  await walk.get("row").first().waitFor();
  await walk.settled();
  await walk.get("filters-toggle").press("Enter");
  await walk.get("filter-set").press("Enter");
  await walk.get("no-match").waitFor();
  assert.equal(await walk.get("search").inputValue(), '"<b>" x');
  await walk.get("filter-set-remove").press("Enter");
  await walk.get("filter-set").waitFor({ state: "detached" });
  assert.equal(await walk.page.evaluate(() => localStorage.getItem("pgparity.filters")), null);
  await walk.get("filter-reset").click();
  await walk.get("filters-toggle").press("Enter");
  await walk.get("row").first().waitFor();

  // The panes: by keyboard to both ends, by pointer, and never out of their limits.
  const splitter = walk.get("splitter");
  const width = async () => Number(await splitter.getAttribute("aria-valuenow"));
  const drawn = () => walk.page.locator("#tree-pane").evaluate((pane) => Math.round(pane.getBoundingClientRect().width));
  const before = await width();
  await splitter.focus();
  await splitter.press("ArrowRight");
  assert.equal(await width(), before + 20);
  await walk.page.waitForFunction((wanted) => Math.abs(document.querySelector("#tree-pane").getBoundingClientRect().width - wanted) < 2, before + 20);
  for (const [key, wanted] of [["Home", 240], ["End", 560], ["Enter", before]]) {
    await splitter.press(key);
    assert.equal(await width(), wanted, key);
  }
  const box = await splitter.boundingBox();
  await walk.page.mouse.move(box.x + box.width / 2, box.y + 100);
  await walk.page.mouse.down();
  await walk.page.mouse.move(box.x + 80, box.y + 100, { steps: 4 });
  await walk.page.mouse.up();
  const dragged = await width();
  assert.ok(dragged > before + 60 && dragged < before + 100, `${dragged}`);
  assert.ok(Math.abs((await drawn()) - dragged) < 3);
  assert.ok(!walk.page.url().includes(String(dragged)), "the width is in no address");
  await walk.audit("compare, wider tree");

  // A definition: white space left out and told, long lines whole, by button and by key.
  await walk.get("search").fill("customer_timeline");
  await walk.page.locator("[data-testid=row][data-id='view:public.customer_timeline']").click();
  await walk.get("definition").waitFor();
  for (const [key, id] of [["w", "switch-w"], ["z", "switch-z"]]) {
    await walk.get(id).click();
    await walk.page.locator(`[data-testid=${id}][aria-pressed=true]`).waitFor();
    await walk.audit(`definition with ${id}`);
    if (id === "switch-w") await walk.page.getByText("White space makes no difference here").waitFor();
    await walk.page.locator("#detail-title").focus();
    await walk.page.keyboard.press(key);
    await walk.page.locator(`[data-testid=${id}][aria-pressed=false]`).waitFor();
  }
  await walk.shot("review-definition");
});
