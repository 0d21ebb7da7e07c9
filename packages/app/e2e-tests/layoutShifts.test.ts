import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { withBrowser } from './support/browserSession';
import { BuiltFrontend } from './support/builtFrontend';
import { Fixtures } from './support/fixtures';
import {
  layoutShifts,
  recordLayoutShifts,
  rendered,
} from './support/layoutShifts';
import { signIn } from './support/service';
import { entity, loading, text } from './support/states';

/** Of a page whose parts were never shown before, so that their sizes are guessed. */
const FIRST_VISIT_LIMIT = 0.05;

/** Of a page that was shown before. A single row that moves makes more. */
const LIMIT = 0.005;

const SIZES = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
];

interface LoadingPage {
  name: string;
  path: string;
  /** The reads that the page waits for. */
  reads: string[];
  /** Of a usual size, so that the first visit guesses it, too. */
  isUsual?: boolean;
  /** While nothing is read. */
  placeholder(page: Page): Locator;
  /** What the page shows at last, of each part. */
  shown: ((page: Page) => Locator)[];
}

const images = (page: Page) => page.getByRole('table', { name: 'Images' });

const PAGES: LoadingPage[] = [
  ...['healthy', 'progressing', 'many'].map(name => ({
    name: `the overview of ${name}`,
    path: entity(name),
    reads: ['getOverview'],
    isUsual: name === 'healthy',
    placeholder: loading('Loading deployments'),
    shown: [text(/^Healthy$/), images],
  })),
  ...['healthy', 'progressing', 'many'].map(name => ({
    name: `the deployments of ${name}`,
    path: `${entity(name)}/deployments`,
    reads: ['getOverview', 'getVersions', 'getActions'],
    isUsual: name === 'healthy',
    placeholder: loading('Loading versions'),
    shown: [
      (page: Page) => page.getByRole('table', { name: 'Versions' }),
      (page: Page) =>
        page.getByRole('list', { name: 'Promotions', exact: true }),
      images,
    ],
  })),
  {
    name: 'the performance of a service',
    path: `${entity('healthy')}/performance`,
    reads: ['getPerformance'],
    placeholder: loading('Loading delivery performance'),
    shown: [page => page.locator('svg .recharts-bar-rectangle path').first()],
  },
  {
    name: 'the performance of all services',
    path: '/delivery?delivery-tab=performance',
    reads: ['getPerformance', 'getFleet'],
    placeholder: loading('Loading delivery performance'),
    shown: [page => page.locator('svg .recharts-bar-rectangle path').first()],
  },
  {
    name: 'the fleet',
    path: '/delivery',
    reads: ['getFleet'],
    placeholder: loading('Loading services'),
    shown: [text('service-0001')],
  },
];

let frontend: BuiltFrontend;
let page: Page;
let fixtures: Fixtures;

withBrowser(async session => {
  ({ page } = session);
  frontend = await BuiltFrontend.start();
  fixtures = await Fixtures.install(page);
  await signIn(page, frontend.url);
  await recordLayoutShifts(page);
});

after(() => frontend?.stop());

beforeEach(() =>
  page.evaluate(() => localStorage.removeItem('landfall-delivery-heights')),
);

/** Opens a page whose answers come late, one after the other. */
async function load(opened: LoadingPage, reads: string[]) {
  const answers = reads.map(operation => fixtures.hold(page, operation));
  await page.goto(frontend.url + opened.path);
  await opened.placeholder(page).waitFor();
  for (const answer of answers) {
    await rendered(page);
    await answer();
  }
  for (const part of opened.shown) {
    await part(page).first().waitFor({ state: 'attached' });
  }
  // The page keeps the heights of its parts once they are rendered.
  await rendered(page);
}

async function expectSteady(limit: number) {
  const shifts = await layoutShifts(page);
  const total = shifts.reduce((sum, { value }) => sum + value, 0);
  assert.ok(
    total < limit,
    `The layout shifted by ${total.toFixed(4)}:\n${shifts
      .flatMap(({ value, moved }) => [value.toFixed(4), ...moved])
      .join('\n')}`,
  );
}

async function expectSteadyLoads(
  opened: LoadingPage,
  size: (typeof SIZES)[number],
) {
  await page.setViewportSize(size);
  await load(opened, opened.reads);
  if (opened.isUsual) {
    await expectSteady(FIRST_VISIT_LIMIT);
  }
  await load(opened, [...opened.reads].reverse());
  await expectSteady(LIMIT);
}

for (const size of SIZES) {
  for (const opened of PAGES) {
    test(`${opened.name} stays where it is while it loads, ${size.width} px wide`, () =>
      expectSteadyLoads(opened, size));
  }
}
