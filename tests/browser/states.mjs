// Every place of the page in every appearance: no violation of WCAG, no sideways scrolling, no
// problem in the console. Uses the sample that the page brings.

import assert from "node:assert/strict";

import { journey } from "./lib/journey.mjs";

const APPEARANCES = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  tablet: { viewport: { width: 900, height: 700 } },
  blue: { theme: "light-blue", viewport: { width: 1280, height: 800 } },
  darkblue: { theme: "dark-blue", viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 320, height: 640 }, hasTouch: true },
  contrast: { forcedColors: "active", contrast: "more", viewport: { width: 1280, height: 800 } },
  still: { reducedMotion: "reduce", viewport: { width: 1280, height: 800 } },
};

const PLACES = {
  start: async () => {},
  compare: async (walk) => {
    await walk.get("start-sample").click();
    await walk.get("tree").waitFor();
  },
  detail: async (walk) => {
    await walk.page.locator("[data-testid=row][data-change=changed]").first().click();
    await walk.get("detail").waitFor();
  },
  plan: async (walk) => {
    await walk.page.goto(`${walk.page.url().split("#")[0]}#/plan`);
    await walk.get("step").first().waitFor();
  },
  help: async (walk) => {
    await walk.get("help-open").click();
    await walk.get("help").waitFor();
  },
};

for (const [appearance, { theme, ...context }] of Object.entries(APPEARANCES)) {
  await journey({ context }, async (walk) => {
    await walk.open();
    await walk.get("drop-zone").waitFor();
    if (theme) await walk.get("theme").selectOption(theme);
    for (const [place, arrive] of Object.entries(PLACES)) {
      await arrive(walk);
      const name = `${appearance}-${place}`;
      await walk.shot(name);
      await walk.audit(name);
      const sideways = await walk.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(sideways, 0, `${name} scrolls sideways`);
    }
  });
}

// What somebody chooses goes before what the system has; without a choice the system decides.
for (const colorScheme of ["light", "dark"]) {
  await journey({ context: { colorScheme } }, async (walk) => {
    await walk.open();
    await walk.get("drop-zone").waitFor();
    const system = colorScheme === "dark";
    for (const [theme, dark] of [["system", system], ["dark", true], ["light", false], ["system-blue", system], ["dark-blue", true], ["light-blue", false]]) {
      await walk.get("theme").selectOption(theme);
      const wanted = dark ? "rgb(18, 22, 27)" : "rgb(255, 255, 255)";
      await walk.page.waitForFunction((colour) => getComputedStyle(document.body).backgroundColor === colour, wanted);
    }
    // The whole name of the longest choice is in sight.
    const fits = await walk.get("theme").evaluate((select) => {
      const { font } = getComputedStyle(select);
      const context = Object.assign(document.createElement("canvas").getContext("2d"), { font });
      const longest = Math.max(...[...select.options].map(({ text }) => context.measureText(text).width));
      return longest < select.clientWidth - 32;
    });
    assert.ok(fits, "the names of the colours are whole");
  });
}
