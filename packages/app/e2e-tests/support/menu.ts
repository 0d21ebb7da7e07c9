import type { Locator, Page } from 'playwright-core';

/** Opens the menu of an application, and returns it once it says what is allowed. */
export async function openMenu(
  page: Page,
  application: string,
): Promise<Locator> {
  await page
    .getByRole('button', { name: `Actions and links of ${application}` })
    .first()
    .click();
  const menu = page.getByRole('menu');
  await menu.waitFor();
  await menu
    .locator('[role="menuitem"][aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached' });
  return menu;
}

/** Chooses an item of the menu of an application. */
export async function chooseAction(
  page: Page,
  application: string,
  item: string | RegExp,
): Promise<void> {
  const menu = await openMenu(page, application);
  await menu.getByRole('menuitem', { name: item }).click();
}
