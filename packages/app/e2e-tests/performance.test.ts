import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { expectNoSeriousViolations } from './support/axe';
import { screenshot } from './support/chromium';
import type { Landfall } from './support/landfall';
import { overflowingTexts } from './support/languages';
import { withPortal } from './support/portalSession';
import { createService } from './support/service';

const NARROW = { width: 360, height: 900 };

let landfall: Landfall;
let page: Page;

withPortal(
  async session => {
    ({ landfall, page } = session);
    await deploy();
    session.browser.startUrl = `${landfall.url}/catalog/default/component/web/performance`;
  },
  { height: 1400 },
);

/** A service whose second version was deployed after the first. */
async function deploy() {
  await createService(page, landfall.url, { name: 'web' });
  await waitForRow('dev: 1.0.0, Healthy, Synced');
  await landfall.sandbox('push-image', 'shop/web', '1.0.1');
  await waitForRow('dev: 1.0.1, Healthy, Synced');
}

async function waitForRow(words: string) {
  await page.getByRole('listitem', { name: words }).first().waitFor();
}

function figures() {
  return page.getByRole('list', { name: 'Figures' }).getByRole('listitem');
}

test('the tab shows what was deployed, with charts and their numbers', async () => {
  await page
    .getByRole('heading', { name: 'Delivery performance' })
    .first()
    .waitFor();
  await figures()
    .filter({ hasText: 'Deployment frequency' })
    .getByText(/^[12] deployments?$/)
    .waitFor();
  await figures()
    .filter({ hasText: 'Change failure rate' })
    .getByText(/^0 of [12] deployments failed$/)
    .waitFor();
  const chart = page.getByRole('img', { name: /^Deployments and failures/ });
  await chart.locator('svg .recharts-bar-rectangle path').first().waitFor();
  await screenshot(page, 'performance');
  await expectNoSeriousViolations(page);

  await page.getByRole('button', { name: 'Show Lead time as a table' }).click();
  const table = page.getByRole('table', {
    name: 'Lead time',
    exact: true,
  });
  assert.equal(await table.getByRole('row').count(), 1 + 28);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download Lead time as CSV' }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  assert.match(text, /^\ufefffrom,to,versions,p50_seconds,p90_seconds\r\n/);
  assert.equal(text.trim().split('\r\n').length, 1 + 28);
  await expectNoSeriousViolations(page);
});

test('the selection is in the address, and narrow pages need no scrolling', async () => {
  await page.getByLabel('Period').selectOption({ label: 'Last 13 weeks' });
  await page.waitForURL(/delivery-period=91/);
  await page.setViewportSize(NARROW);
  await page.reload();
  await figures().first().waitFor();
  assert.equal(await page.getByLabel('Period').inputValue(), '91');
  assert.deepEqual(await overflowingTexts(page), []);
  await screenshot(page, 'performance-narrow');
});

test('the fleet has the same for all services, in the dark, too', async () => {
  await page.evaluate(() => localStorage.setItem('theme', 'dark'));
  await page.goto(
    `${landfall.url}/delivery?delivery-tab=performance&delivery-owner=group%3Adefault%2Fshop-team`,
  );
  await figures()
    .filter({ hasText: 'Deployment frequency' })
    .getByText(/^\d+ deployments?$/)
    .waitFor();
  assert.equal(
    await page.getByLabel('Owner').inputValue(),
    'group:default/shop-team',
  );
  await screenshot(page, 'performance-dark');
  await expectNoSeriousViolations(page);
});
