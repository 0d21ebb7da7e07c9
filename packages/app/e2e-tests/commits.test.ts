import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { ArgoCdApi } from './support/argocdApi';
import { screenshot } from './support/chromium';
import { ConfigRepository } from './support/configRepository';
import { versionCell, versionRow } from './support/grid';
import type { Landfall } from './support/landfall';
import { overflowingTexts } from './support/languages';
import { withPortal } from './support/portalSession';
import { createService } from './support/service';
import { changeView } from './support/view';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];

let landfall: Landfall;
let page: Page;

withPortal(
  async session => {
    ({ landfall, page } = session);
    await createFirstService();
    session.browser.startUrl = page.url();
  },
  { height: 1400 },
);

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
  await changeView(page, { colorScheme: 'dark' });
  await screenshot(page, `${name}-dark`);
  await changeView(page, {
    colorScheme: 'light',
    size: { width: 360, height: 1400 },
  });
  await page.getByRole('table', { name: 'Versions' }).waitFor();
  await screenshot(page, `${name}-narrow`);
  assert.deepEqual(await overflowingTexts(page), []);
  await changeView(page, { size: wide });
  await page.getByRole('table', { name: 'Versions' }).waitFor();
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
  const stages = group.getByRole('list', { name: 'Stages', exact: true });
  // Each environment comes into it as its promotion goes on.
  await stages.nth(ENVIRONMENTS.length - 1).waitFor();
  assert.equal(await group.count(), 1);
  assert.equal(await stages.count(), ENVIRONMENTS.length);
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
});

test('an update by a merge request is proposed, waits for the merge, and goes live', async () => {
  const repository = new ConfigRepository(landfall.gitUrl);
  await repository.edit(
    'argocd/web/web-prod.yaml',
    'Review updates of prod',
    text => text.replace(/(git-branch: )"?main"?/, '$1"main:updates-prod"'),
  );
  // The push must not come first.
  await new ArgoCdApi(landfall.argocdUrl).until('web-prod', text =>
    text.includes('main:updates-prod'),
  );
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
