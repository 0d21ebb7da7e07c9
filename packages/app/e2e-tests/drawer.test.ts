import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { ArgoCdApi } from './support/argocdApi';
import { expectNoSeriousViolations } from './support/axe';
import { screenshot } from './support/chromium';
import { ConfigRepository } from './support/configRepository';
import type { Landfall } from './support/landfall';
import { overflowingTexts } from './support/languages';
import { withPortal } from './support/portalSession';
import { createService } from './support/service';
import { changeView } from './support/view';

const VIEWS = ['Summary', 'Resources', 'History', 'Updater', 'Events'];

let landfall: Landfall;
let page: Page;

withPortal(async session => {
  ({ landfall, page } = session);
  await createService(page, landfall.url, { name: 'api' });
  await page
    .getByRole('listitem', { name: 'dev: 1.0.0, Healthy, Synced' })
    .first()
    .waitFor();
  session.browser.startUrl = page.url();
});

function drawer() {
  return page.getByRole('dialog', { name: 'api-dev' });
}

/** Opens the details of the application from its row. */
async function openDrawer() {
  await page
    .getByRole('button', { name: 'Actions and links of api-dev' })
    .click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await drawer().getByRole('region', { name: 'Source' }).waitFor();
}

/** Waits until the drawer shows all of a view. */
async function viewLoaded(view: string) {
  await drawer()
    .getByRole('tabpanel', { name: view })
    .locator('section, [role="tree"], ol, p')
    .first()
    .waitFor();
  await drawer()
    .getByRole('progressbar')
    .first()
    .waitFor({ state: 'detached' });
  assert.equal(await drawer().getByRole('alert').count(), 0);
}

/** Makes the application differ from Git until somebody syncs it. */
async function changeWithoutSync() {
  const repository = new ConfigRepository(landfall.gitUrl);
  const argocd = new ArgoCdApi(landfall.argocdUrl);
  await repository.edit('argocd/api/api-dev.yaml', 'Sync by hand', text =>
    text.replace('enabled: true', 'enabled: false'),
  );
  await argocd.until('api-dev', text => text.includes('"enabled":false'));
  await repository.edit('apps/api/values-dev.yaml', 'Three pods', text =>
    text.replace('replicas: 1', 'replicas: 3'),
  );
  await argocd.until('api-dev', text => text.includes('"status":"OutOfSync"'));
}

test('every part of the drawer loads, is accessible, and fits a narrow screen', async () => {
  await openDrawer();
  const wide = page.viewportSize() ?? { width: 1400, height: 1000 };
  for (const view of VIEWS) {
    await drawer().getByRole('tab', { name: view }).click();
    await viewLoaded(view);
    const name = `drawer-${view.toLowerCase()}`;
    await screenshot(page, name);
    await expectNoSeriousViolations(page, { within: '[role="dialog"]' });
    await changeView(page, {
      colorScheme: 'dark',
      size: { width: 360, height: 800 },
    });
    await viewLoaded(view);
    await screenshot(page, `${name}-narrow`);
    assert.deepEqual(await overflowingTexts(page), []);
    await expectNoSeriousViolations(page, { within: '[role="dialog"]' });
    await changeView(page, { colorScheme: 'light', size: wide });
    await drawer().getByRole('tab', { name: view }).waitFor();
  }
  await page.keyboard.press('Escape');
  await page.waitForURL(url => !url.searchParams.has('delivery-application'));
  await drawer().waitFor({ state: 'detached' });
});

test('a change in Git that nobody synced shows up, with its lines', async () => {
  await openDrawer();
  await drawer().getByRole('tab', { name: 'Resources' }).click();
  const item = drawer().getByRole('treeitem', { name: /^Deployment/ });
  await item.waitFor();
  // The drawer stays open and follows.
  await changeWithoutSync();
  await drawer()
    .getByRole('treeitem', { name: /^Deployment.*Out of sync/ })
    .waitFor();
  await item.focus();
  await page.keyboard.press('Enter');
  const lines = drawer().getByRole('group', { name: 'Lines that differ' });
  await lines.getByText('replicas: 1').waitFor();
  await lines.getByText('replicas: 3').waitFor();
  await screenshot(page, 'drawer-diff');
  await expectNoSeriousViolations(page, { within: '[role="dialog"]' });

  // The URL has all of it.
  await page.reload();
  await drawer().getByText('replicas: 3').waitFor();
});
