import assert from 'node:assert/strict';
import { after, afterEach, before, test, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, screenshot } from './support/chromium';
import { ConfigRepository } from './support/configRepository';
import { versionCell, versionRow } from './support/grid';
import { Landfall, TIMEOUT_MS } from './support/landfall';
import { overflowingTexts } from './support/languages';
import { createService, signIn } from './support/service';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];

let landfall: Landfall;
let browser: Browser;
let page: Page;

before(async () => {
  landfall = await Landfall.create();
  await landfall.startSandbox();
  await landfall.startPortal();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1400, height: 1400 } });
  page.setDefaultTimeout(TIMEOUT_MS);
  await signIn(page, landfall.url);
  await createFirstService();
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

/** A service with three environments in one configuration repository. */
async function createFirstService() {
  await createService(page, landfall.url, {
    name: 'web',
    environments: ['staging', 'prod'],
  });
  await page.getByRole('link', { name: 'Deployments', exact: true }).click();
  for (const environment of ENVIRONMENTS) {
    await waitForRunning('1.0.0', environment);
  }
}

async function waitForRunning(version: string, environment: string) {
  await versionCell(page, version, ENVIRONMENTS.indexOf(environment))
    .getByText('Running')
    .waitFor();
}

/** A promotion, also in a group. */
function promotion(title: string) {
  return page.locator('li[id^="promotion-"]').filter({ hasText: title });
}

/** Shows each promotion of a version that came into all environments. */
async function openGroup(version: string) {
  await page
    .getByRole('button', { name: `Show the promotions of ${version} into` })
    .click();
}

/** Saves the page in both themes, and as narrow as a phone. */
async function screenshots(name: string) {
  await screenshot(page, name);
  const wide = page.viewportSize() ?? { width: 1400, height: 1400 };
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 360, height: 1400 });
  await page.getByRole('table', { name: 'Versions' }).waitFor();
  await screenshot(page, `${name}-narrow`);
  const overflowing = await overflowingTexts(page);
  await page.setViewportSize(wide);
  await page.getByRole('table', { name: 'Versions' }).waitFor();
  assert.deepEqual(overflowing, []);
}

/** Waits until Argo CD has applied the setting: the push must not come first. */
async function untilReviewed(application: string) {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const response = await fetch(
      `${landfall.argocdUrl}/api/v1/applications/${application}?refresh=normal`,
      { headers: { authorization: 'Bearer sandbox-backstage-token' } },
    );
    if ((await response.text()).includes('main:updates-prod')) {
      return;
    }
    assert.ok(Date.now() < deadline, `${application} has its former settings`);
    await new Promise(done => setTimeout(done, 500));
  }
}

test('three environments updated in one cycle each show their own commit', async () => {
  await landfall.sandbox('push-image', 'shop/web', '1.0.1');
  const links: (string | null)[] = [];
  for (const environment of ENVIRONMENTS) {
    await waitForRunning('1.0.1', environment);
  }
  const group = page
    .getByRole('list', { name: 'Promotions' })
    .locator('> li')
    .filter({ hasText: `1.0.1 → ${ENVIRONMENTS.join(', ')}` });
  assert.equal(await group.count(), 1);
  assert.equal(
    await group.getByRole('list', { name: 'Stages', exact: true }).count(),
    ENVIRONMENTS.length,
  );
  await screenshots('version-grid');
  await openGroup('1.0.1');
  for (const environment of ENVIRONMENTS) {
    const item = promotion(`1.0.1 → ${environment}`);
    await item.getByText('by Image Updater').waitFor();
    await item.getByRole('button', { name: /^Show details/ }).click();
    const commit = item.getByRole('region', { name: 'Commit' });
    await commit.getByText(`automatic update of web-${environment}`).waitFor();
    assert.equal(
      await commit.getByText('this revision contains the change').count(),
      0,
    );
    links.push(await commit.getByRole('link').first().getAttribute('href'));
    await item.getByRole('button', { name: /^Hide details/ }).click();
  }
  assert.equal(new Set(links).size, ENVIRONMENTS.length);
  await screenshot(page, 'own-commits');

  // The grid has the same commits, each for its environment.
  const commits = versionRow(page, '1.0.1').getByRole('cell').last();
  for (const [index, environment] of ENVIRONMENTS.entries()) {
    const commit = commits.locator('> div').nth(index);
    await commit.getByText(`for ${environment} by Image Updater`).waitFor();
    assert.equal(
      await commit.getByRole('link').getAttribute('href'),
      links[index],
    );
  }
  assert.equal(await commits.getByText('contained in').count(), 0);
});

test('a cell of the grid leads to its promotion, at an address that can be shared', async () => {
  await versionCell(page, '1.0.1', 2)
    .getByRole('link', { name: 'Running' })
    .click();
  await promotion('1.0.1 → prod')
    .getByRole('button', { name: /^Hide details/ })
    .waitFor();
  await page.reload();
  await promotion('1.0.1 → prod')
    .getByRole('button', { name: /^Hide details/ })
    .waitFor();
  await versionCell(page, '1.0.0', 0).getByText('Was here').waitFor();
  await page.goto(landfall.url + new URL(page.url()).pathname);
});

test('an update by a merge request is proposed, waits for the merge, and goes live', async () => {
  const repository = new ConfigRepository(landfall.gitUrl);
  await repository.edit(
    'argocd/web/web-prod.yaml',
    'Review updates of prod',
    text => {
      const changed = text.replace(
        /(git-branch: )"?main"?/,
        '$1"main:updates-prod"',
      );
      assert.notEqual(changed, text);
      return changed;
    },
  );
  await untilReviewed('web-prod');
  await landfall.sandbox('push-image', 'shop/web', '1.0.2');
  await waitForRunning('1.0.2', 'dev');
  await openGroup('1.0.2');
  const item = promotion('1.0.2 → prod');
  await item
    .getByRole('listitem', { name: 'committed, waiting for a merge' })
    .waitFor();
  await repository.propose('updates-prod', 'Take 1.0.2');
  const request = item.getByRole('link', { name: '#1' });
  await request.first().waitFor();
  assert.match(
    (await request.first().getAttribute('href')) ?? '',
    /\/shop\/deploy\/pulls\/1$/,
  );
  await item.getByRole('button', { name: /^Show details/ }).click();
  await item.getByText('Waiting for a merge of request 1').waitFor();
  await screenshot(page, 'proposed');

  await repository.merge(1);
  await waitForRunning('1.0.2', 'prod');
  await item.getByText('Live').first().waitFor();
  await item.getByText(/merged at/).waitFor();
  const stages = await item
    .getByRole('list', { name: 'Stages' })
    .getByRole('listitem')
    .evaluateAll(elements => elements.map(li => li.getAttribute('aria-label')));
  assert.deepEqual(
    stages.map(label => label?.split(' ')[0]),
    ['pushed', 'proposed', 'committed', 'synced', 'healthy'],
  );
  await screenshot(page, 'merged');
  assert.equal(await promotion('1.0.2 → dev').getByText('proposed').count(), 0);
});
