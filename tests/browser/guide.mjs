// The guide for whoever reviews a promotion, step by step: every word that it prints in bold is on the page where
// the guide says so, and what it says of the sample is so. By mouse, as a release manager would.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { journey } from "./lib/journey.mjs";
import { rowsOfTree } from "./lib/compare.mjs";

const read = (name) => readFile(new URL(`../../${name}`, import.meta.url), "utf8");
const guide = await read("docs/guide.md");

/** The words in bold of each section, by its number. */
const bold = Object.fromEntries(
  guide.split(/^## /m).slice(1).flatMap((section) => {
    const number = /^(\d+)\./.exec(section)?.[1];
    const prose = section.replace(/```[^]*?```/g, "");
    const found = [...prose.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words]) => words.replaceAll(/\s+/g, " "));
    return number ? [[number, found]] : [];
  }),
);

/** What is on the page now: texts, choices, and the names of what has no text. */
const onPage = (walk) =>
  walk.page.evaluate(() => {
    const all = (selector, say) => [...document.querySelectorAll(selector)].map(say);
    const texts = [document.body.innerText, ...all("option, summary", ({ textContent }) => textContent)];
    return [...texts, ...all("[aria-label]", ({ ariaLabel }) => ariaLabel)].join("\n").replaceAll(/\s+/g, " ");
  });

/** Goes through a section of the guide: each of its words must have been seen after one of the steps. */
async function section(walk, number, ...steps) {
  assert.ok(bold[number], `the guide has a section ${number}`);
  let seen = "";
  for (const step of steps) {
    await step();
    seen += `${await onPage(walk)}\n`;
  }
  const missing = bold[number].filter((words) => !seen.toLowerCase().includes(words.toLowerCase()));
  assert.deepEqual(missing, [], `section ${number} of the guide names what is not on the page`);
}

/** A sample as a file that somebody was given. */
async function given(name, label) {
  const document = JSON.parse(await read(`web/samples/${name}.json`));
  document.source.label = label;
  // The release is a little stricter than the sample, so that a statement may fail on rows.
  const orders = document.objects.table.find((table) => table.name === "orders");
  if (name === "development") orders.columns.find((column) => column.name === "customer_comment").not_null = true;
  const hashed = JSON.stringify([document.objects, document.unmodelled ?? [], label === "production" ? "" : name]);
  document.fingerprint = `sha256:${createHash("sha256").update(hashed).digest("hex")}`;
  return { name: `${label}.json`, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(document)) };
}

