import type { Page } from 'playwright-core';

/**
 * Makes the page mark when it has painted an element with a label, by its own
 * clock: neither this process nor its connection to the browser counts.
 */
export async function markWhenShown(page: Page, label: string): Promise<void> {
  await page.evaluate(name => {
    const selector = `[aria-label="${CSS.escape(name)}"]`;
    const mark = () => {
      // A task after the frame runs once the frame is painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => performance.mark(`shown: ${name}`);
        port2.postMessage(undefined);
      });
    };
    const observer = new MutationObserver(() => {
      if (document.querySelector(selector)) {
        observer.disconnect();
        mark();
      }
    });
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['aria-label'],
    });
  }, label);
}

/** When the page had painted it; milliseconds since the epoch. */
export async function shownAt(page: Page, label: string): Promise<number> {
  const mark = await page.waitForFunction(name => {
    const [entry] = performance.getEntriesByName(name, 'mark');
    return entry && performance.timeOrigin + entry.startTime;
  }, `shown: ${label}`);
  return Number(await mark.jsonValue());
}

/** The value below which a share of the values lies, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
