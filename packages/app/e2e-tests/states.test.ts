import assert from 'node:assert/strict';
import { after, afterEach, before, test, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import {
  expectNoSeriousViolations,
  expectNoSidewaysScroll,
} from './support/axe';
import { BuiltFrontend } from './support/builtFrontend';
import { launchChromium, screenshot } from './support/chromium';
import { cutTexts } from './support/cutTexts';
import { Fixtures } from './support/fixtures';
import { TIMEOUT_MS } from './support/landfall';
import { overflowingTexts } from './support/languages';
import { signIn } from './support/service';
import {
  CARD,
  CHARTS,
  DRAWER,
  drawer,
  entity,
  fails,
  FLEET,
  type State,
  TAB,
} from './support/states';

const VIEWS = [
  { name: 'light', colorScheme: 'light', width: 1400 },
  { name: 'dark', colorScheme: 'dark', width: 1400 },
  { name: 'narrow', colorScheme: 'light', width: 360 },
] as const;

let frontend: BuiltFrontend;
let browser: Browser;
let page: Page;
let fixtures: Fixtures;

before(async () => {
  frontend = await BuiltFrontend.start();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  page.setDefaultTimeout(TIMEOUT_MS);
  fixtures = await Fixtures.install(page);
  await signIn(page, frontend.url);
});

after(async () => {
  await browser?.close();
  await frontend?.stop();
});

afterEach(async context => {
  if (!(context as TestContext).passed) {
    await screenshot(
      page,
      `failed-${(context as TestContext).name.slice(0, 40)}`,
    );
  }
});

async function expectReadable({ name, path, answers = {}, shows }: State) {
  fixtures.use(answers);
  for (const view of VIEWS) {
    await page.emulateMedia({ colorScheme: view.colorScheme });
    await page.setViewportSize({ width: view.width, height: 1000 });
    await page.goto(frontend.url + path);
    await shows(page).waitFor();
    await shows(page).scrollIntoViewIfNeeded();
    await screenshot(page, `state-${name}-${view.name}`);
    await expectNoSeriousViolations(page);
    assert.deepEqual(await cutTexts(page), []);
    if (view.width === 360) {
      await expectNoSidewaysScroll(page);
      assert.deepEqual(await overflowingTexts(page), []);
    }
  }
  assert.deepEqual([...new Set(fixtures.problems)], []);
}

for (const state of [...CARD, ...TAB, ...DRAWER, ...FLEET, ...CHARTS]) {
  test(`${state.name} is readable in every view`, () => expectReadable(state));
}

test('the charts keep the last figures while others can not be read', async () => {
  await page.setViewportSize({ width: 1400, height: 1000 });
  fixtures.use({});
  await page.goto(`${frontend.url}${entity('healthy')}/performance`);
  await page.getByRole('list', { name: 'Figures' }).waitFor();
  fixtures.use({ getPerformance: fails });
  await page.getByLabel('Period').selectOption({ label: 'Last 13 weeks' });
  await page
    .getByText(/^Couldn't refresh the delivery performance\./)
    .first()
    .waitFor();
  await page.getByRole('list', { name: 'Figures' }).waitFor();
  await screenshot(page, 'state-charts-stale-light');
});

test('the drawer stays where it is when the page changes its layout', async () => {
  fixtures.use({});
  await page.setViewportSize({ width: 1400, height: 1000 });
  await page.goto(frontend.url + drawer('events'));
  const dialog = page.getByRole('dialog', { name: 'api-dev' });
  await dialog.getByText('OperationCompleted').waitFor();
  await dialog
    .getByLabel('Events of')
    .selectOption({ label: 'Pod api-5d8-x7k2p · Degraded' });
  await dialog.getByText('Error: ImagePullBackOff').waitFor();
  // Backstage has another layout for phones, and loads the page into it.
  for (const width of [360, 1400]) {
    await page.setViewportSize({ width, height: 1000 });
    await dialog.getByText('Error: ImagePullBackOff').waitFor();
    assert.equal(
      await dialog.getByRole('tab', { selected: true }).textContent(),
      'Events',
    );
    assert.equal(await page.getByRole('dialog').count(), 1);
  }
});
