import assert from 'node:assert/strict';
import { after, afterEach, before, test, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { expectNoSeriousViolations } from './support/axe';
import { launchChromium, screenshot } from './support/chromium';
import { ConfigRepository } from './support/configRepository';
import { Landfall, TIMEOUT_MS } from './support/landfall';
import { overflowingTexts } from './support/languages';
import { createService, signIn } from './support/service';

const VIEWS = ['Summary', 'Resources', 'History', 'Updater', 'Events'];

let landfall: Landfall;
let browser: Browser;
let page: Page;

before(async () => {
  landfall = await Landfall.create();
  await landfall.startSandbox();
  await landfall.startPortal();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  page.setDefaultTimeout(TIMEOUT_MS);
  await signIn(page, landfall.url);
  await createFirstService();
});

after(async () => {
  await browser?.close();
  await landfall?.stop();
});

afterEach(async context => {
  if (!(context as TestContext).passed) {
    await screenshot(
      page,
      `failed-${(context as TestContext).name.slice(0, 40)}`,
    );
  }
});

async function createFirstService() {
  await createService(page, landfall.url, { name: 'api' });
  await page
    .getByRole('listitem', { name: 'dev: 1.0.0, Healthy, Synced' })
    .first()
    .waitFor();
}

function drawer() {
  return page.getByRole('dialog', { name: 'api-dev' });
}

/** Makes the application differ from Git until somebody syncs it. */
async function changeWithoutSync() {
  const repository = new ConfigRepository(landfall.gitUrl);
  await repository.edit('argocd/api/api-dev.yaml', 'Sync by hand', text => {
    const changed = text.replace('enabled: true', 'enabled: false');
    assert.notEqual(changed, text);
    return changed;
  });
  const refresh = async (expected: string) => {
    const deadline = Date.now() + TIMEOUT_MS;
    for (;;) {
      const response = await fetch(
        `${landfall.argocdUrl}/api/v1/applications/api-dev?refresh=normal`,
        { headers: { authorization: 'Bearer sandbox-backstage-token' } },
      );
      if ((await response.text()).includes(expected)) {
        return;
      }
      assert.ok(Date.now() < deadline, `api-dev has no ${expected}`);
      await new Promise(done => setTimeout(done, 500));
    }
  };
  await refresh('"enabled":false');
  await repository.edit('apps/api/values-dev.yaml', 'Three pods', text => {
    const changed = text.replace('replicas: 1', 'replicas: 3');
    assert.notEqual(changed, text);
    return changed;
  });
  await refresh('"status":"OutOfSync"');
}

test('every part of the drawer loads, is accessible, and fits a narrow screen', async () => {
  await page
    .getByRole('button', { name: 'Actions and links of api-dev' })
    .click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await drawer().getByRole('region', { name: 'Source' }).waitFor();
  const wide = page.viewportSize() ?? { width: 1400, height: 1000 };
  for (const view of VIEWS) {
    await drawer().getByRole('tab', { name: view }).click();
    await drawer()
      .getByRole('tabpanel', { name: view })
      .locator('section, [role="tree"], ol, p')
      .first()
      .waitFor();
    await drawer().getByRole('progressbar').waitFor({ state: 'detached' });
    assert.equal(await drawer().getByRole('alert').count(), 0);
    const name = `drawer-${view.toLowerCase()}`;
    await screenshot(page, name);
    await expectNoSeriousViolations(page, { within: '[role="dialog"]' });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 360, height: 800 });
    await drawer().getByRole('tab', { name: view }).waitFor();
    await screenshot(page, `${name}-narrow`);
    assert.deepEqual(await overflowingTexts(page), []);
    await expectNoSeriousViolations(page, { within: '[role="dialog"]' });
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize(wide);
    // Backstage loads the page into another layout, and the drawer with it.
    await page.getByTestId('sidebar-root').waitFor({ state: 'attached' });
    await drawer().getByRole('tab', { name: view }).waitFor();
  }
  await page.keyboard.press('Escape');
  await page.waitForURL(url => !url.searchParams.has('delivery-application'));
  await drawer().waitFor({ state: 'detached' });
});

test('a change in Git that nobody synced shows up, with its lines', async () => {
  await page
    .getByRole('button', { name: 'Actions and links of api-dev' })
    .click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
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
