// The diagram arranged by hand: tables pinned and moved by dragging, by buttons and by keys, in their places
// after a reload and let go again; the small picture beside it; the diagram as PNG; drawing that is cancelled.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { journey } from "./lib/journey.mjs";

const PRODUCTS = "table:public.products";
const DESK = { viewport: { width: 1360, height: 900 } };
const card = (walk, id) => walk.page.locator(`[data-testid=card][data-id="${id}"]`);
const at = async (walk, id) => (await card(walk, id).getAttribute("data-at")).split(" ").map(Number);
const moved = (walk, id, from) =>
  walk.page.waitForFunction(
    ([wanted, before]) =>
      document.querySelector(`[data-testid=card][data-id="${wanted}"]`)?.dataset.at !== before,
    [id, from.join(" ")],
  );
const places = (walk, but) =>
  walk.get("card").evaluateAll(
    (cards, out) => cards.filter(({ dataset }) => dataset.id !== out).map(({ dataset: { id, at: place } }) => [id, place]),
    but,
  );

async function explore(walk) {
  await walk.open();
  await walk.get("start-sample").click();
  await walk.get("tree").waitFor();
  await walk.get("nav-explore").click();
  await card(walk, PRODUCTS).waitFor();
}

await journey({ context: DESK }, async (walk) => {
  await explore(walk);
  const others = await places(walk, PRODUCTS);
  assert.ok(await walk.get("pin").isDisabled(), "nothing is chosen");
  const first = await at(walk, PRODUCTS);
  const zoom = Number.parseInt(await walk.get("zoom").textContent(), 10) / 100;

  // By dragging: it lands where it was dropped, nothing else moves, and the drop chooses nothing.
  await card(walk, PRODUCTS).scrollIntoViewIfNeeded();
  const box = await card(walk, PRODUCTS).locator(".box").boundingBox();
  const middle = [box.x + box.width / 2, box.y + 8];
  await walk.page.mouse.move(...middle);
  await walk.page.mouse.down();
  await walk.page.mouse.move(middle[0] - 50, middle[1] + 35, { steps: 5 });
  assert.match(await card(walk, PRODUCTS).getAttribute("transform"), /translate/);
  await walk.page.mouse.up();
  await moved(walk, PRODUCTS, first);
  const dragged = await at(walk, PRODUCTS);
  assert.ok(Math.abs(dragged[0] - first[0] + 50 / zoom) <= 2 && Math.abs(dragged[1] - first[1] - 35 / zoom) <= 2, `${first} ${dragged}`);
  assert.equal(await card(walk, PRODUCTS).getAttribute("data-pinned"), "true");
  assert.deepEqual(await places(walk, PRODUCTS), others, "no other table moves");
  assert.equal(await walk.get("portrait").getAttribute("data-id"), null);

  // By buttons: the twins of dragging.
  await card(walk, PRODUCTS).click();
  await walk.page.locator("[data-testid=pin][aria-pressed=true]").waitFor();
  await walk.page.locator("[data-testid=pin-move][data-way='→']").click();
  await moved(walk, PRODUCTS, dragged);
  assert.deepEqual(await at(walk, PRODUCTS), [dragged[0] + 20, dragged[1]]);
  await walk.audit("a pinned table");
  await walk.shot("explore-pinned");

  // After a reload, in another place and back, and with the sides exchanged, it is where it was put.
  const put = await at(walk, PRODUCTS);
  await walk.page.reload();
  await walk.kept();
  await card(walk, PRODUCTS).waitFor();
  assert.deepEqual(await at(walk, PRODUCTS), put, "after a reload");
  // The fingerprints of the pair may have any digits.
  const address = walk.page.url().replace(/pair=[^&]*/, "");
  assert.ok(!address.includes(String(put[0])), `it is in no address: ${address}`);
  await walk.get("nav-compare").click();
  await walk.get("tree").waitFor();
  await walk.get("nav-explore").click();
  await card(walk, PRODUCTS).waitFor();
  assert.deepEqual(await at(walk, PRODUCTS), put, "after another place");

  // It stays in the diagram whatever else is drawn.
  const far = await walk.get("card").evaluateAll((cards) => cards.map(({ dataset }) => dataset.id).find((id) => /audit|settings|notes/.test(id)));
  if (far) {
    await card(walk, far).click();
    await walk.get("draw-around").click();
    await walk.page.waitForFunction(() => location.hash.includes("around="));
    await walk.get("drawn-words").getByText("Drawn:").waitFor();
    await card(walk, PRODUCTS).waitFor();
    await walk.get("explore-changed").click();
    await walk.get("drawn-words").getByText("differ").waitFor();
  }

  // Let go, it is where it was at first.
  await walk.get("unpin-all").click();
  await walk.page.locator(`[data-testid=card][data-id="${PRODUCTS}"][data-at="${first.join(" ")}"]`).waitFor();
  assert.equal(await walk.get("unpin-all").count(), 0);

  // The small picture: only where not all is in sight; a press on it goes there.
  await walk.get("zoom-fit").click();
  await walk.get("minimap").waitFor({ state: "detached" });
  for (let turn = 0; turn < 5; turn += 1) await walk.get("zoom-in").click();
  await walk.get("minimap").waitFor();
  await walk.get("canvas").evaluate((canvas) => canvas.scrollTo(0, 0));
  const small = await walk.get("minimap").boundingBox();
  assert.equal(await walk.page.locator("[data-testid=minimap] rect").count(), (await walk.get("card").count()) + 1);
  await walk.page.mouse.click(small.x + small.width * 0.75, small.y + small.height * 0.75);
  const scrolled = () => walk.get("canvas").evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop]);
  const [left, top] = await scrolled();
  assert.ok(left > 100 && top > 100, `${left} ${top}`);
  await walk.page.waitForFunction(() => Number(document.querySelector("[data-testid=minimap-sight]").getAttribute("x")) > 0);
  await walk.page.mouse.move(small.x + small.width / 2, small.y + small.height / 2);
  await walk.page.mouse.down();
  await walk.page.mouse.move(small.x + 2, small.y + 2, { steps: 4 });
  await walk.page.mouse.up();
  assert.deepEqual(await scrolled(), [0, 0]);
  await walk.audit("the small picture");
  await walk.shot("explore-minimap");

  // The diagram as PNG: a picture of twice its size, and not an empty one.
  const { name, file } = await walk.download(() => walk.get("download-png").click());
  assert.match(name, /^schema-diagram-.*\.png$/);
  const bytes = await readFile(file);
  assert.equal(bytes.subarray(1, 4).toString("latin1"), "PNG");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const whole = await walk.page.locator("[data-testid=canvas] svg").getAttribute("viewBox");
  const [, , unitsWide, unitsHigh] = whole.split(" ").map(Number);
  assert.deepEqual([width, height], [2 * unitsWide, 2 * unitsHigh]);
  const colours = await walk.page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
    const found = new Set();
    for (let pixel = 0; pixel < pixels.length; pixel += 4) found.add(pixels.slice(pixel, pixel + 3).join(" "));
    return [...found];
  }, bytes.toString("base64"));
  // Ground, and the grounds of what is missing and what is extra: the file's own style is in force.
  for (const colour of ["255 255 255", "227 246 232", "253 234 234"]) assert.ok(colours.includes(colour), colour);
});

