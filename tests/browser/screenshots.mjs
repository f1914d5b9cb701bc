// The pictures of the documentation: each place, at the width of a desk and of a phone, light and
// dark, with the sample that the page brings. The same page gives the same bytes on one machine.

import { journey } from "./lib/journey.mjs";

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
};

for (const [width, device] of Object.entries(WIDTHS)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = { ...device, colorScheme, reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC" };
    await journey({ context }, async (walk) => {
      for (const [place, arrive] of Object.entries(PLACES)) {
        await arrive(walk);
        // A message about what was just done goes away by itself; focus and caret are no subject.
        await walk.page.waitForFunction(() => !document.querySelector("[data-testid=status]")?.textContent);
        await walk.page.evaluate(() => document.activeElement?.blur());
        await walk.page.evaluate(() => document.fonts.ready);
        await walk.page.mouse.move(0, 0);
        await walk.shot(`${width}${place}-${colorScheme}`);
      }
    });
  }
}
