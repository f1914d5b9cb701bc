// One journey through the page: a fresh browser, and a watch on everything that must not happen.

import assert from "node:assert/strict";
import { mkdtemp, mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

import { serve } from "./static-server.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** The rule sets that the page must meet: WCAG up to 2.2, level AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Browsers do not check `integrity` on preloads yet and say so; the module itself is checked. */
const KNOWN = /`integrity` attribute is currently ignored for preload destinations/;

/** Keeps the browser from talking to its maker, which a closed network answers with errors. */
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Somebody who was here before: the tour does not begin by itself, and covers nothing. */
const seen = () => {
  try {
    localStorage.setItem("pgparity.tour", "true");
  } catch {
    // A page without storage, such as about:blank.
  }
};

/**
 * Lets the page know somebody who was here before. What runs before a page on the disk is there at times
 * gets another storage than the page that follows, and the page keeps that: there it is said in the page.
 */
async function wasHere(context, page, address) {
  if (!address.startsWith("file:")) {
    await context.addInitScript(seen);
    return;
  }
  await page.goto(address);
  await page.evaluate(seen);
  await page.goto("about:blank");
}

/** A path that the Rust side (or a person) gives by an environment variable. */
export function setting(name) {
  const value = process.env[name];
  assert.ok(value, `set ${name}; tests/README.md says to what`);
  return path.resolve(value);
}

/** A page that is served, or one that lies on the disk. */
async function place(dist, file) {
  if (file) return { address: pathToFileURL(file).href, log: null, close: async () => {} };
  const server = await serve(dist);
  return { ...server, address: `${server.origin}/` };
}

/**
 * Serves the page, opens it in a new browser, runs the steps, and fails when a step fails or when
 * the page logged an error, threw, or asked any other host for anything.
 * @param {object} options `dist`, `edition` (`hosted` or `single`) and `output` take the place of the
 *   settings of that name; `file` is a page on the disk, a report for instance; `newcomer` is somebody
 *   who has never been here: nothing is stored, and the tour begins with the sample;
 *   `context` goes to the browser context: viewport, colour scheme, …
 * @param {(journey: Journey) => Promise<void>} steps
 */
export async function journey(options, steps) {
  const dist = options.dist ?? setting("PGPARITY_DIST");
  const output = options.output ?? setting("PGPARITY_OUTPUT");
  const executablePath = process.env.PGPARITY_CHROMIUM ?? "/usr/bin/chromium";
  await mkdir(output, { recursive: true });
  const edition = options.edition ?? process.env.PGPARITY_EDITION ?? "hosted";
  const single = edition === "single" ? path.join(dist, "pgparity.html") : null;
  const server = await place(dist, options.file ?? single);
  const profile = await mkdtemp(path.join(os.tmpdir(), "pgparity-browser-"));
  const root = process.getuid?.() === 0;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    acceptDownloads: true,
    chromiumSandbox: !root,
    args: QUIET,
    ...options.context,
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    if (!options.newcomer) await wasHere(context, page, server.address);
    const walk = new Journey({ page, context, server, output });
    try {
      await steps(walk);
    } catch (error) {
      await walk.shot("failure");
      error.message += `\nproblems of the page so far:\n${walk.problems.join("\n") || "none"}`;
      throw error;
    }
    assert.deepEqual(walk.problems, [], "the page must run without any problem");
  } finally {
    await context.close();
    await server.close();
    await rm(profile, { recursive: true, force: true });
  }
}

