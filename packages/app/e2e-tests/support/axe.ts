import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * Fails if the page has a serious or critical problem for people who use a screen
 * reader or the keyboard, or who see contrasts badly. What frames the page belongs
 * to Backstage, so only the page's own content is examined.
 */
export async function expectNoSeriousViolations(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run('main, article', {
      resultTypes: ['violations'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ html }) => html.slice(0, 200)),
      }));
  });
  assert.deepEqual(found, []);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
