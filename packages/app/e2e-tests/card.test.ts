import assert from 'node:assert/strict';
import { after, afterEach, before, test, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { listen } from './support/argocd';
import {
  expectNoSeriousViolations,
  expectNoSidewaysScroll,
} from './support/axe';
import { launchChromium, screenshot } from './support/chromium';
import { markWhenShown, percentile, shownAt } from './support/eventToPixel';
import { Landfall, TIMEOUT_MS } from './support/landfall';
import { expectNoJumps, pageNow } from './support/layoutShift';
import { createService, signIn } from './support/service';

const WIDE = { width: 1400, height: 1400 };
const PUSHES = 5;

let landfall: Landfall;
let browser: Browser;
let page: Page;

before(async () => {
  landfall = await Landfall.create();
  await landfall.startSandbox();
  await landfall.startPortal();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: WIDE });
  page.setDefaultTimeout(TIMEOUT_MS);
  await signIn(page, landfall.url);
  await createService(page, landfall.url, {
    name: 'web',
    environments: ['prod'],
  });
  await waitForRow('prod: 1.0.0, Healthy, Synced');
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

async function waitForRow(words: string) {
  await page.getByRole('listitem', { name: words }).first().waitFor();
}

/** Parts of the service's page, in both themes and all widths. */
async function eachView(
  parts: ('overview' | 'tab')[],
  check: (view: { name: string; width: number }) => Promise<void>,
) {
  const overview = new URL(page.url()).pathname.replace(/\/deployments$/, '');
  for (const part of parts) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(
        `${landfall.url}${overview}${part === 'tab' ? '/deployments' : ''}`,
      );
      for (const width of [360, 1400, 3840]) {
        // Backstage has another layout for phones, and loads the page into it.
        await page.setViewportSize({ width, height: 1400 });
        await (part === 'tab'
          ? page.getByRole('rowheader').first().waitFor()
          : waitForRow('dev: '));
        await page.getByRole('status').first().waitFor();
        await check({ name: `${part}-${colorScheme}-${width}`, width });
      }
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(WIDE);
  await page.goto(landfall.url + overview);
  await waitForRow('dev: ');
}

test('the overview and the tab are accessible, in both themes and at any width', async () => {
  await eachView(['overview', 'tab'], async ({ name, width }) => {
    await screenshot(page, `view-${name}`);
    await expectNoSeriousViolations(page);
    if (width === 360) {
      await expectNoSidewaysScroll(page);
    }
  });
});

test('the page measures how long it takes from an event to a pixel', async context => {
  const delays: number[] = [];
  for (let patch = 1; patch <= PUSHES; patch++) {
    const version = `1.0.${patch}`;
    const row = `dev: ${version}, Healthy, Synced`;
    await markWhenShown(page, row);
    const since = await pageNow(page);
    const argocd = listen(landfall.argocdUrl, 'web-dev');
    await landfall.sandbox('push-image', 'shop/web', version);
    const shown = await shownAt(page, row);
    await argocd.stop();
    const live = argocd.events.find(
      ({ sync, health, images }) =>
        sync === 'Synced' &&
        health === 'Healthy' &&
        images.length === 1 &&
        images[0].endsWith(`/shop/web:${version}`),
    );
    assert.ok(live, `Argo CD said that ${version} is live`);
    delays.push(shown - live.at);
    await expectNoJumps(page, since);
  }
  context.diagnostic(
    `From Argo CD's event to the pixel: p50 ${Math.round(
      percentile(delays, 0.5),
    )} ms, p95 ${Math.round(percentile(delays, 0.95))} ms, of ${
      delays.length
    } pushes`,
  );
});

test('a rollout whose pods crash shows why, in one line', async () => {
  // A failure befalls the version that is on its way.
  await waitForRow(`prod: 1.0.${PUSHES}, Healthy, Synced`);
  await failRollout({ application: 'web-prod' });
  await landfall.sandbox('push-image', 'shop/web', '1.1.0');
  await waitForRow('dev: 1.1.0, Healthy, Synced');
  await page
    .getByRole('listitem', { name: /^prod: / })
    .getByText(/^2 pods fail, such as web-\S+: CrashLoopBackOff: back-off /)
    .waitFor();
  await eachView(['overview'], async ({ name, width }) => {
    await page
      .getByText(/CrashLoopBackOff/)
      .first()
      .waitFor();
    await screenshot(page, `failing-${name}`);
    await expectNoSeriousViolations(page);
    if (width === 360) {
      await expectNoSidewaysScroll(page);
    }
  });

  await failRollout({ application: 'web-prod', clear: true });
  await waitForRow('prod: 1.1.0, Healthy, Synced');
  await page
    .getByText(/CrashLoopBackOff/)
    .first()
    .waitFor({ state: 'detached' });
});

async function failRollout(body: { application: string; clear?: boolean }) {
  const response = await fetch(`${landfall.argocdUrl}/_sandbox/fail-rollout`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, await response.text());
}
