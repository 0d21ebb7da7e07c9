import type { Page } from 'playwright-core';

/** Narrower than this, Backstage has another layout. */
const PHONE_WIDTH = 600;

/**
 * Changes the size or the color scheme of an open page, and waits until Backstage has
 * loaded the page into that layout and theme: until then the former one is found.
 *
 * Another color scheme loads the page anew. Backstage would mount the whole page again,
 * too, and where React interrupts that, Material UI 4 keeps style sheets of a theme that
 * nothing uses anymore: the next change shows parts in the colors of the wrong one.
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
    const current = page.locator(`body[data-theme-mode="${colorScheme}"]`);
    if ((await current.count()) === 0) {
      await page.emulateMedia({ colorScheme });
      await page.reload();
      await current.waitFor({ state: 'attached' });
      await inLayout(page);
    }
  }
  if (size) {
    await page.setViewportSize(size);
    await inLayout(page);
  }
}

/** Waits until the page has the layout for its width, and not the other one. */
async function inLayout(page: Page): Promise<void> {
  const isPhone = (page.viewportSize()?.width ?? PHONE_WIDTH) < PHONE_WIDTH;
  const [shown, gone] = isPhone
    ? ['mobile-sidebar-root', 'sidebar-root']
    : ['sidebar-root', 'mobile-sidebar-root'];
  await page.getByTestId(shown).waitFor({ state: 'attached' });
  await page.getByTestId(gone).waitFor({ state: 'detached' });
}
