// plain page: does localStorage survive an immediate reload under file://?
import { chromium } from "playwright-core"; import fs from "node:fs";
fs.writeFileSync("/tmp/zz.html", "<!doctype html><p>x");
const c = await chromium.launchPersistentContext("/tmp/zzprof"+Date.now(), { executablePath: "/usr/bin/chromium", headless: true, args: ["--no-sandbox","--disable-gpu"] });
const p = c.pages()[0]; let lost = 0;
await p.goto("file:///tmp/zz.html");
for (let k = 0; k < 60; k++) { await p.evaluate((k) => { localStorage.setItem("a", "v"+k); sessionStorage.setItem("a", "v"+k) }, k); await p.reload(); const got = await p.evaluate(() => [localStorage.a, sessionStorage.a]); if (got[0] !== "v"+k || got[1] !== "v"+k) { lost++; console.log(k, got); } }
console.log("lost", lost); await c.close();
