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
    await walk.get("risk").locator("summary").first().click();
    await walk.get("risk-row").first().waitFor();
  },
  help: async (walk) => {
    await walk.get("help-open").click();
    await walk.get("help").waitFor();
  },
};

/** What is cut short at its side: the places, the words that stand in an empty field, the risk of a change. */
const cutShort = (walk) =>
  walk.page.evaluate(() => {
    const wide = (selector) =>
      [...document.querySelectorAll(selector)].filter((found) => found.scrollWidth > found.clientWidth);
    const phone = innerWidth < 800 ? ".rail ul, .risk .scroll" : ".rail ul";
    const canvas = document.createElement("canvas").getContext("2d");
    const fields = [...document.querySelectorAll("input[placeholder]")].filter((field) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      canvas.font = font;
      const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      return field.offsetParent && canvas.measureText(field.placeholder).width > room;
    });
    return [...wide(phone).map((found) => found.parentElement.className), ...fields.map((field) => field.placeholder)];
  });

/** The words about a danger, which the pointer brings, leave the name of the row in sight. */
async function namesStayInSight(walk) {
  const row = walk.page.locator("[data-testid=row]:has([data-testid=danger])").first();
  await row.hover();
  await row.locator(".danger-words").waitFor();
  const over = await row.evaluate((element) => {
    const [words, name] = [".danger-words", ".name"].map((part) => element.querySelector(part).getBoundingClientRect());
    // A line is higher than its letters.
    const [top, bottom] = [name.top + 6, name.bottom - 6];
    return words.left < name.right && words.right > name.left && words.top < bottom && words.bottom > top;
  });
  assert.ok(!over, "the words cover the name");
}

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
      assert.deepEqual(await cutShort(walk), [], `${name} is cut short`);
      if (name === "tablet-compare") await namesStayInSight(walk);
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
      // The whole name of what is chosen is in sight.
      const fits = await walk.get("theme").evaluate((select) => {
        const { font } = getComputedStyle(select);
        const context = Object.assign(document.createElement("canvas").getContext("2d"), { font });
        return context.measureText(select.selectedOptions[0].text).width < select.clientWidth - 32;
      });
      assert.ok(fits, `the name of ${theme} is whole`);
    }
  });
}
