import type { Page } from 'playwright-core';

/**
 * What Backstage shows in place of a part that still loads. Landfall's own parts name
 * theirs by what they load, and a test looks for what it needs of them.
 */
const LOADING = [
  // One with a value, such as that of a task, stays when it is at its end.
  '[role="progressbar"]:not([aria-label], [aria-valuenow])',
  // Backstage shows nothing in the first quarter of a second.
  '[data-testid="progress"]:not([aria-label])',
  '[data-testid="progress"][aria-label="Loading"]',
].join(', ');

/**
 * Waits until no part of the page that Backstage loads is missing, and until colors and
 * places no longer change, as after a change of the theme.
 */
export async function settled(page: Page): Promise<void> {
  await page.locator(LOADING).first().waitFor({ state: 'detached' });
  await page.evaluate(async () => {
    const transitions = document
      .getAnimations()
      .filter(animation => animation instanceof CSSTransition);
    // One that another replaces is cancelled.
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}
