import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Up to here, Web Vitals calls the shifts of a page good. */
const GOOD = 0.1;

interface LayoutShift extends PerformanceEntry {
  value: number;
  /** Whether somebody clicked or typed right before it. */
  hadRecentInput: boolean;
  sources: readonly { node: Node | null }[];
}

/**
 * Fails if what the page showed of Landfall has jumped since it was opened, or since
 * a time: if its layout shifts, which nobody's input caused, sum up to more than what
 * Web Vitals calls good.
 *
 * @param since - by the page's own clock, in milliseconds; see `pageNow`
 */
export async function expectNoJumps(page: Page, since = 0): Promise<void> {
  const shifts = await layoutShifts(page, since);
  const total = shifts.reduce((sum, { value }) => sum + value, 0);
  assert.ok(
    total < GOOD,
    `Its parts moved by ${total.toFixed(3)}:\n${shifts
      .map(
        ({ value, at, moved }) => `${value.toFixed(3)} at ${at} ms: ${moved}`,
      )
      .join('\n')}`,
  );
}

/** The time by the page's own clock. */
export async function pageNow(page: Page): Promise<number> {
  return page.evaluate(() => performance.now());
}

/** The shifts that moved a part of Landfall, or something below one. */
async function layoutShifts(page: Page, since: number) {
  return page.evaluate(begin => {
    const isShift = (entry: PerformanceEntry): entry is LayoutShift =>
      entry.entryType === 'layout-shift';
    const isOurs = (node: Node | null): node is Element =>
      node instanceof Element &&
      (node.closest('[class*="Landfall"]') ??
        node.querySelector('[class*="Landfall"]')) !== null;
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'layout-shift', buffered: true });
    const entries = observer.takeRecords();
    observer.disconnect();
    return entries
      .filter(isShift)
      .filter(
        ({ startTime, hadRecentInput }) =>
          startTime >= begin && !hadRecentInput,
      )
      .map(({ value, startTime, sources }) => ({
        value,
        at: Math.round(startTime),
        moved: sources
          .map(({ node }) => node)
          .filter(isOurs)
          .map(
            ({ nodeName, className, textContent }) =>
              `${nodeName}.${className} "${textContent?.slice(0, 40)}"`,
          )
          .join(', '),
      }))
      .filter(({ moved }) => moved !== '');
  }, since);
}
