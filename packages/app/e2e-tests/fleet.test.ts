import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { expectNoSeriousViolations } from './support/axe';
import type { BrowserSession } from './support/browserSession';
import { screenshot } from './support/chromium';
import type { Landfall } from './support/landfall';
import { overflowingTexts } from './support/languages';
import { withPortal } from './support/portalSession';
import { createService } from './support/service';
import { changeView } from './support/view';

let landfall: Landfall;
let browser: BrowserSession;
let page: Page;

withPortal(async session => {
  ({ landfall, browser, page } = session);
});

/** Makes a service with three environments, and opens its page. */
async function createFirstService() {
  await createService(page, landfall.url, {
    name: 'web',
    environments: ['staging', 'prod'],
  });
  await page
    .getByRole('listitem', { name: 'prod: 1.0.0, Healthy, Synced' })
    .first()
    .waitFor();
}

function row(name: string) {
  return page.getByRole('row', { name: new RegExp(`^${name}`) });
}

function cell(name: string, environment: number) {
  return row(name).getByRole('cell').nth(environment);
}

test('the page of the fleet says what to do before there is a service', async () => {
  await page.getByRole('link', { name: 'Delivery', exact: true }).click();
  await page.getByText('argocd/app-selector').first().waitFor();
  await screenshot(page, 'fleet-empty');
  await expectNoSeriousViolations(page);
});

test('a service that somebody makes is listed with its environments', async () => {
  await createFirstService();
  browser.startUrl = `${landfall.url}/delivery`;
  await page.goto(browser.startUrl);
  for (const environment of [0, 1, 2]) {
    await cell('web', environment).getByText('1.0.0').waitFor();
    await cell('web', environment).getByText('Healthy').waitFor();
  }
  assert.deepEqual(await page.getByRole('columnheader').allTextContents(), [
    'Service',
    'dev',
    'staging',
    'prod',
  ]);
  await screenshot(page, 'fleet');
  await expectNoSeriousViolations(page);
});

test('an open page follows a push', async () => {
  await landfall.sandbox('push-image', 'shop/web', '1.0.1');
  for (const environment of [0, 1, 2]) {
    await cell('web', environment)
      .getByText('1.0.1', { exact: true })
      .waitFor();
    await cell('web', environment).getByText('Healthy').waitFor();
  }
});

test('the address keeps the filters, and the list can be downloaded', async () => {
  await page.getByLabel('Search services').fill('no such service');
  await page.getByText('No service matches these filters.').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await row('web').waitFor();

  await page.getByRole('button', { name: /^Degraded/ }).click();
  await page.waitForURL(/delivery-state=degraded/);
  await page.getByText('No service matches these filters.').waitFor();
  await page.reload();
  await page.getByRole('button', { name: /^Degraded/, pressed: true }).click();

  await page.getByLabel('Environment', { exact: true }).selectOption('prod');
  await page.waitForURL(/delivery-environment=prod/);
  await row('web').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  assert.match(csv, /\r\ncomponent:default\/web,.*,prod,.*,web-prod,1\.0\.1,/);
  assert.equal(csv.split('\r\n').length, 3);
});

test('the page fits a phone and the dark theme', async () => {
  await row('web').waitFor();
  await changeView(page, {
    colorScheme: 'dark',
    size: { width: 360, height: 1000 },
  });
  await row('web').waitFor();
  await screenshot(page, 'fleet-narrow');
  assert.deepEqual(await overflowingTexts(page), []);
  await expectNoSeriousViolations(page);
});

test('a service leads to its page', async () => {
  await row('web').getByRole('link', { name: 'web' }).click();
  await page.waitForURL(/\/catalog\/default\/component\/web/);
});
