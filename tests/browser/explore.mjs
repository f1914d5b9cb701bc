// Explore: the diagram of what differs and its neighbours, the same places after a swap and a reload, the
// list that says the same, what breaks when an object is dropped, all objects; by mouse, by keyboard alone,
// with thousands of tables, with hostile names, with one snapshot alone.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { journey } from "./lib/journey.mjs";

const PRODUCTS = "table:public.products";
const DESK = { viewport: { width: 1360, height: 900 } };
const text = (name) => readFile(new URL(`../../web/samples/${name}.json`, import.meta.url), "utf8");
const [SAMPLE, OTHER] = [JSON.parse(await text("production")), JSON.parse(await text("development"))];

const file = (name, document) => ({
  name: `${name}.json`,
  mimeType: "application/json",
  buffer: Buffer.from(JSON.stringify(document)),
});

/** A snapshot of tables in rings of ten, each with a foreign key to the one before it. */
function generated(label, tables, name, type) {
  const quoted = (at) => (/^[a-z0-9]+$/.test(name(at)) ? name(at) : `"${name(at).replaceAll('"', '""')}"`);
  // The same one would say that the two are equal.
  const fingerprint = SAMPLE.fingerprint.slice(0, -4) + String(1000 + label.length);
  return file(label, {
    ...SAMPLE,
    fingerprint,
    source: { ...SAMPLE.source, label },
    objects: {
      schema: [{ name: "public", owner: "o" }],
      table: Array.from({ length: tables }, (_, at) => ({
        schema: "public",
        name: name(at),
        owner: "o",
        columns: [{ name: "id", type: type(at) }],
      })),
      constraint: Array.from({ length: tables }, (_, at) => ({
        schema: "public",
        table: name(at),
        name: "above",
        constraint_type: "foreign_key",
        columns: ["id"],
        definition: "FOREIGN KEY (id) REFERENCES above(id)",
        references: `table:public.${quoted(at % 10 ? at - 1 : Math.min(at + 9, tables - 1))}`,
      })).sort((a, b) => (a.table < b.table ? -1 : 1)),
    },
  });
}

const press = async (walk, ...keys) => {
  for (const key of keys) await walk.page.keyboard.press(key);
};
const focused = (walk, selector) =>
  walk.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);
const card = (walk, id) => walk.page.locator(`[data-testid=card][data-id="${id}"]`);

/** A point of the diagram where no table and no line is. */
const ground = (walk) =>
  walk.get("canvas").evaluate((canvas) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    for (let x = left + width / 2; x < left + width - 24; x += 6) {
      for (let y = top + 24; y < top + height - 140; y += 6) {
        const around = [[0, 0], [4, 0], [-4, 0], [0, 4], [0, -4]];
        const free = around.every(([dx, dy]) => document.elementFromPoint(x + dx, y + dy)?.localName === "svg");
        if (free) return { x, y };
      }
    }
    throw new Error("no free ground in sight");
  });

/** Where every table is: `{id: "x y"}`. */
const places = (walk) =>
  walk.get("card").evaluateAll((cards) =>
    Object.fromEntries(cards.map(({ dataset: { id, at } }) => [id, at])),
  );

/** The text that the list gives to the diagram's tables and lines, by number of rows. */
const rows = async (walk) => Number(await walk.get("explore-rows").getAttribute("data-rows"));

async function withoutSidewaysScrolling(walk, name) {
  const sideways = await walk.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(sideways, 0, `${name} scrolls sideways`);
}

/** The elements of a file, in a page without a policy; fails when it is no XML. */
async function elements(walk, svg) {
  const page = await walk.context.newPage();
  try {
    return await page.evaluate((source) => {
      const document = new DOMParser().parseFromString(source, "image/svg+xml");
      const all = [...document.querySelectorAll("*")];
      return {
        names: [...new Set(all.map((one) => one.localName))],
        handlers: all.flatMap((one) => one.getAttributeNames()).filter((name) => /^on|href/.test(name)),
        texts: all.map((one) => one.textContent),
      };
    }, svg);
  } finally {
    await page.close();
  }
}

