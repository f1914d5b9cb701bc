// Reports taken from Compare and Plan, by mouse and by keyboard, of a pair of hostile snapshots: whole
// unless only what is shown is wanted, with filters, ticks and notes. The page of a report is opened.

import assert from "node:assert/strict";
import { rename } from "node:fs/promises";
import path from "node:path";

import { journey, setting } from "./lib/journey.mjs";
import { loadPair } from "./lib/compare.mjs";

const pages = {};

/** The texts are long: only the pattern is named where one is not in them. */
const says = (text, pattern) => assert.ok(pattern.test(text), `the report says ${pattern}`);

await journey({}, async (walk) => {
  /** Takes a report, by mouse or with the key, and gives its file a fixed name. */
  const take = async (id, name, { key = false } = {}) => {
    const button = walk.get(id);
    const { name: given, text, file } = await walk.download(() => (key ? button.press("Enter") : button.click()));
    assert.match(given, /^schema-(drift|sync)-[^/]+-to-[^/]+\.\w+$/u, given);
    assert.ok(given.length < 200, given);
    await walk.get("status").getByText("is downloaded").waitFor();
    const kept = path.join(walk.output, name);
    await rename(file, kept);
    return { text, file: kept };
  };

  await walk.open();
  await loadPair(walk, setting("PGPARITY_FROM"), setting("PGPARITY_TO"));
  await walk.get("row").first().waitFor();

  // A tick and a note that wants to be a formula.
  await walk.page.locator("[data-testid=row][data-change=changed]").first().click();
  await walk.get("tick").click();
  await walk.page.locator(".note summary").click();
  await walk.get("note").fill('=HYPERLINK("x")');
  await walk.get("note").blur();

  // Closed until asked for, by keyboard.
  await walk.get("exports").locator("summary").press("Enter");
  await walk.get("download-csv").waitFor();
  await walk.audit("compare with exports");
  await walk.shot("exports");
  says((await take("download-csv", "whole.csv", { key: true })).text, /no filter was set/);

  // A filter hides, and takes nothing out unless that is wanted.
  await walk.page.locator("[data-testid=count][data-status=changed]").click();
  await walk.get("filter-chip").waitFor();
  const whole = (await take("download-markdown", "whole.md")).text;
  says(whole, /The report is whole\. In the page, filters hid \d+ of \d+ differences: changed/);
  says(whole, /fingerprint.*sha256&#58;[0-9a-f]{64}.*sha256&#58;[0-9a-f]{64}/);
  says(whole, /Written by pgparity \d/);
  await walk.get("export-shown").check();
  await take("download-csv", "part.csv");
  await take("download-json", "part.json", { key: true });
  pages.part = (await take("download-html", "part.html")).file;
  await walk.page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void (window.copied = text);
  });
  await walk.get("copy-markdown").click();
  await walk.page.waitForFunction(() => window.copied?.includes("The report is not whole"));

  // The plan is whole whatever is filtered.
  await walk.get("nav-plan").click();
  await walk.get("plan-search").fill("no such step");
  await walk.page.locator("[data-testid=plan-shown][data-shown='0']").waitFor();
  await take("download-csv", "plan.csv");
  await take("download-json", "plan.json", { key: true });
  pages.plan = (await take("download-html", "plan.html")).file;
});

for (const [name, file] of Object.entries(pages)) {
  for (const colorScheme of ["light", "dark"]) {
    await journey({ file, context: { colorScheme, viewport: { width: 320, height: 640 } } }, async (walk) => {
      await walk.open();
      const found = await walk.page.evaluate(() => ({
        tags: [...new Set([...document.querySelectorAll("*")].map(({ localName }) => localName))],
        wide: document.documentElement.scrollWidth > innerWidth,
        words: document.body.innerText,
      }));
      for (const tag of ["script", "img", "svg", "iframe", "a", "form", "link"]) {
        assert.ok(!found.tags.includes(tag), `no ${tag} in ${name}`);
      }
      assert.ok(!found.wide, "320 pixels are enough");
      const broken = await walk.page.evaluate(() => {
        const words = [...document.querySelectorAll("th")].flatMap(({ firstChild: text }) =>
          [...(text?.data ?? "").matchAll(/\S+/g)].map((word) => {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            return [word[0], range.getClientRects().length];
          }),
        );
        return words.filter(([, lines]) => lines !== 1).map(([word]) => word);
      });
      assert.deepEqual(broken, [], "no word of a head is broken");
      says(found.words, name === "plan" ? /The report is whole\./ : /The report is not whole\./);
      says(found.words, /differences viewed/);
      await walk.page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await walk.audit(`the page of a report (${name}, ${colorScheme})`);
      await walk.shot(`exported-${name}-${colorScheme}`);
    });
  }
}
