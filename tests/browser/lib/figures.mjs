// Figures of the page: printed with what they are to be, and held within limits that a busy machine
// keeps too. A limit is so many times a piece of work that the same browser does in the same run.

import assert from "node:assert/strict";

const time = (ms) => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`);

/**
 * Prints a figure. `aim` is what it is to be on a machine with nothing else to do.
 * @param {string} what
 * @param {string | number} value a number is a time in milliseconds
 * @param {number} [aim] in milliseconds
 */
export function say(what, value, aim) {
  const shown = typeof value === "number" ? time(value) : value;
  console.log(`${what}: ${shown}${aim === undefined ? "" : ` (aim ${time(aim)})`}`);
}

/** What the yardstick is at least: a moment of rest says nothing of the next one. */
const LEAST = 8;

/** How long a fixed piece of work takes in the page: about 5 ms where nothing else runs. */
export async function yardstick(page) {
  const unit = await page.evaluate(() => {
    const once = () => {
      const start = performance.now();
      let hash = 1;
      for (let at = 0; at < 4_000_000; at += 1) hash = Math.imul(hash ^ at, 0x01000193);
      return hash ? performance.now() - start : 0;
    };
    return Array.from({ length: 7 }, once).sort((a, b) => a - b)[3];
  });
  say("yardstick", unit);
  return Math.max(unit, LEAST);
}

/** Prints a time, and fails when it is more than so many yardsticks. */
export function within(what, value, { aim, unit, limit }) {
  say(what, value, aim);
  assert.ok(value <= limit * unit, `${what}: ${time(value)} is more than ${limit} times the yardstick of ${time(unit)}`);
}
