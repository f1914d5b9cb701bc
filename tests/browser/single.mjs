// The page in one file, opened from the disk: it may connect to nothing, and nothing gets into it.

import assert from "node:assert/strict";

import { journey } from "./lib/journey.mjs";

await journey({ edition: "single" }, async (walk) => {
  await walk.open();
  assert.match(walk.page.url(), /^file:/);
  await walk.get("start-sample").click();
  await walk.get("tree").waitFor();

  const attempt = (action) =>
    walk.forbidden(/Content Security Policy|TrustedHTML|TrustedScript/i, () => walk.page.evaluate(action));
  const outcome = (result, what) => assert.notEqual(result, "done", what);
  const places = ["https://127.0.0.1:9/", "data:,x", walk.address];
  for (const url of places) {
    const result = await walk.forbidden(/Content Security Policy/i, () =>
      walk.page.evaluate((to) => fetch(to).then(() => "done", (error) => error.name), url),
    );
    outcome(result, `fetch of ${url.slice(0, 20)}`);
  }
  outcome(
    await attempt(() => {
      try {
        document.body.innerHTML = "<b>x</b>";
        return "done";
      } catch (error) {
        return error.name;
      }
    }),
    "innerHTML",
  );
  outcome(
    await attempt(() => {
      try {
        new Worker(URL.createObjectURL(new Blob(["0"])));
        return "done";
      } catch (error) {
        return error.name;
      }
    }),
    "a worker that is not the page's own",
  );
  outcome(
    await attempt(() => {
      try {
        trustedTypes.createPolicy("other", { createHTML: (text) => text });
        return "done";
      } catch (error) {
        return error.name;
      }
    }),
    "a policy of another name",
  );
  outcome(
    await attempt(async () => {
      const script = document.createElement("script");
      try {
        script.textContent = "window.ran = 'done'";
        document.body.append(script);
      } catch {
        // The browser may refuse the text itself.
      }
      return window.ran ?? "refused";
    }),
    "a script that came later",
  );
  const policy = await walk.page
    .locator("meta[http-equiv=Content-Security-Policy]")
    .getAttribute("content");
  assert.match(policy, /default-src 'none';.*connect-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);

  await walk.quietly(async () => {
    await walk.get("nav-plan").click();
    await walk.get("step").first().waitFor();
    assert.match(walk.page.url(), /#\/plan/, "places have addresses here too");
  });
  const asked = walk.requests.filter((url) => !/^(blob|data):/.test(url) && !walk.isOwn(new URL(url)));
  assert.deepEqual(asked.filter((url) => !places.includes(url)), [], "requests of the page");
});
