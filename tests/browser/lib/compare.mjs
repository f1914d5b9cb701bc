// What the journeys do with the page: load snapshots, read the tree, decide, take the plan.

import assert from "node:assert/strict";

/** Loads the two snapshots, from first, and waits for the comparison. */
export async function loadPair(walk, from, to) {
  for (const [slot, file] of [["slot-from", from], ["slot-to", to]]) {
    await walk.get("file-input").setInputFiles(file);
    await walk.page.locator(`[data-testid=${slot}][data-filled=true], [data-testid=tree]`).waitFor();
  }
  if (await walk.get("tree").isHidden()) await walk.get("nav-compare").click();
  await walk.get("tree").waitFor();
}

/** Every row of the tree, from top to bottom: `{id, change, text}`; groups have no id. */
export async function rowsOfTree(walk) {
  const tree = walk.get("tree");
  const total = Number(await tree.getAttribute("data-rows"));
  const rows = new Map();
  const read = async () => {
    const shown = await walk.get("row").evaluateAll((elements) =>
      elements.map(({ dataset, textContent }) => ({
        key: dataset.key,
        id: dataset.id,
        change: dataset.change,
        text: textContent,
      })),
    );
    for (const row of shown) rows.set(row.key, row);
  };
  await read();
  for (let turn = 0; rows.size < total; turn += 1) {
    assert.ok(turn < total, `only ${rows.size} of ${total} rows come into view`);
    await tree.hover();
    await walk.page.mouse.wheel(0, 300);
    await walk.page.waitForTimeout(50);
    await read();
  }
  return [...rows.values()];
}

/** The identities of the columns whose rows carry this status. */
export function columns(rows, change) {
  const found = rows.filter(({ id, change: status }) => id?.startsWith("column:") && status === change);
  return found.map(({ id }) => id).sort();
}

/** The number that the page shows for a status. */
export async function count(walk, status) {
  const button = walk.page.locator(`[data-testid=count][data-status=${status}]`);
  return Number(await button.getAttribute("data-count"));
}
