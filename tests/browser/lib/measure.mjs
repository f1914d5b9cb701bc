// Figures of a page: long tasks, frames, memory.

import { execFileSync } from "node:child_process";

/** Begins to watch how long the main thread is blocked. */
export function watch(page) {
  return page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: "longtask" });
    window.stages = [];
    const note = () => {
      const words = document.querySelector("[data-testid=busy-words]")?.textContent;
      if (words && window.stages.at(-1)?.words !== words) window.stages.push({ words, at: performance.now() });
    };
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

/** The longest task in milliseconds, and all stages that were shown, each with its time. */
export const watched = (page) => page.evaluate(() => ({ longest: window.longest, stages: window.stages }));

/** Scrolls an element through all of its height; the times of the frames in milliseconds, sorted. */
export function frames(page, selector, count = 240) {
  return page.evaluate(
    async ([selector, count]) => {
      const element = document.querySelector(selector);
      const step = (element.scrollHeight - element.clientHeight) / count;
      const next = () => new Promise(requestAnimationFrame);
      const times = [];
      let before = await next();
      for (let frame = 0; frame < count; frame += 1) {
        element.scrollTop += step;
        const now = await next();
        times.push(now - before);
        before = now;
      }
      return times.sort((a, b) => a - b);
    },
    [selector, count],
  );
}

/** The memory of all processes that this one has started, in megabytes. */
export function memory() {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,rss="], { encoding: "utf8" }).trim().split("\n");
  const all = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const ours = new Set([process.pid]);
  let [size, sum] = [0, 0];
  while (size !== ours.size) {
    size = ours.size;
    for (const [pid, parent] of all) if (ours.has(parent)) ours.add(pid);
  }
  for (const [pid, , rss] of all) if (ours.has(pid) && pid !== process.pid) sum += rss;
  return Math.round(sum / 1024);
}
