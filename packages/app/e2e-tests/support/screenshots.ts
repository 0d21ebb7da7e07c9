import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { expectNoSeriousViolations, expectNoSidewaysScroll } from './axe';
import { screenshot } from './chromium';
import { overflowingTexts } from './languages';
import { changeView } from './view';

/**
 * Saves and checks the page on a wide screen, and in the dark theme on a narrow one,
 * where nothing may overflow. Both show an element.
 */
export async function screenshots(
  page: Page,
  name: string,
  shown: Locator,
): Promise<void> {
  await shown.waitFor();
  await screenshot(page, name);
  await expectNoSeriousViolations(page);
  const wide = page.viewportSize() ?? { width: 1400, height: 1000 };
  await changeView(page, {
    colorScheme: 'dark',
    size: { width: 360, height: 1400 },
  });
  await shown.waitFor();
  await screenshot(page, `${name}-narrow`);
  assert.deepEqual(await overflowingTexts(page), []);
  await expectNoSeriousViolations(page);
  await expectNoSidewaysScroll(page);
  await changeView(page, { colorScheme: 'light', size: wide });
  await shown.waitFor();
}