await journey({ context: DESK }, async (walk) => {
  await walk.open();
  await walk.get("start-sample").click();
  await walk.get("tree").waitFor();
  await walk.get("nav-explore").click();
  await walk.get("card").first().waitFor();
  await focused(walk, "h1");

  // What differs is marked by sign and border, not by colour alone; the list has all of it.
  const changes = await walk.get("card").evaluateAll((cards) => cards.map(({ dataset }) => dataset.change));
  for (const change of ["missing", "extra", "changed", "same"]) assert.ok(changes.includes(change), change);
  assert.match(await walk.page.locator("[data-testid=card][data-change=missing]").first().textContent(), /\+/);
  const dash = (change) =>
    walk.page
      .locator(`[data-testid=card][data-change=${change}] .box`)
      .first()
      .evaluate((box) => getComputedStyle(box).strokeDasharray);
  assert.notEqual(await dash("extra"), "none");
  assert.equal(await dash("missing"), "none");
  assert.equal(await walk.page.locator("[data-testid=card][data-change=missing] .inner").count(), changes.filter((one) => one === "missing").length);
  const wires = await walk.get("wire").count();
  assert.equal(await rows(walk), changes.length + 2 * wires);
  await walk.get("drawn-words").getByText("tables differ").waitFor();
  await walk.shot("explore-light");
  await walk.audit("Explore");
  await withoutSidewaysScrolling(walk, "Explore");

  // The places are the same after a swap, and after a reload.
  const before = await places(walk);
  await walk.get("swap").click();
  await walk.get("status").getByText("From is").waitFor();
  await walk.page.waitForFunction(
    (count) => document.querySelectorAll("[data-testid=card][data-change=extra]").length === count,
    changes.filter((one) => one === "missing").length,
  );
  assert.deepEqual(await places(walk), before, "after a swap");
  await walk.page.reload();
  await walk.kept();
  await walk.get("card").first().waitFor();
  assert.deepEqual(await places(walk), before, "after a reload");

  // A click chooses, everywhere.
  await card(walk, PRODUCTS).click();
  await walk.page.locator(`[data-testid=portrait][data-id="${PRODUCTS}"]`).waitFor();
  await walk.page.waitForFunction((id) => location.hash.includes(encodeURI(id)), PRODUCTS);
  await walk.page.locator(`.card.chosen[data-id="${PRODUCTS}"]`).waitFor();
  await walk.get("portrait").getByText("CREATE TABLE public.products").first().waitFor();
  await walk.get("explore-compare").click();
  await walk.page.locator(`[data-testid=detail][data-id="${PRODUCTS}"]`).waitFor();
  await walk.get("explore-it").click();
  await walk.page.locator(`[data-testid=portrait][data-id="${PRODUCTS}"]`).waitFor();

  // What breaks, with the reason; a row of it is chosen by a click.
  assert.ok(Number(await walk.get("fall").getAttribute("data-falls")) > 5);
  await walk.get("fall").getByText("CASCADE").waitFor();
  await walk.get("fall-rows").getByText("goes with table public.products").first().waitFor();
  await walk.get("fall-rows").getByText(/In the way: dropped with CASCADE/).waitFor();
  // The sentence below says a row in full, and not a heading again.
  assert.equal((await walk.get("row-words").textContent()).trim(), "");
  await walk.get("fall-rows").focus();
  await press(walk, "ArrowDown", "ArrowDown");
  await walk.get("row-words").getByText("goes with table public.products").waitFor();
  await walk.audit("Explore, an object chosen");

  // Steps and columns.
  await walk.get("draw-around").click();
  await walk.page.waitForFunction(() => location.hash.includes("around="));
  await walk.get("drawn-words").getByText("Drawn: public.products").waitFor();
  const near = await walk.get("card").count();
  await walk.get("explore-hops").selectOption("2");
  await walk.page.waitForFunction((count) => document.querySelectorAll("[data-testid=card]").length > count, near);
  await walk.get("explore-columns").selectOption("keys");
  await card(walk, PRODUCTS).getByText(/^PK /).waitFor();
  await walk.get("explore-columns").selectOption("all");
  await card(walk, PRODUCTS).getByText(/price/).first().waitFor();
  assert.match(walk.page.url(), /hops=2/);
  assert.match(walk.page.url(), /columns=all/);
  await walk.shot("explore-columns");
  await walk.audit("Explore with columns");

  // Size and place, by buttons and by dragging.
  const zoom = async () => Number.parseInt(await walk.get("zoom").textContent(), 10);
  const size = await zoom();
  await walk.get("zoom-in").click();
  assert.ok((await zoom()) > size);
  await walk.get("zoom-in").click();
  const left = () => walk.get("canvas").evaluate((canvas) => canvas.scrollLeft);
  await walk.get("canvas").evaluate((canvas) => canvas.scrollTo(0, 0));
  await walk.page.locator("[data-testid=pan][data-way='→']").click();
  const panned = await left();
  assert.ok(panned > 0);
  const free = await ground(walk);
  await walk.page.mouse.move(free.x, free.y);
  await walk.page.mouse.down();
  await walk.page.mouse.move(free.x - 100, free.y - 20, { steps: 4 });
  await walk.page.mouse.up();
  assert.ok((await left()) > panned);
  await walk.get("zoom-fit").click();
  assert.ok((await zoom()) <= 100);

  // The file stands by itself.
  const { name, text: svg } = await walk.download(() => walk.get("download-svg").click());
  assert.match(name, /^schema-diagram-.*\.svg$/);
  const found = await elements(walk, svg);
  assert.deepEqual(found.names.sort(), ["desc", "g", "path", "rect", "style", "svg", "text", "title"]);
  assert.deepEqual(found.handlers, []);
  assert.doesNotMatch(svg, /url\(|@import|<script/);

  // Another snapshot, with all its objects.
  await walk.get("list-objects").click();
  await walk.get("explore-search").fill("products price");
  await walk.page.locator('[data-testid=explore-row][data-id="column:public.products.price"]').click();
  await walk.page.locator('[data-testid=portrait][data-id="column:public.products.price"]').waitFor();
  await walk.get("explore-of").selectOption({ index: 1 });
  await walk.page.waitForFunction(() => location.hash.includes("of="));
  await walk.page.waitForFunction(() =>
    [...document.querySelectorAll("[data-testid=card]")].every((one) => one.dataset.change === "same"),
  );
  await walk.audit("Explore, all objects");
});

// By keyboard alone.
await journey({ context: DESK }, async (walk) => {
  await walk.page.addInitScript(() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel"]) {
      window.addEventListener(kind, () => console.error(`a pointer was used: ${kind}`), true);
    }
  });
  await walk.open();
  await focusOn(walk, "start-sample");
  await press(walk, "Enter");
  await walk.get("tree").waitFor();
  await press(walk, "g", "x");
  await focused(walk, "h1");
  await walk.get("card").first().waitFor();
  await press(walk, "Escape");
  await focused(walk, "[data-testid=explore-rows]");
  const active = () =>
    walk.page.evaluate(() => {
      const id = document.activeElement.getAttribute("aria-activedescendant");
      return document.getElementById(id)?.textContent;
    });
  const selected = (wanted) =>
    walk.page.waitForFunction((number) => {
      const row = document.querySelector("[data-testid=explore-rows] [aria-selected=true]");
      return row?.getAttribute("aria-posinset") === String(number);
    }, wanted);

  // Every table and every line is a row, and keys lead to all of them.
  const total = await rows(walk);
  const seen = new Set();
  await selected(1);
  for (let at = 1; at <= total; at += 1) {
    await selected(at);
    seen.add(
      await walk.page.locator("[data-testid=explore-rows] [aria-selected=true]").getAttribute("data-id"),
    );
    await press(walk, "ArrowDown");
  }
  const drawn = await walk.page
    .locator("[data-testid=card], [data-testid=wire]")
    .evaluateAll((all) => all.map(({ dataset }) => dataset.id));
  for (const id of drawn) assert.ok(seen.has(id), `${id} is in the list`);

  // Arrow keys walk along relations: in, across, and back up.
  await press(walk, "Home");
  await selected(1);
  const related = await walk.page.evaluate(() => {
    const all = [...document.querySelectorAll("[data-testid=explore-row]")];
    return all.findIndex((row) => row.ariaLevel === "2");
  });
  for (let down = 0; down < related - 1; down += 1) await press(walk, "ArrowDown");
  await selected(related);
  await press(walk, "ArrowRight");
  await selected(related + 1);
  const line = await active();
  await press(walk, "ArrowRight");
  await walk.page.waitForFunction(
    (number) =>
      document.querySelector("[data-testid=explore-rows] [aria-selected=true]")?.getAttribute("aria-posinset") !==
      String(number),
    related + 1,
  );
  const other = await walk.page.locator("[data-testid=explore-rows] [aria-selected=true] .name").textContent();
  assert.ok(line.includes(other), `${line} leads to ${other}`);
  await walk.page.locator(".card.chosen").waitFor();

  // On to the object, to the diagram, and into the search.
  await press(walk, "Enter");
  await focused(walk, "#explore-title");
  await press(walk, "F6");
  await focused(walk, "[data-testid=explore-rows]");
  await press(walk, "F6");
  await focused(walk, ".canvas");
  const zoom = () => walk.get("zoom").textContent();
  const size = await zoom();
  await press(walk, "+");
  await walk.page.waitForFunction((before) => document.querySelector("[data-testid=zoom]").textContent !== before, size);
  await press(walk, "+", "+");
  const top = () => walk.get("canvas").evaluate((canvas) => canvas.scrollTop + canvas.scrollLeft);
  await walk.get("canvas").evaluate((canvas) => canvas.scrollTo(0, 0));
  await press(walk, "ArrowDown", "ArrowRight");
  await walk.page.waitForFunction(() => {
    const canvas = document.querySelector(".canvas");
    return canvas.scrollTop + canvas.scrollLeft > 0;
  });
  assert.ok((await top()) > 0);
  await press(walk, "0", "/");
  await focused(walk, "#explore-search");
  await walk.page.keyboard.type("products table");
  await walk.page.waitForFunction(() => location.hash.includes("named=products"));
  await press(walk, "Escape");
  await focused(walk, "[data-testid=explore-rows]");
  await walk.page.locator(`[data-testid=explore-row][data-id="${PRODUCTS}"]`).waitFor();
  await press(walk, "End");
  await walk.get("portrait").getByText("What breaks when it is dropped").waitFor();
  // The list of what falls: Enter chooses.
  await press(walk, "Home", "ArrowDown", "ArrowDown");
  await walk.page.waitForFunction(() => document.querySelector("[data-testid=portrait]").dataset.id?.startsWith("table:"));
  await walk.get("fall-rows").waitFor();
  await focusOn(walk, "fall-rows");
  const chosen = await walk.get("portrait").getAttribute("data-id");
  await press(walk, "Home", "ArrowDown", "ArrowDown", "Enter");
  await walk.page.waitForFunction(
    (before) => document.querySelector("[data-testid=portrait]").dataset.id !== before,
    chosen,
  );
  // The selection is that of Compare.
  const now = await walk.get("portrait").getAttribute("data-id");
  await press(walk, "Escape", "g", "c");
  await walk.page.locator(`[data-testid=detail][data-id='${now.replaceAll("'", "\\'")}']`).waitFor();
});

