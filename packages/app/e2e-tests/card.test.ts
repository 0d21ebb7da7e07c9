import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { listen } from './support/argocd';
import {
  expectNoSeriousViolations,
  expectNoSidewaysScroll,
} from './support/axe';
import { screenshot } from './support/chromium';
import { markWhenShown, percentile, shownAt } from './support/eventToPixel';
import type { Landfall } from './support/landfall';
import { withPortal } from './support/portalSession';
import { createService } from './support/service';
import { changeView } from './support/view';

const PUSHES = 5;

let landfall: Landfall;
let page: Page;
let overviewUrl: string;

withPortal(
  async session => {
    ({ landfall, page } = session);
    await createService(page, landfall.url, {
      name: 'web',
      environments: ['prod'],
    });
    await waitForRow('prod: 1.0.0, Healthy, Synced');
    overviewUrl = page.url();
    session.browser.startUrl = overviewUrl;
  },
  // Failing pods keep failing for as long as a test looks at them.
  { height: 1400, sandbox: { progressDeadlineSeconds: 600 } },
);

async function waitForRow(words: string) {
  await page.getByRole('listitem', { name: words }).first().waitFor();
}

/** Parts of the service's page, in both themes and all widths. */
async function eachView(
  parts: ('overview' | 'tab')[],
  check: (view: { name: string; width: number }) => Promise<void>,
) {
  for (const part of parts) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(
        part === 'tab' ? `${overviewUrl}/deployments` : overviewUrl,
      );
      for (const width of [360, 1400, 3840]) {
        await changeView(page, { size: { width, height: 1400 } });
        await (part === 'tab'
          ? page.getByRole('rowheader').first().waitFor()
          : waitForRow('dev: '));
        await page.getByRole('status').first().waitFor();
        await check({ name: `${part}-${colorScheme}-${width}`, width });
      }
    }
  }
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
  await waitForRow('dev: 1.0.0, Healthy, Synced');
  const delays: number[] = [];
  for (let patch = 1; patch <= PUSHES; patch++) {
    const version = `1.0.${patch}`;
    const row = `dev: ${version}, Healthy, Synced`;
    await markWhenShown(page, row);
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
  await landfall.withFailingRollout('web-prod', async () => {
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
  });
  await waitForRow('prod: 1.1.0, Healthy, Synced');
  await page
    .getByText(/CrashLoopBackOff/)
    .first()
    .waitFor({ state: 'detached' });
});
