import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { ArgoCdApi } from './support/argocdApi';
import { expectNoSeriousViolations } from './support/axe';
import { screenshot } from './support/chromium';
import { ConfigRepository } from './support/configRepository';
import type { Landfall } from './support/landfall';
import { chooseAction, openMenu } from './support/menu';
import { withPortal } from './support/portalSession';
import {
  createService,
  openTemplate,
  runTemplate,
  waitForVersion,
} from './support/service';

let landfall: Landfall;
let repository: ConfigRepository;
let page: Page;
let serviceUrl: string;

withPortal(
  async session => {
    ({ landfall, page } = session);
    repository = new ConfigRepository(landfall.gitUrl);
    await createService(page, landfall.url, {
      name: 'api',
      environments: ['staging', 'prod'],
    });
    await waitForVersion(page, 'dev', '1.0.0');
    await waitForVersion(page, 'prod', '1.0.0');
    serviceUrl = page.url();
    session.browser.startUrl = serviceUrl;
    await leaveProdToPeople();
    await landfall.sandbox('push-image', 'shop/api', '1.0.1');
    await waitForVersion(page, 'dev', '1.0.1');
  },
  { height: 1200 },
);

/** The updater no longer brings versions to prod. */
async function leaveProdToPeople() {
  await repository.edit('argocd/api/api-prod.yaml', 'By hand', text =>
    text.replace(/^.*argocd-image-updater\.argoproj\.io\/.*\n/gm, ''),
  );
  await new ArgoCdApi(landfall.argocdUrl).until(
    'api-prod',
    text => !text.includes('argocd-image-updater.argoproj.io/image-list'),
  );
}

async function look(name: string) {
  await screenshot(page, name);
  await expectNoSeriousViolations(page, { within: '[role="dialog"]' });
}

function dialog(name: string): Locator {
  return page.getByRole('dialog', { name });
}

test('a promotion opens a request, and its merge brings the version live', async () => {
  await chooseAction(page, 'api-prod', 'Promote a version to prod…');
  const opened = dialog('Promote a version of api');
  const version = opened.getByRole('combobox', { name: 'Version' });
  await version.waitFor();
  assert.equal(await version.inputValue(), '1.0.1');
  const diff = opened.getByRole('group', {
    name: 'Changes in apps/api/values-prod.yaml',
  });
  await diff.getByText(/\+ .*1\.0\.1/).waitFor();
  await look('acting-promote');
  await opened.getByLabel(/^Reason/).fill('Released today');
  await opened.getByRole('button', { name: 'Open the request' }).click();
  await opened.getByText('Request opened, waiting for its merge').waitFor();
  const link = opened.getByRole('link', { name: /Open the request/ });
  const url = (await link.getAttribute('href')) ?? '';
  await look('acting-promote-open');
  await opened.getByRole('button', { name: 'Close' }).click();
  await waitForVersion(page, 'prod', '1.0.0');

  await repository.merge(Number(url.split('/').at(-1)));
  await waitForVersion(page, 'prod', '1.0.1');
  await page.getByRole('link', { name: 'Deployments', exact: true }).click();
  const record = page
    .getByRole('listitem', { name: 'Promote: api-prod' })
    .filter({ hasText: 'Reason: Released today' });
  await record.getByText('Request merged').waitFor();
  await screenshot(page, 'acting-promote-timeline');
});

test('a revert with a hold stays for three cycles, until updates are resumed', async () => {
  await chooseAction(page, 'api-dev', 'Revert in Git…');
  const opened = dialog('Revert api-dev in Git');
  await opened.getByRole('combobox', { name: 'Version' }).waitFor();
  await opened.getByRole('radio', { name: 'Commit directly' }).click();
  await opened
    .getByRole('checkbox', { name: /^Hold/, checked: true })
    .waitFor();
  await opened.getByText('Image Updater leaves the version alone').waitFor();
  // What will change is read again after each choice.
  await opened
    .getByRole('button', { name: 'Commit', exact: true, disabled: false })
    .waitFor();
  await look('acting-revert');
  await opened.getByRole('button', { name: 'Commit', exact: true }).click();
  await opened.getByText('Committed', { exact: true }).waitFor();
  await opened.getByRole('button', { name: 'Close' }).click();
  await waitForVersion(page, 'dev', '1.0.0');

  // Each of these needs a cycle of the updater, which looks at dev, too.
  for (const version of ['1.0.2', '1.0.3', '1.0.4']) {
    await landfall.sandbox('push-image', 'shop/api', version);
    await waitForVersion(page, 'staging', version);
    await waitForVersion(page, 'dev', '1.0.0');
  }

  const menu = await openMenu(page, 'api-dev');
  await menu.getByRole('menuitem', { name: 'Resume updates…' }).click();
  const resume = dialog('Resume updates of api-dev');
  await resume.getByRole('radio', { name: 'Commit directly' }).click();
  await resume.getByRole('button', { name: 'Commit', exact: true }).click();
  await resume.getByText('Committed', { exact: true }).waitFor();
  await resume.getByRole('button', { name: 'Close' }).click();
  await waitForVersion(page, 'dev', '1.0.4');
});

test('the template promote-version brings a version to the next environment', async () => {
  await openTemplate(page, landfall.url, 'promote-version', {
    entityRef: 'component:default/api',
    mode: 'commit',
  });
  const version = page.getByRole('combobox', { name: 'Version' });
  await version.selectOption('1.0.4');
  await page.getByText('What Image Updater would choose now').waitFor();
  await page.getByText('What it makes of 1.0.4').waitFor();
  await page.getByText('Why not the others').click();
  await page.getByLabel('prod', { exact: true }).check();
  await screenshot(page, 'template-promote');
  await runTemplate(page, 'Promote the version');
  await page.getByRole('cell', { name: '1.0.4' }).waitFor();
  await screenshot(page, 'template-promote-done');
  await page.goto(serviceUrl);
  await waitForVersion(page, 'prod', '1.0.4');
});

test('the template retire-service leaves only what it says', async () => {
  assert.notDeepEqual(await repository.files('argocd/api'), []);
  await openTemplate(page, landfall.url, 'retire-service', {
    entityRef: 'component:default/api',
    confirm: true,
  });
  await runTemplate(page, 'Remove it from the catalog');
  await screenshot(page, 'template-retire-done');
  const row = (part: string) =>
    page.getByRole('row').filter({ hasText: part }).first().innerText();
  assert.match(await row('Applications'), /3 found and deleted/);
  assert.match(await row('Image repository'), /stays, with its images/);
  assert.match(await row('Catalog'), /unregistered/);

  const argocd = new ArgoCdApi(landfall.argocdUrl);
  for (const environment of ['dev', 'staging', 'prod']) {
    await argocd.until(`api-${environment}`, text => !text.includes('"spec"'));
  }
  assert.deepEqual(await repository.files('argocd/api'), []);
  assert.deepEqual(await repository.files('apps/api'), []);
  const images = await landfall.sandbox('push-image', 'shop/api', '1.0.5');
  assert.match(images, /1\.0\.5/);
});
