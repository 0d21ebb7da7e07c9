import type { Page } from 'playwright-core';

/** Narrower than this, Backstage has another layout. */
const PHONE_WIDTH = 600;

/**
 * Changes the size or the color scheme of an open page, and waits until Backstage has
 * loaded the page into that layout and theme: until then the former one is found.
 */
export async function changeView(
  page: Page,
  view: {
    size?: { width: number; height: number };
    colorScheme?: 'light' | 'dark';
  },
): Promise<void> {
  const { size, colorScheme } = view;
  if (colorScheme) {
    await page.emulateMedia({ colorScheme });
    await page
      .locator(`body[data-theme-mode="${colorScheme}"]`)
      .waitFor({ state: 'attached' });
  }
  if (size) {
    await page.setViewportSize(size);
    await page.getByTestId('sidebar-root').waitFor({
      state: size.width < PHONE_WIDTH ? 'detached' : 'attached',
    });
  }
}
