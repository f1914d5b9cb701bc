// The pictures of the documentation: each place, at the width of a desk and of a phone, light and
// dark, with the sample that the page brings. The same page gives the same bytes on one machine.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { journey } from "./lib/journey.mjs";

const sample = async (name) =>
  JSON.parse(await readFile(new URL(`../../web/samples/${name}.json`, import.meta.url), "utf8"));

/** A sample as it might have been elsewhere, or on another day: with these tables of the other one. */
function variant(document, label, day, other, tables = []) {
  const made = structuredClone(document);
  made.source.label = label;
  if (day) Object.assign(made.source, { captured_at: `2026-${day}T06:00:00Z`, database: "shop" });
  for (const name of tables) {
    const at = made.objects.table.findIndex((table) => table.name === name);
    made.objects.table[at] = other.objects.table.find((table) => table.name === name);
  }
  const hashed = JSON.stringify([made.objects, made.unmodelled ?? []]);
  made.fingerprint = `sha256:${createHash("sha256").update(hashed).digest("hex")}`;
  const buffer = Buffer.from(JSON.stringify(made));
  return { name: `${label}-${day ?? ""}.json`, mimeType: "application/json", buffer };
}

const [production, development] = [await sample("production"), await sample("development")];

const WIDTHS = {
  "": { viewport: { width: 1280, height: 800 } },
  "phone-": { viewport: { width: 375, height: 760 }, hasTouch: true },
};

const PLACES = {
  start: async (walk) => {
    await walk.open();
    await walk.get("drop-zone").waitFor();
  },
  compare: async (walk) => {
    await walk.get("start-sample").click();
    await walk.get("tree").waitFor();
    await walk.get("search").fill("price");
    await walk.page.locator('[data-testid=row][data-id="column:public.products.price"]').click();
    await walk.page.locator('[data-testid=detail][data-id="column:public.products.price"]').waitFor();
    // On a phone the detail takes the place of the tree.
    if (await walk.get("search").isVisible()) {
      await walk.get("search").fill("");
      await walk.page.locator("[data-testid=row][data-change=missing]").first().waitFor();
    }
  },
  plan: async (walk) => {
    await walk.get("nav-plan").click();
    await walk.get("step").first().waitFor();
  },
  explore: async (walk) => {
    await walk.get("nav-explore").click();
    await walk.get("card").first().waitFor();
  },
  environments: async (walk) => {
    await walk.get("nav-start").click();
    await walk.get("file-input").setInputFiles([
      variant(production, "eu-west"),
      variant(production, "eu-north"),
      variant(production, "us-east", null, development, ["customers", "shipments"]),
      variant(development, "staging"),
    ]);
    await walk.get("nav-environments").click();
    await walk.page.getByText("staging").first().waitFor();
    await walk.get("matrix-summary").waitFor();
  },
};

/** The history of one database needs a page of its own. */
async function history(walk) {
  await walk.open();
  await walk.get("file-input").setInputFiles([
    variant(production, "production", "11-02"),
    variant(production, "production", "11-09", development, ["products"]),
    variant(production, "production", "11-16", development, ["products", "shipments", "suppliers"]),
    variant(development, "production", "11-20"),
  ]);
  await walk.get("nav-history").click();
  await walk.get("lane-filter").fill("products");
  await walk.page.locator("[data-testid=lane]").filter({ hasText: "public.products" }).first().click();
  await walk.page.locator("[data-testid=blame-line]").first().waitFor();
}

/** A picture of the page as it stands. */
async function take(walk, name) {
  // A message about what was just done goes away by itself; focus and caret are no subject.
  await walk.page.waitForFunction(() => !document.querySelector("[data-testid=status]")?.textContent);
  await walk.page.evaluate(() => document.activeElement?.blur());
  await walk.page.evaluate(() => document.fonts.ready);
  await walk.page.mouse.move(0, 0);
  await walk.shot(name);
}

for (const [width, device] of Object.entries(WIDTHS)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = { ...device, colorScheme, reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC" };
    await journey({ context }, async (walk) => {
      for (const [place, arrive] of Object.entries(PLACES)) {
        await arrive(walk);
        await take(walk, `${width}${place}-${colorScheme}`);
      }
    });
    await journey({ context }, async (walk) => {
      await history(walk);
      await take(walk, `${width}history-${colorScheme}`);
    });
  }
}
