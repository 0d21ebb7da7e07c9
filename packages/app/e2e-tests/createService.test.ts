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
});

after(async () => {
  await browser?.close();
  await landfall?.stop();
});

test('a service from the form is live in dev, and a new image reaches the open page', async () => {
  await page.goto(landfall.url);
  await page.getByRole('button', { name: 'Enter' }).click();
  await screenshot(page, '1-catalog');
});
