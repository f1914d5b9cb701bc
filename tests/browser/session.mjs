// A session comes back after a reload, in its tab alone; kept, it outlives the browser; forgotten,
// nothing of it is left. A link carries the view and the decisions, and nothing of the schema.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { journey, setting } from "./lib/journey.mjs";

const edition = process.env.PGPARITY_EDITION ?? "hosted";
const folder = await mkdtemp(path.join(os.tmpdir(), "pgparity-session-"));
const samples = path.join(setting("PGPARITY_SAMPLES"));
const file = async (name, label) => {
  const document = JSON.parse(await readFile(path.join(samples, name), "utf8"));
  document.source.label = label;
  const to = path.join(folder, `${label}.json`);
  await writeFile(to, JSON.stringify(document));
  return to;
};
const [from, to] = [await file("production.json", "live"), await file("development.json", "next")];

/** Everything that the browser stores for the page, but what keeps it for offline use. */
const stored = (page) =>
  page.evaluate(async () => ({
    session: Object.keys(sessionStorage),
    local: Object.keys(localStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
  }));

/** What a person sees of the state. */
async function seen(walk, page = walk.page) {
  const get = (id) => page.getByTestId(id);
  await get("tree").waitFor();
  await get("detail").waitFor();
  return {
    sides: [await get("side-from").textContent(), await get("side-to").textContent()],
    hash: new URL(page.url()).hash,
    viewed: await get("viewed").getAttribute("data-viewed"),
    note: await get("note").inputValue(),
    detail: await get("detail").getAttribute("data-id"),
    counts: await get("count").evaluateAll((all) => all.map(({ dataset }) => dataset.count)),
  };
}

/** Waits until the browser holds so many snapshots whole. */
const held = (page, count) =>
  page.waitForFunction(async (wanted) => {
    const [there] = await indexedDB.databases();
    if (!there) return wanted === 0;
    const db = await new Promise((resolve) => {
      indexedDB.open(there.name).onsuccess = ({ target }) => resolve(target.result);
    });
    const keys = await new Promise((resolve) => {
      const request = db.transaction("parts").objectStore("parts").getAllKeys();
      request.onsuccess = () => resolve(request.result);
    });
    db.close();
    return keys.filter(([, , part]) => part === 0).length === wanted;
  }, count);

async function decide(walk) {
  await walk.get("file-input").setInputFiles([from, to]);
  await walk.get("tree").waitFor();
  const row = walk.page.locator("[data-testid=row][data-id^='table:']").first();
  await row.click();
  await walk.get("detail").waitFor();
  await walk.get("tick").click();
  await walk.page.locator("[data-testid=tick][aria-pressed=true]").waitFor();
  await walk.page.locator(".note summary").click();
  await walk.get("note").fill("ask Ann");
  await walk.get("note").blur();
  await walk.get("swap").click();
  await walk.page.locator("[data-testid=side-from]", { hasText: "next" }).waitFor();
  await walk.get("nav-plan").click();
  await walk.get("step").first().waitFor();
  await walk.get("idempotent").check();
  await walk.get("nav-compare").click();
}

try {
  await journey({ edition, newcomer: true }, async (walk) => {
    await walk.open();
    assert.deepEqual(await stored(walk.page), { session: [], local: [], databases: [] });
    await decide(walk);
    await held(walk.page, 2);
    const before = await seen(walk);
    assert.match(before.hash, /again=yes/);
    assert.equal(before.note, "ask Ann");

    await walk.page.reload();
    assert.deepEqual(await seen(walk), before, "after a reload");
    await walk.shot("reloaded");
    await walk.audit("a session that came back");
    const hidden = await walk.page.evaluate(async () => {
      const [{ name }] = await indexedDB.databases();
      const db = await new Promise((resolve) => {
        indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result);
      });
      const values = await new Promise((resolve) => {
        const request = db.transaction("parts").objectStore("parts").getAll();
        request.onsuccess = () => resolve(request.result);
      });
      db.close();
      return values.every((value) => typeof value === "number" || value.iv?.length === 12);
    });
    assert.ok(hidden, "what is held for the tab is encrypted");

    // What was decided before the reload can be taken back after it.
    await walk.page.locator("h1").first().focus();
    await walk.page.keyboard.press("Control+z");
    await walk.page.waitForFunction(() => !location.hash.includes("again=yes"));
    await walk.page.keyboard.press("Control+z");
    await walk.page.waitForFunction(() => !document.querySelector("[data-testid=note]").value);

    // Another tab knows nothing of it.
    const other = await walk.context.newPage();
    await other.goto(walk.address);
    await other.getByTestId("drop-zone").waitFor();
    await other.waitForTimeout(300);
    assert.equal(await other.getByTestId("nav-compare").count(), 0, "another tab is empty");
    await other.close();

    await duplicated(walk);

    // A link has the view and the decisions in it, and nothing of the schema.
    await walk.page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        window.copied = text;
      };
    });
    await walk.get("copy-link").click();
    await walk.page.locator("[data-testid=status]", { hasText: "The link is copied" }).waitFor();
    const link = await walk.page.evaluate(() => window.copied);
    const said = decodeURIComponent(link);
    assert.match(said, /pair=[0-9a-f]{16}\*[0-9a-f]{16}/);
    assert.doesNotMatch(said, /CREATE|ALTER|SELECT|NOT NULL|DEFAULT|::|varchar|integer|numeric|timestamp/i);
    assert.doesNotMatch(said, /ask Ann/);

    if (edition === "hosted") await keep(walk, before);
    await walk.get("privacy-open").click();
    await walk.audit("where data lives");
    await walk.shot("privacy");
    await walk.get("forget").click();
    await walk.get("drop-zone").waitFor();
    await walk.page.waitForFunction(() => location.hash === "" || location.hash === "#/start");
    await walk.kept();
    assert.deepEqual(await stored(walk.page), { session: [], local: [], databases: [] }, "all is forgotten");
    await walk.page.reload();
    await walk.get("drop-zone").waitFor();
    assert.equal(await walk.get("nav-compare").count(), 0, "nothing comes back");

    // The link asks for its snapshots, and complains of others.
    await walk.page.goto("about:blank");
    await walk.page.goto(link);
    await walk.page.getByText("Open the same two snapshots").waitFor();
    await walk.get("start-sample").click();
    await walk.get("tour-end").click();
    await walk.get("other-snapshots").waitFor();
    await walk.shot("other-snapshots");
    await walk.audit("a link with other snapshots");
    await walk.get("other-snapshots").getByRole("button").click();
    await walk.get("other-snapshots").waitFor({ state: "detached" });
  });

  await journey({ edition }, refused);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A tab that is duplicated begins with the same, and goes its own way; closed, it leaves nothing. */
