import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, screenshot } from './support/chromium';
import { Landfall } from './support/landfall';

/** Long enough for a slow machine; every step waits for what it needs, not for this. */
const PATIENCE = 120_000;

let landfall: Landfall;
let browser: Browser;
let page: Page;

before(async () => {
  landfall = await Landfall.create();
  await landfall.startSandbox();
  await landfall.startPortal();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(landfall.url);
  await page.getByRole('button', { name: 'Enter' }).click();
});

after(async () => {
  await browser?.close();
  await landfall?.stop();
});

/** Fills in the form of create-service and starts it. */
async function submitForm() {
  await page.goto(`${landfall.url}/create/templates/default/create-service`);
  await page.getByLabel('Name').fill('api');
  await page.getByLabel('System').fill('shop');
  await page.getByRole('option', { name: /shop/i }).first().click();
  await page.getByLabel('Owner').fill('shop');
  await page.getByRole('option', { name: /shop team/i }).click();
  await screenshot(page, '1-form');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Every release').waitFor();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
}

/** The row of an environment on the page that is open, once it says so. */
async function waitForRow(words: RegExp) {
  await page.getByRole('listitem', { name: words }).first().waitFor();
}

test('a service made with the form goes live in dev with its first version', async () => {
  await submitForm();
  await page.getByText('Finished step Register the component').waitFor();
  await screenshot(page, '2-task-log');
  await page.getByRole('link', { name: "Open the service's page" }).click();

  await page.getByRole('heading', { name: 'Deployments' }).waitFor();
  await waitForRow(/^dev: 1\.0\.0, Healthy, Synced/);
  await screenshot(page, '3-card-first-version');
});