// By keyboard alone.
await journey({ context: DESK }, async (walk) => {
  await walk.page.addInitScript(() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel"]) {
      window.addEventListener(kind, () => console.error(`a pointer was used: ${kind}`), true);
    }
  });
  const { keyboard } = walk.page;
  const tabTo = async (selector) => {
    for (let turn = 0; turn < 120; turn += 1) {
      if (await walk.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
      await keyboard.press("Tab");
    }
    assert.fail(`Tab does not lead to ${selector}`);
  };
  await walk.open();
  await walk.get("drop-zone").waitFor();
  await tabTo("[data-testid=start-sample]");
  await keyboard.press("Enter");
  await walk.get("tree").waitFor();
  await keyboard.press("g");
  await keyboard.press("x");
  await walk.get("card").first().waitFor();
  await keyboard.press("Escape");
  await keyboard.press("ArrowDown");
  await keyboard.press("Home");
  // What was chosen before may still be drawn as chosen when the next one is.
  await walk.page.waitForFunction(() => document.querySelectorAll(".card.chosen").length === 1);
  const id = await walk.page.locator(".card.chosen").getAttribute("data-id");
  const before = await at(walk, id);
  await keyboard.press("F6");
  await walk.page.waitForFunction(() => document.activeElement?.matches(".canvas"));
  await keyboard.press("Shift+ArrowDown");
  await moved(walk, id, before);
  assert.deepEqual(await at(walk, id), [before[0], before[1] + 20]);
  await keyboard.press("Shift+F6");
  await keyboard.press("F6");
  await walk.page.waitForFunction(() => document.activeElement?.matches(".canvas"));
  await walk.page.locator("[data-testid=zoom-in]").focus();
  await tabTo("[data-testid=pin]");
  await keyboard.press("Space");
  await walk.page.locator(`[data-testid=card][data-id="${id}"][data-at="${before.join(" ")}"][data-pinned=false]`).waitFor();
  await keyboard.press("Space");
  await walk.page.locator(`[data-testid=card][data-id="${id}"][data-pinned=true]`).waitFor();
  await walk.shot("explore-pinned-by-key");
});

// Drawing that does not come to an end is cancelled, and asked again when somebody says so.
await journey({ context: DESK }, async (walk) => {
  await walk.open();
  await walk.get("start-sample").click();
  await walk.get("tree").waitFor();
  await walk.get("busy").waitFor({ state: "detached" });
  await walk.page.workers()[0].evaluate(() => {
    const post = globalThis.postMessage.bind(globalThis);
    // What it is doing is told, the answer never comes.
    globalThis.postMessage = (message) => void (message[0] === "stage" && message[1] && post(message));
  });
  await walk.get("nav-explore").click();
  await walk.get("busy-words").getByText("Drawing tables").waitFor();
  await walk.page.waitForTimeout(250);
  await walk.audit("drawing");
  await walk.shot("explore-drawing");
  await walk.get("cancel").click();
  await walk.get("halted").getByText("Cancelled").waitFor();
  assert.equal(await walk.get("card").count(), 0);
  await walk.get("go-on").click();
  await card(walk, PRODUCTS).waitFor();
});

for (const [name, context] of Object.entries({
  dark: { colorScheme: "dark", viewport: { width: 1000, height: 800 }, reducedMotion: "reduce" },
  contrast: { forcedColors: "active", viewport: { width: 1360, height: 900 } },
  phone: { viewport: { width: 320, height: 640 }, hasTouch: true },
})) {
  await journey({ context }, async (walk) => {
    await explore(walk);
    await walk.page.locator("[data-testid=explore-row]").first().click();
    await walk.get("pin").click();
    await walk.page.locator("[data-testid=card][data-pinned=true]").first().waitFor();
    await walk.audit(`arranged, ${name}`);
    const sideways = await walk.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(sideways, 0, `${name} scrolls sideways`);
    await walk.page.screenshot({ path: `${walk.output}/arranged-${name}.png`, fullPage: true });
  });
}
