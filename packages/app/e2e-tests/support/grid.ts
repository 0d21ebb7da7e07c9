import type { Locator, Page } from 'playwright-core';

/** The row of a version in the tab's grid. */
export function versionRow(page: Page, version: string): Locator {
  return page
    .getByRole('table', { name: 'Versions' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: version }) });
}

/** What the grid says of a version in one of the environments. */
export function versionCell(
  page: Page,
  version: string,
  /** The place of the environment among the columns. */
  column: number,
): Locator {
  return versionRow(page, version).getByRole('cell').nth(column);
}
