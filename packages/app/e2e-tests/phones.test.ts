import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
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
import { entity } from './support/states';
import { changeView } from './support/view';

const PHONE = { width: 360, height: 740 };

/** The label of the filter button while two filters are set. */
const FILTERS = {
  en: 'Filters (2)',
  de: 'Filter (2)',
  ja: '絞り込み (2)',
};

let frontend: BuiltFrontend;
let page: Page;

withBrowser(async session => {
  ({ page } = session);
  frontend = await BuiltFrontend.start();
  await Fixtures.install(page);
  await signIn(page, frontend.url);
}, PHONE);

after(() => frontend?.stop());

beforeEach(() => changeView(page, { colorScheme: 'light', size: PHONE }));

/** The bottom of what can be seen: below it is Backstage's navigation. */
async function bottomOfScreen(): Promise<number> {
  const navigation = await page
    .getByTestId('mobile-sidebar-root')
    .boundingBox();
  return navigation?.y ?? PHONE.height;
}

async function expectOnFirstScreen(element: Locator) {
  await element.waitFor();
  const box = await element.boundingBox();
  assert.ok(box, 'It has a place on the page');
  const bottom = await bottomOfScreen();
  assert.ok(
    box.y + box.height <= bottom,
    `${await element.textContent()} ends at ${
      box.y + box.height
    }, and the screen at ${bottom}`,
  );
}

async function expectReadable() {
  await expectNoSeriousViolations(page);
  await expectNoSidewaysScroll(page);
  assert.deepEqual(await overflowingTexts(page), []);
  assert.deepEqual(await cutTexts(page), []);
}

async function expectServicesFirst(colorScheme: 'light' | 'dark') {
  await page.goto(`${frontend.url}/delivery`);
  await changeView(page, { colorScheme });
  for (const service of ['service-0000', 'service-0001', 'service-0002']) {
    await expectOnFirstScreen(
      page.getByRole('row', { name: new RegExp(service) }),
    );
  }
  await screenshot(page, `phone-fleet-${colorScheme}`);
  await expectReadable();
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await screenshot(page, `phone-fleet-filters-${colorScheme}`);
  await expectReadable();
}

async function expectFiguresFirst(colorScheme: 'light' | 'dark') {
  await page.goto(`${frontend.url}/delivery?delivery-tab=performance`);
  await changeView(page, { colorScheme });
  const figures = page
    .getByRole('list', { name: 'Figures' })
    .getByRole('listitem');
  await expectOnFirstScreen(figures.first());
  await expectOnFirstScreen(figures.last());
  await screenshot(page, `phone-performance-${colorScheme}`);
  await expectReadable();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the first screen of the fleet has services, in the ${colorScheme} theme`, () =>
    expectServicesFirst(colorScheme));

  test(`the first screen of the performance has figures, in the ${colorScheme} theme`, () =>
    expectFiguresFirst(colorScheme));
}

test('the keyboard opens the filters, which say how many are set', async () => {
  await page.goto(`${frontend.url}/delivery`);
  const services = page.getByRole('row', { name: /service-/ });
  await services.first().waitFor();
  await page.getByLabel('Search services').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const filters = page.getByRole('group', { name: 'Filters' });
  await filters.getByLabel('Environment').selectOption('prod');
  await page
    .getByRole('button', { name: 'Filters (1)', expanded: true })
    .click();
  await filters.waitFor({ state: 'detached' });
  await page.waitForURL(/delivery-environment=prod/);

  await page.reload();
  await page
    .getByRole('button', { name: 'Filters (1)', expanded: false })
    .click();
  assert.equal(await filters.getByLabel('Environment').inputValue(), 'prod');
  await filters.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'Filters', exact: true }).waitFor();
  await page.waitForURL(url => !url.searchParams.has('delivery-environment'));
});

test('a counter that a link selects is in sight', async () => {
  await page.goto(`${frontend.url}/delivery?delivery-state=stale`);
  const counter = page.getByRole('button', { name: /^Stale/, pressed: true });
  await counter.waitFor();
  const box = await counter.boundingBox();
  assert.ok(box && box.x >= 0 && box.x + box.width <= PHONE.width);
});

async function expectNamedFilters(language: string, name: string) {
  await page.evaluate(
    value => localStorage.setItem('language', value),
    language,
  );
  await page.goto(
    `${frontend.url}/delivery?delivery-environment=prod&delivery-cluster=production`,
  );
  await page.getByRole('button', { name, expanded: false }).click();
  await screenshot(page, `phone-fleet-filters-${language}`);
  await expectReadable();
  await page.goto(
    `${frontend.url}${entity(
      'progressing',
    )}/deployments?delivery-environment=staging&delivery-outcome=open`,
  );
  await page.getByRole('button', { name, expanded: false }).click();
  await screenshot(page, `phone-promotions-filters-${language}`);
  await expectReadable();
}

for (const [language, name] of Object.entries(FILTERS)) {
  test(`the filters are named and readable in the language ${language}`, () =>
    expectNamedFilters(language, name));
}
