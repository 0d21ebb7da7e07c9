import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  expectNoSeriousViolations,
  expectNoSidewaysScroll,
} from './support/axe';
import { type BrowserSession, withBrowser } from './support/browserSession';
import { BuiltFrontend } from './support/builtFrontend';
import { screenshot } from './support/chromium';
import { cutTexts } from './support/cutTexts';
import { DRAWER } from './support/drawerStates';
import { Fixtures } from './support/fixtures';
import { overflowingTexts } from './support/languages';
import { signIn } from './support/service';
import {
  CARD,
  CHARTS,
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
  { name: 'narrow', colorScheme: 'light', width: 360 },
  // Last, since another color scheme loads the page anew.
  { name: 'dark', colorScheme: 'dark', width: 1400 },
] as const;

let frontend: BuiltFrontend;
let browser: BrowserSession;
let page: Page;
let fixtures: Fixtures;

withBrowser(async session => {
  browser = session;
  ({ page } = session);
  frontend = await BuiltFrontend.start();
  fixtures = await Fixtures.install(page);
  await signIn(page, frontend.url);
});

after(() => frontend?.stop());

async function expectReadable({
  name,
  path,
  answers = {},
  shows,
  alsoShows = [],
}: State) {
  fixtures.use(answers);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(frontend.url + path);
  for (const view of VIEWS) {
    await changeView(page, {
      colorScheme: view.colorScheme,
      size: { width: view.width, height: 1000 },
    });
    for (const part of [...alsoShows, shows]) {
      await part(page).waitFor();
    }
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

/** Reads a page once, and fails to read it again. */
async function expectKept(options: {
  name: string;
  path: string;
  what: string;
}) {
  await page.setViewportSize({ width: 1400, height: 1000 });
  fixtures.use({});
  await page.goto(frontend.url + options.path);
  const refresh = page.getByRole('button', { name: 'Refresh' }).first();
  const known = page.getByText(/^1\.4\.3$|^service-0001$/).first();
  await known.waitFor();
  fixtures.use({ getOverview: fails, getVersions: fails, getFleet: fails });
  await refresh.click();
  await page
    .getByText(
      `Couldn't refresh the ${options.what}. Showing the last known state.`,
    )
    .first()
    .waitFor();
  await known.waitFor();
  await screenshot(page, `state-${options.name}-not-refreshed-light`);
  await expectNoSeriousViolations(page);
}

for (const [name, path, what] of [
  ['card', entity('healthy'), 'deployments of healthy'],
  ['tab', `${entity('healthy')}/deployments`, 'versions of healthy'],
  ['fleet', '/delivery', 'services'],
]) {
  test(`the ${name} keeps what it has read while it can not read again`, () =>
    expectKept({ name, path, what }));
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

test('a page that is left open for a day shows what is there now', async () => {
  const left = await browser.newPage();
  try {
    const answers = await Fixtures.install(left);
    await left.clock.install();
    await signIn(left, frontend.url);
    await left.goto(frontend.url + entity('healthy'));
    await left.getByRole('listitem', { name: /^staging: 1\.4\.3, / }).waitFor();
    answers.useScenario('progressing');
    await left.clock.fastForward('24:00:00');
    // Until the next look for changes.
    await left.clock.runFor('01:00');
    await left
      .getByRole('listitem', { name: /^staging: 1\.4\.3 → 1\.4\.4, / })
      .first()
      .waitFor();
    await left
      .getByText(/^1 day ago/)
      .first()
      .waitFor();
  } finally {
    await left.close();
  }
});

test('the sidebar has room for the name of each page', async () => {
  await page.setViewportSize({ width: 1400, height: 1000 });
  await page.goto(frontend.url);
  await page.getByRole('link', { name: 'Delivery', exact: true }).waitFor();
  const names = await page.getByTestId('sidebar-root').evaluate(root =>
    [...root.querySelectorAll('*')]
      .filter(element => getComputedStyle(element).textOverflow === 'ellipsis')
      .map(({ textContent, scrollWidth, clientWidth }) => ({
        text: textContent,
        isCut: scrollWidth > clientWidth,
      })),
  );
  assert.ok(names.some(({ text }) => text === 'Delivery'));
  assert.deepEqual(
    names.filter(({ isCut }) => isCut),
    [],
  );
});