class Journey {
  constructor({ page, context, server, output }) {
    this.page = page;
    this.context = context;
    this.server = server;
    this.address = server.address;
    this.origin = server.origin;
    this.output = output;
    /** Errors of the page, in words; any of them fails the journey. */
    this.problems = [];
    /** Every request that the page made, workers included. */
    this.requests = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !KNOWN.test(message.text())) {
        this.problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => this.problems.push(`uncaught: ${error.stack ?? error}`));
    page.on("crash", () => this.problems.push("the page crashed"));
    context.on("request", (request) => {
      this.requests.push(request.url());
      if (!this.isOwn(new URL(request.url()))) {
        this.problems.push(`request to another host: ${request.url()}`);
      }
    });
    context.on("requestfailed", (request) => {
      // A page that is left ends the loading of its own worker.
      if (request.url().startsWith("blob:") && request.failure()?.errorText === "net::ERR_ABORTED") return;
      this.problems.push(`failed: ${request.url()} (${request.failure()?.errorText})`);
    });
    context.on("response", (response) => {
      if (response.status() >= 400) this.problems.push(`${response.status()}: ${response.url()}`);
    });
  }

  /** What the page may ask for: its own host, or nothing but itself. */
  isOwn(url) {
    if (["blob:", "data:"].includes(url.protocol)) return true;
    return this.origin ? url.origin === this.origin : url.href.split("#")[0] === this.address;
  }

  /** Waits until the page has drawn what it has and rests: nobody acts faster than that after a load. */
  async settled() {
    await this.page.waitForTimeout(250);
    await this.page.evaluate(() => new Promise((rests) => requestIdleCallback(() => rests())));
  }

  /** Opens the page; `fragment` is what follows the `#`. */
  async open(fragment = "") {
    await this.page.goto(`${this.address}${fragment && `#${fragment}`}`);
    await this.kept();
  }

  /** Waits until a hosted page is kept for use without a network: only that asks for files later. */
  async kept() {
    await this.page.waitForFunction(() => {
      const offline = document.querySelector("meta[name=pgparity-offline]");
      return !offline || document.documentElement.dataset.offline;
    });
  }

  /** Takes the network away for good. */
  async unplug() {
    await this.context.setOffline(true);
    await this.server.close();
  }

  /** Does what the page's policy forbids: the problems must be of that kind, and are no others. */
  async forbidden(complaint, action) {
    const before = this.problems.length;
    const result = await action();
    await this.page.waitForTimeout(100);
    const complaints = this.problems.splice(before);
    for (const text of complaints) assert.match(text, complaint);
    return result;
  }

  /** An element by its `data-testid`. */
  get(id) {
    return this.page.getByTestId(id);
  }

  /** Saves a picture of the page as `NAME.png`. */
  async shot(name) {
    await this.page.screenshot({ path: path.join(this.output, `${name}.png`) });
  }

  /** Saves what the action downloads; returns its suggested name, path and text. */
  async download(action) {
    const [download] = await Promise.all([this.page.waitForEvent("download"), action()]);
    const name = download.suggestedFilename();
    const file = path.join(this.output, name);
    await download.saveAs(file);
    return { name, file, text: await readFile(file, "utf8") };
  }

  /** Fails when axe finds anything. It comes in by the DevTools protocol, which no CSP blocks. */
  async audit(state) {
    // Colours that are on their way are not those that are read.
    await this.page.evaluate(() =>
      Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
    );
    const devtools = await this.context.newCDPSession(this.page);
    try {
      const evaluate = async (expression) => {
        const { result, exceptionDetails } = await devtools.send("Runtime.evaluate", {
          expression,
          awaitPromise: true,
          returnByValue: true,
        });
        assert.ok(!exceptionDetails, `axe in ${state}: ${exceptionDetails?.exception?.description}`);
        return result.value;
      };
      await evaluate(`${await readFile(AXE, "utf8")};undefined`);
      const violations = await evaluate(
        `axe.run(document, {runOnly: ${JSON.stringify(RULES)}}).then(({ violations }) =>
          violations.map(({ id, help, nodes }) =>
            id + ": " + help + " at " + nodes.map((node) => node.target.join(" ")).join(", ")))`,
      );
      assert.deepEqual(violations, [], `accessibility of ${state}`);
    } finally {
      await devtools.detach();
    }
  }

  /** Fails when the action makes the page ask for anything over the network. */
  async quietly(action) {
    const requests = () =>
      this.server.log ?? this.requests.filter((url) => !/^(blob|data):/.test(url));
    const before = requests().length;
    await action();
    assert.deepEqual(requests().slice(before), [], "requests while working on snapshots");
  }
}
