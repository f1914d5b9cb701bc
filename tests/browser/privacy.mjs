// What "local only" rests on is shown, and "forget everything" does so.

import assert from "node:assert/strict";

import { journey } from "./lib/journey.mjs";

await journey({}, async (walk) => {
  await walk.open();
  await walk.get("theme").selectOption("dark");
  await walk.get("start-sample").click();
  await walk.get("tree").waitFor();

  await walk.get("privacy-open").click();
  await walk.get("privacy").waitFor();
  const held = await walk.page.evaluate(
    () => document.querySelector("meta[http-equiv='Content-Security-Policy']").content,
  );
  assert.equal(await walk.get("policy").textContent(), held, "the policy in force");
  assert.match(held, /default-src 'none'/);
  await walk.audit("what local only rests on");
  await walk.shot("privacy");
  await walk.page.keyboard.press("Escape");
  await walk.get("privacy").waitFor({ state: "hidden" });

  await walk.get("privacy-open").click();
  await walk.get("forget").click();
  await walk.get("drop-zone").waitFor();
  const left = await walk.page.evaluate(() => ({
    hash: location.hash,
    theme: localStorage.getItem("pgparity.theme"),
  }));
  assert.equal(left.hash.includes("compare"), false, "the decisions are gone");
  assert.notEqual(left.theme, JSON.stringify("dark"), "the choice of colours is gone");
  assert.equal(await walk.get("nav-compare").count(), 0, "the snapshots are gone");
});
