import type { Page } from 'playwright-core';

/**
 * Makes the page mark when it has painted an element with a label, or a text, by its
 * own clock: neither this process nor its connection to the browser counts. So what was
 * shown for a moment isn't missed.
 */
export async function markWhenShown(
  page: Page,
  shown: string,
  by: 'label' | 'text' = 'label',
): Promise<void> {
  const condition = { name: shown, isLabel: by === 'label' };
  await page.evaluate(({ name, isLabel }) => {
    const selector = `[aria-label="${CSS.escape(name)}"]`;
    const isShown = () =>
      isLabel
        ? document.querySelector(selector) !== null
        : document.body.textContent?.includes(name);
    const mark = () => {
      // A task after the frame runs once the frame is painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => performance.mark(`shown: ${name}`);
        port2.postMessage(undefined);
      });
    };
    const observer = new MutationObserver(() => {
      if (isShown()) {
        observer.disconnect();
        mark();
      }
    });
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      characterData: !isLabel,
      attributes: true,
      attributeFilter: ['aria-label'],
    });
  }, condition);
}

/**
 * Waits until the page has painted it.
 *
 * @returns when, in milliseconds since the epoch
 */
export async function shownAt(page: Page, shown: string): Promise<number> {
  const mark = await page.waitForFunction(name => {
    const [entry] = performance.getEntriesByName(name, 'mark');
    return entry && performance.timeOrigin + entry.startTime;
  }, `shown: ${shown}`);
  return Number(await mark.jsonValue());
}

/** The value below which a share of the values lies, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