async function duplicated(walk) {
  const before = await seen(walk);
  await held(walk.page, 2);
  const coming = walk.context.waitForEvent("page");
  // As a duplicate does, what a page opens begins with a copy of the tab's storage.
  await walk.page.evaluate(() => void window.open(location.href));
  const twin = await coming;
  assert.deepEqual(await seen(walk, twin), before, "a duplicate begins with the same");
  await held(walk.page, 4);
  await twin.getByTestId("tick").click();
  await twin.waitForFunction(
    (viewed) => document.querySelector("[data-testid=viewed]").dataset.viewed !== viewed,
    before.viewed,
  );
  const own = await seen(walk, twin);
  await walk.page.reload();
  assert.deepEqual(await seen(walk), before, "what is done in the duplicate stays there");
  await twin.reload();
  assert.deepEqual(await seen(walk, twin), own, "the duplicate comes back as it was");
  await held(walk.page, 4);
  await twin.close();
  await walk.page.reload();
  await seen(walk);
  await held(walk.page, 2);
}

/** Kept, a new page begins with it. */
async function keep(walk) {
  await walk.get("privacy-open").click();
  await walk.get("keep").click();
  await walk.get("keep").waitFor({ state: "detached" });
  await walk.page.keyboard.press("Escape");
  const before = await seen(walk);
  const other = await walk.context.newPage();
  await other.goto(walk.address);
  assert.deepEqual(await seen(walk, other), before, "a new tab begins with what was kept");
  await other.close();
}

/** A browser that refuses to store anything: the page says so, and works. */
async function refused(walk) {
  await walk.page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { get: () => { throw new DOMException("no", "SecurityError"); } });
  });
  await walk.open();
  await walk.get("file-input").setInputFiles([from, to]);
  await walk.get("tree").waitFor();
  await walk.page.locator("footer", { hasText: "until it is closed or reloaded" }).waitFor();
  await walk.get("privacy-open").click();
  await walk.get("not-held").waitFor();
  await walk.page.keyboard.press("Escape");
  await walk.get("nav-plan").click();
  await walk.get("step").first().waitFor();
  await walk.get("idempotent").check();
  await walk.page.reload();
  await walk.get("error").first().waitFor();
  assert.match(new URL(walk.page.url()).hash, /again=yes/, "decisions come back all the same");
  await walk.get("file-input").setInputFiles([from, to]);
  await walk.page.locator("[data-testid=idempotent]:checked").waitFor();
}
