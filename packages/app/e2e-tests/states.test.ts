import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  expectNoSeriousViolations,
  expectNoSidewaysScroll,
} from './support/axe';
import { withBrowser } from './support/browserSession';
import { BuiltFrontend } from './support/builtFrontend';
import { screenshot } from './support/chromium';
import { cutTexts } from './support/cutTexts';
import { Fixtures } from './support/fixtures';
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
import { changeView } from './support/view';

const VIEWS = [
  { name: 'light', colorScheme: 'light', width: 1400 },
  { name: 'dark', colorScheme: 'dark', width: 1400 },
  { name: 'narrow', colorScheme: 'light', width: 360 },
] as const;

let frontend: BuiltFrontend;
let page: Page;
let fixtures: Fixtures;

withBrowser(async session => {
  ({ page } = session);
  frontend = await BuiltFrontend.start();
  fixtures = await Fixtures.install(page);
  await signIn(page, frontend.url);
});

after(() => frontend?.stop());

async function expectReadable({ name, path, answers = {}, shows }: State) {
  fixtures.use(answers);
  await page.goto(frontend.url + path);
  for (const view of VIEWS) {
    await changeView(page, {
      colorScheme: view.colorScheme,
      size: { width: view.width, height: 1000 },
    });
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
  await page.goto(frontend.url + drawer('events'));
  const dialog = page.getByRole('dialog', { name: 'api-dev' });
  await dialog.getByText('OperationCompleted').waitFor();
  await dialog
    .getByLabel('Events of')
    .selectOption({ label: 'Pod api-5d8-x7k2p · Degraded' });
  await dialog.getByText('Error: ImagePullBackOff').waitFor();
  for (const width of [360, 1400]) {
    await changeView(page, { size: { width, height: 1000 } });
    await dialog.getByText('Error: ImagePullBackOff').waitFor();
    assert.equal(
      await dialog.getByRole('tab', { selected: true }).textContent(),
      'Events',
    );
    assert.equal(await page.getByRole('dialog').count(), 1);
  }
});