await journey({ newcomer: true, context: { viewport: { width: 1280, height: 800 } } }, async (walk) => {
  const get = (id) => walk.get(id);
  await walk.open();
  await section(
    walk,
    "1",
    async () => get("drop-zone").waitFor(),
    async () => {
      await get("start-sample").click();
      await get("tour").waitFor();
      await walk.page.keyboard.press("Escape");
      await get("tour").waitFor({ state: "detached" });
      await get("nav-start").click();
      await get("drop-zone").waitFor();
    },
  );

  // Two files that somebody was given.
  await walk.page.reload();
  await get("privacy-open").click();
  await get("forget").click();
  await get("drop-zone").waitFor();
  await walk.kept();
  await section(
    walk,
    "2",
    async () => get("drop-zone").waitFor(),
    async () => {
      await get("file-input").setInputFiles([await given("production", "production"), await given("development", "development")]);
      await get("tree").waitFor();
      if ((await get("side-from").textContent()).includes("development")) await get("swap").click();
      await walk.page.locator("[data-testid=side-from]", { hasText: "production" }).waitFor();
    },
  );
  assert.equal(await get("tour").count(), 0);

  await section(walk, "3", async () => {
    await get("row").first().waitFor();
    // "Start with extra": in the sample, once the renamed table is set apart, columns that finance books to.
    await walk.page.locator("[data-testid=count][data-status=extra]").click();
    await walk.page.locator("[data-testid=count][data-status=extra][aria-pressed=true]").waitFor();
    await walk.page.locator("[data-testid=row][data-change=extra]").first().waitFor();
    await walk.page.locator("[data-testid=row][data-change=missing]").first().waitFor({ state: "detached" });
    const extra = (await rowsOfTree(walk)).filter(({ id }) => id?.startsWith("column:") && !id.includes("customer_notes"));
    assert.equal(extra.length, 3, JSON.stringify(extra));
    await walk.page.locator("[data-testid=count][data-status=extra]").click();
    await get("filters-toggle").click();
    await get("rules").waitFor();
  });
  await get("filters-toggle").click();

  await section(walk, "4", async () => {
    await walk.page.locator("[data-testid=row][data-change=changed]").first().click();
    await get("detail").waitFor();
    await get("in-plan").first().waitFor();
    for (const id of ["summary", "properties", "definition"]) await get(id).waitFor();
    await get("tick").click();
    await walk.page.locator("[data-testid=viewed]:not([data-viewed='0'])").waitFor();
    assert.match(await get("viewed").textContent(), /^\d+\/\d+ viewed$/);
  });

  await section(
    walk,
    "5",
    async () => {
      await get("nav-plan").click();
      await get("rename-card").waitFor();
    },
    async () => {
      await get("answer-rename").click();
      await walk.page.locator("[data-testid=rename-card][data-answer=rename]").waitFor();
      await get("download-decisions").waitFor();
    },
  );

  await section(
    walk,
    "6",
    async () => {
      await get("step").first().waitFor();
      await get("verdict").waitFor();
      await get("allow").first().waitFor();
    },
    async () => {
      // Writers wait for an index that is built in the simple way.
      await get("mode").selectOption("simple");
      await walk.page.locator("[data-testid=filter-hazard] option[value=BLOCKS_WRITES]").waitFor({ state: "attached" });
    },
    async () => {
      await get("mode").selectOption("auto");
      await get("way-back").click();
    },
    async () => {
      await get("way-back-of").waitFor();
      await get("way-there").click();
      await get("step").first().waitFor();
    },
  );

  await section(
    walk,
    "7",
    async () => {
      await get("idempotent").check();
      await get("lock-timeout").waitFor();
    },
    async () => {
      await walk.page.keyboard.press("Control+k");
      await get("palette-field").waitFor();
      await walk.page.keyboard.type("undo the last");
      await walk.page.keyboard.press("Enter");
      await walk.page.locator("[data-testid=idempotent]:not(:checked)").waitFor();
      await walk.page.keyboard.press("Control+k");
    },
  );
  await walk.page.keyboard.press("Escape");

  await section(
    walk,
    "8",
    async () => get("download-script").waitFor(),
    async () => {
      const { name, text } = await walk.download(() => get("download-script").click());
      assert.match(name, /\.sql$/);
      assert.match(text, /production/);
    },
    async () => {
      await get("nav-compare").click();
      await get("exports").locator("summary").click();
      await get("export-shown").waitFor();
    },
    async () => {
      await get("privacy-open").click();
      await get("privacy").waitFor();
      // From a disk nothing can be kept, and the page says so there.
      if (process.env.PGPARITY_EDITION === "single") await walk.page.getByText("nothing can be kept here").waitFor();
    },
  ).catch((error) => {
    const disk = process.env.PGPARITY_EDITION === "single" && /^section 8/.test(error.message);
    assert.ok(disk && JSON.stringify(error.actual) === '["Keep"]', error);
  });
  await walk.page.keyboard.press("Escape");

  await section(walk, "10", async () => {
    for (const place of ["explore", "environments", "history"]) {
      await get(`nav-${place}`).click();
      await walk.page.locator(`main.${place} h1`).waitFor();
    }
  });
});

// The result one wants: the goal reached, with the number of objects that were compared.
await journey({}, async (walk) => {
  await walk.open();
  await walk.get("file-input").setInputFiles([await given("development", "production"), await given("development", "goal")]);
  await section(walk, "9", async () => walk.get("no-differences").waitFor());
});
