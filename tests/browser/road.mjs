// The road through the page: two snapshots in, the drift by name, a decision, the plan out.
//
// PGPARITY_FROM and PGPARITY_TO are the snapshots, PGPARITY_EXPECTED lists the columns that differ
// as the servers tell them; the plan and the decisions are
// written to plan.sql and decisions.json in PGPARITY_OUTPUT.

import assert from "node:assert/strict";
import { copyFile, readFile } from "node:fs/promises";
import path from "node:path";

import { columns, loadPair, rowsOfTree } from "./lib/compare.mjs";
import { journey, setting } from "./lib/journey.mjs";

const [from, to] = [setting("PGPARITY_FROM"), setting("PGPARITY_TO")];
const expected = JSON.parse(await readFile(setting("PGPARITY_EXPECTED"), "utf8"));
const labels = await Promise.all(
  [from, to].map(async (file) => {
    const { source } = JSON.parse(await readFile(file, "utf8"));
    return source.label ?? source.database;
  }),
);

await journey({}, async (walk) => {
  await walk.open();
  await walk.get("drop-zone").waitFor();
  await walk.shot("1-start");
  await walk.audit("the start");

  await loadPair(walk, from, to);
  await walk.get("side-from").getByText(labels[0]).waitFor();
  await walk.get("side-to").getByText(labels[1]).waitFor();
  await walk.shot("2-compare");
  await walk.audit("the comparison");
  await walk.quietly(async () => {
    const rows = await rowsOfTree(walk);
    assert.deepEqual(columns(rows, "missing"), expected.missing, "columns that are missing");
    assert.deepEqual(columns(rows, "extra"), expected.extra, "columns that are extra");

    const [column] = expected.missing;
    await walk.get("search").fill(column.split(".").at(-1));
    await walk.page.locator(`[data-testid=row][data-id="${column}"]`).click();
    await walk.page.locator(`[data-testid=detail][data-id="${column}"]`).waitFor();
    await walk.shot("3-detail");
    await walk.audit("the detail of a column");
    await walk.get("search").fill("");

    await walk.get("nav-plan").click();
    const card = walk.page.locator(
      "[data-testid=rename-card]" +
        "[data-from='table:public.customer_notes'][data-to='table:public.customer_remarks']",
    );
    await card.waitFor();
    assert.equal(await card.getAttribute("data-answer"), "open", "nobody has decided yet");
    assert.equal(await walk.get("download-decisions").count(), 0, "no decision, no file of them");
    await walk.shot("4-plan-undecided");
    await walk.audit("the plan before a decision");
    assert.ok((await withheld(walk)) > 0, "steps that lose data are withheld");

    // The page shows a choice when its worker has made the new plan, so it is clicked and awaited.
    await card.getByTestId("answer-rename").click();
    await walk.page.locator("[data-testid=rename-card][data-answer=rename]").waitFor();
    await walk.page.locator("[data-testid=allow][data-hazard=DATA_LOSS]").click();
    await walk.page.locator("[data-testid=allow][data-hazard=DATA_LOSS]:checked").waitFor();
    await walk.page.waitForFunction(
      () => !document.querySelector("[data-testid=step]:is([data-state=withheld], [data-state=blocked])"),
    );
    await walk.shot("5-plan-decided");
    await walk.audit("the plan after the decision");

    const plan = await walk.download(() => walk.get("download-script").click());
    assert.match(plan.name, /^schema-sync-.+-to-.+\.sql$/);
    assert.match(plan.text, /RENAME TO customer_remarks/);
    await copyFile(plan.file, path.join(walk.output, "plan.sql"));
    const decisions = await walk.download(() => walk.get("download-decisions").click());
    assert.match(decisions.name, /^rename-decisions-.+-to-.+\.json$/);
    await copyFile(decisions.file, path.join(walk.output, "decisions.json"));
  });
});

async function withheld(walk) {
  await walk.get("step").first().waitFor();
  return walk.page.locator("[data-testid=step][data-state=withheld]").count();
}