/** Presses Tab until the element with this handle has the focus. */
async function focusOn(walk, testid) {
  for (let turn = 0; turn < 80; turn += 1) {
    const there = await walk.page.evaluate((id) => document.activeElement?.dataset.testid === id, testid);
    if (there) return;
    await walk.page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not lead to ${testid}`);
}

// Thousands of tables: what differs and its neighbours, at once.
await journey({ context: DESK }, async (walk) => {
  const name = (at) => `t${String(at).padStart(5, "0")}`;
  const type = (every) => (at) => (every && at % every === 0 ? "bigint" : "integer");
  await walk.open();
  await walk.get("file-input").setInputFiles([
    generated("large", 3000, name, type(0)),
    generated("larger", 3000, name, type(300)),
  ]);
  await walk.get("tree").waitFor();
  const started = Date.now();
  await walk.get("nav-explore").click();
  await walk.get("card").first().waitFor();
  const took = Date.now() - started;
  console.log(`3,000 tables: drawn after ${took} ms`);
  assert.ok(took < 5000, `${took} ms`);
  await walk.get("drawn-words").getByText("30 of 3,000 tables drawn.").waitFor();
  assert.equal(await walk.get("card").count(), 30);
  await walk.get("list-objects").click();
  await walk.page.waitForFunction(
    () => Number(document.querySelector("[data-testid=explore-rows]").dataset.rows) > 3000,
  );
  // Only a window of it is drawn.
  await walk.page.waitForFunction(
    () => document.querySelectorAll("[data-testid=explore-row]").length <= 100,
  );
  await walk.get("explore-rows").focus();
  await press(walk, "End");
  await walk.page.locator(`[data-testid=portrait][data-id="table:public.t02999"]`).waitFor();
  await walk.get("portrait").getByText("It is not in the diagram").waitFor();
  await walk.get("draw-around").click();
  await card(walk, "table:public.t02999").waitFor();
  await walk.audit("a large schema");
});

// More differ than are drawn; names that mean something elsewhere are text.
await journey({ context: { viewport: { width: 1000, height: 800 } } }, async (walk) => {
  const bad = '</text></svg><script>document.title="hacked"</script>&amp;]]><img src=x onerror=alert(1)>';
  const name = (at) => (at === 0 ? `${bad}\u202e${"long".repeat(2500)}` : `t${String(at).padStart(4, "0")}`);
  await walk.open("/explore");
  await walk.get("file-input").setInputFiles([
    generated("=bad", 200, name, () => "integer"),
    generated("<b>worse", 200, name, () => "bigint"),
  ]);
  // Both are there, not the first one alone.
  await walk.page.locator("[data-testid=card][data-change=changed]").first().waitFor();
  await walk.get("drawn-words").getByText("80 of these are left out, by name").waitFor();
  assert.equal(await walk.get("card").count(), 120);
  const nodes = await walk.page.locator("*").count();
  assert.ok(nodes < 2500, `the page stays light: ${nodes} nodes`);
  await walk.get("card").first().click();
  await walk.get("portrait").getByText("<img src=x onerror=alert(1)>").first().waitFor();
  assert.equal(await walk.page.evaluate(() => document.querySelectorAll("main img, main script").length), 0);
  await withoutSidewaysScrolling(walk, "hostile names");
  await walk.audit("hostile names");
  const { text: svg } = await walk.download(() => walk.get("download-svg").click());
  const found = await elements(walk, svg);
  assert.ok(!found.names.some((name) => ["script", "img", "parsererror"].includes(name)), `${found.names}`);
  assert.deepEqual(found.handlers, []);
  assert.ok(found.texts.some((text) => text.startsWith("</text></svg><script>")));
  assert.ok(!svg.includes("\u202e"));
});

// One snapshot alone, in every appearance.
for (const [name, context] of Object.entries({
  dark: { colorScheme: "dark", viewport: { width: 1000, height: 800 }, reducedMotion: "reduce" },
  contrast: { forcedColors: "active", viewport: { width: 1360, height: 900 } },
  phone: { viewport: { width: 320, height: 640 }, hasTouch: true },
})) {
  await journey({ context }, async (walk) => {
    await walk.open();
    await walk.get("file-input").setInputFiles(file("one", SAMPLE));
    await walk.get("nav-explore").click();
    await walk.get("drawn-words").getByText("which has the most relations").waitFor();
    assert.equal(await walk.get("swap").count(), 0);
    await walk.get("list-objects").click();
    await walk.get("explore-search").fill("table customers");
    await walk.page.locator('[data-testid=explore-row][data-id="table:public.customers"]').click();
    // What is chosen stands in the middle.
    await walk.get("drawn-words").getByText("Drawn: public.customers").waitFor();
    await walk.get("portrait").getByText("CREATE TABLE public.customers").first().waitFor();
    await walk.page.screenshot({ path: `${walk.output}/explore-alone-${name}.png`, fullPage: true });
    await walk.audit(`Explore, ${name}`);
    await withoutSidewaysScrolling(walk, name);
    // The other side comes, and what differs is drawn.
    await walk.get("nav-start").click();
    await walk.get("file-input").setInputFiles(file("two", OTHER));
    await walk.get("tree").waitFor();
    await walk.get("nav-explore").click();
    await walk.get("explore-changed").click();
    await walk.page.locator("[data-testid=card][data-change=missing]").first().waitFor();
    await walk.get("list-drawn").click();
    await walk.page.screenshot({ path: `${walk.output}/explore-${name}.png`, fullPage: true });
    await walk.audit(`Explore of two, ${name}`);
    await withoutSidewaysScrolling(walk, name);
  });
}
