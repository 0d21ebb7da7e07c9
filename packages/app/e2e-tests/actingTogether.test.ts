import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { ArgoCdApi } from './support/argocdApi';
import { expectNoSeriousViolations } from './support/axe';
import type { BrowserSession } from './support/browserSession';
import { screenshot } from './support/chromium';
import { ConfigRepository } from './support/configRepository';
import type { Landfall } from './support/landfall';
import { overflowingTexts } from './support/languages';
import { chooseAction, openMenu } from './support/menu';
import { People } from './support/people';
import { withPortal } from './support/portalSession';
import { createService, waitForVersion } from './support/service';
import { changeView } from './support/view';

/** A hook that doesn't end, since the registry has no such image. */
const ENDLESS = `---
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    argocd.argoproj.io/hook: PreSync
spec:
  template:
    spec:
      containers:
        - name: main
          image: "{{ .Values.image.repository }}:never-pushed"
`;
const SERVICE = 'apps/api/templates/service.yaml';

let landfall: Landfall;
let people: People;
let repository: ConfigRepository;
let argocd: ArgoCdApi;
let browser: BrowserSession;
/** Of the guest, who owns the services. */
let page: Page;
let apiUrl: string;

withPortal(
  async session => {
    ({ landfall, browser, page } = session);
    repository = new ConfigRepository(landfall.gitUrl);
    argocd = new ArgoCdApi(landfall.argocdUrl);
    await prepareServices();
    browser.startUrl = apiUrl;
  },
  {
    async config(portal) {
      people = await People.start({ olga: ['ops'], eve: ['sales'] });
      return {
        ...people.configFor(portal),
        delivery: {
          actions: { approvals: [{ environment: 'prod', approvers: ['ops'] }] },
        },
      };
    },
  },
);

after(() => people?.stop());

/** Two services whose next version runs in dev alone. */
async function prepareServices() {
  for (const name of ['web', 'api']) {
    await createService(page, landfall.url, {
      name,
      environments: ['staging', 'prod'],
    });
    await waitForVersion(page, 'dev', '1.0.0');
    await waitForVersion(page, 'prod', '1.0.0');
  }
  apiUrl = page.url();
  // Only people bring versions to these.
  for (const application of [
    'api-staging',
    'api-prod',
    'web-staging',
    'web-prod',
  ]) {
    await withoutAnnotations(application, 'argocd-image-updater.argoproj.io/');
  }
  await withoutAnnotations('web-prod', 'landfall.io/entity-ref');
  // CI builds the next versions from these commits.
  for (const name of ['api', 'web']) {
    const source = new ConfigRepository(landfall.gitUrl, `shop/${name}`);
    await source.edit(
      'VERSION',
      `Fix the cart of ${name} (#7)`,
      () => '1.0.1\n',
    );
  }
  await waitForVersion(page, 'dev', '1.0.1');
  await page.goto(webUrl());
  await waitForVersion(page, 'dev', '1.0.1');
}

async function withoutAnnotations(application: string, prefix: string) {
  const [service] = application.split('-');
  await repository.edit(
    `argocd/${service}/${application}.yaml`,
    `${application} without ${prefix}`,
    text =>
      text
        .split('\n')
        .filter(line => !line.trim().startsWith(prefix))
        .join('\n'),
  );
  await argocd.until(application, text => !text.includes(`"${prefix}`));
}

function webUrl(): string {
  return apiUrl.replace(/api$/, 'web');
}

function dialog(name: string): Locator {
  return page.getByRole('dialog', { name });
}

async function look(name: string, on = page) {
  await screenshot(on, name);
  await expectNoSeriousViolations(on, { within: '[role="dialog"]' });
}

/** What somebody did, on the timeline of the service. */
function record(on: Page, name: string): Locator {
  return on
    .getByRole('list', { name: 'Promotions' })
    .getByRole('listitem', { name, exact: true })
    .first();
}

async function openTimeline(on: Page) {
  await on.getByRole('link', { name: 'Deployments', exact: true }).click();
  await on.getByRole('list', { name: 'Promotions' }).waitFor();
}

test('the preview of a promotion has all its environments and the commits', async () => {
  await chooseAction(page, 'api-staging', 'Promote a version to staging…');
  const opened = dialog('Promote a version of api');
  await opened.getByRole('checkbox', { name: /^prod/ }).check();
  for (const environment of ['staging', 'prod']) {
    await opened
      .getByRole('group', {
        name: `Changes in apps/api/values-${environment}.yaml`,
      })
      .getByText(/\+ .*1\.0\.1/)
      .waitFor();
  }
  await opened.getByText('Waits until somebody of ops approves it').waitFor();
  await opened.getByText('Text of the request or commit').click();
  const text = await opened
    .getByText(/Commits from `1\.0\.0` to `1\.0\.1` of/)
    .textContent();
  assert.match(
    `${text}`,
    /\/shop\/api\/commit\/[0-9a-f]{40}\) Fix the cart of api \(\\#7\) \(Dana\)/,
  );
  await look('together-preview');
});

test('one version goes to several services and environments, without the refused one', async () => {
  await page.goto(`${landfall.url}/delivery`);
  for (const name of ['api', 'web']) {
    await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  }
  await page.getByRole('button', { name: 'Actions…' }).click();
  const opened = dialog('Act on 2 services');
  await opened
    .getByRole('combobox', { name: 'Action' })
    .selectOption('Promote');
  await opened
    .getByRole('combobox', { name: 'Environment' })
    .selectOption('all environments');
  const version = opened.getByRole('combobox', { name: 'Version' });
  await version
    .getByText(/^1\.0\.1 · 2 of 2 services/)
    .waitFor({ state: 'attached' });
  await version.selectOption('1.0.1');
  const row = (name: string) =>
    opened
      .getByRole('list', { name: 'Applications' })
      .getByRole('listitem', { name, exact: true });
  await row('web-prod')
    .getByText(/landfall\.io\/entity-ref/)
    .waitFor();
  for (const name of ['api-dev', 'web-dev']) {
    await row(name)
      .getByText(/^Git has 1\.0\.1 for .* already/)
      .waitFor();
  }
  const start = opened.getByRole('button', { name: 'Start for 3' });
  await opened
    .getByRole('group', { name: 'Changes in apps/web/values-staging.yaml' })
    .getByText(/\+ .*1\.0\.1/)
    .waitFor();
  await look('together-bulk');
  await opened.getByLabel(/^Reason/).fill('Released together');
  await start.click();
  for (const name of ['api-staging', 'web-staging']) {
    await row(name)
      .getByText('Request opened, waiting for its merge')
      .waitFor();
  }
  await row('api-prod').getByText('Waiting for approval').waitFor();
  await row('web-prod')
    .getByText(/landfall\.io\/entity-ref/)
    .waitFor();
  await look('together-bulk-started');
  const link = row('api-staging').getByRole('link', {
    name: /Open the request/,
  });
  const url = (await link.getAttribute('href')) ?? '';
  assert.equal(
    await row('web-staging')
      .getByRole('link', { name: /Open the request/ })
      .getAttribute('href'),
    url,
  );
  await repository.merge(Number(url.split('/').at(-1)));
  await page.goto(apiUrl);
  await waitForVersion(page, 'staging', '1.0.1');
  await waitForVersion(page, 'prod', '1.0.0');
  await page.goto(webUrl());
  await waitForVersion(page, 'staging', '1.0.1');
  await waitForVersion(page, 'prod', '1.0.0');
});

test('what waits for approval is not for oneself to approve', async () => {
  await openTimeline(page);
  const waiting = record(page, 'Promote: api-prod');
  await waiting.getByText('Waits for approval by ops').waitFor();
  await waiting
    .getByText('Somebody else has to approve what you asked for.')
    .waitFor();
  assert.equal(
    await waiting.getByRole('button', { name: 'Approve' }).count(),
    0,
  );
  await screenshot(page, 'together-own');
});

test('somebody without a permission reads why, and approves nothing', async () => {
  const other = await people.signIn(browser, landfall.url, 'eve');
  await other.goto(apiUrl);
  const menu = await openMenu(other, 'api-dev');
  // The rest of the menu only shows something.
  const actions = menu
    .locator('[role="menuitem"]:not([href])')
    .filter({ hasNotText: /^Details$/ });
  assert.ok((await actions.count()) >= 8);
  for (const action of await actions.all()) {
    const name = await action.textContent();
    assert.equal(await action.getAttribute('aria-disabled'), 'true', `${name}`);
    assert.match(`${name}`, /You lack the permission delivery\./);
  }
  await screenshot(other, 'together-refused');
  await expectNoSeriousViolations(other, { within: '[role="menu"]' });
  await other.keyboard.press('Escape');
  await openTimeline(other);
  const waiting = record(other, 'Promote: api-prod');
  await waiting.getByText('Waits for approval by ops').waitFor();
  assert.equal(
    await waiting.getByRole('button', { name: 'Approve' }).count(),
    0,
  );
  await other.context().close();
});

test('somebody else approves, and the timeline says who did what', async () => {
  const other = await people.signIn(browser, landfall.url, 'olga');
  await other.goto(apiUrl);
  await openTimeline(other);
  const waiting = record(other, 'Promote: api-prod');
  await waiting.getByRole('button', { name: 'Approve' }).waitFor();
  await screenshot(other, 'together-approve');
  await expectNoSeriousViolations(other, { within: 'main, article' });
  await waiting.getByRole('button', { name: 'Approve' }).click();
  await waiting.getByText('approved by olga').waitFor();
  await other.context().close();

  // The page of the person who asked for it learns of it.
  await openTimeline(page);
  const done = record(page, 'Promote: api-prod');
  await done.getByText('by guest, approved by olga').waitFor();
  await done.getByText('Reason: Released together').waitFor();
  await done.getByText('Request opened, waiting for its merge').waitFor();
  const link = done.getByRole('link', { name: /Open the request/ });
  const url = (await link.getAttribute('href')) ?? '';
  await repository.merge(Number(url.split('/').at(-1)));
  await done.getByText('Request merged').waitFor();
  await screenshot(page, 'together-approved');
  await page.goto(apiUrl);
  await waitForVersion(page, 'prod', '1.0.1');
});

test('people choose which notifications they get', async () => {
  await page.goto(`${landfall.url}/settings/notifications`);
  await page.getByText('Delivery', { exact: true }).last().waitFor();
  await page.getByRole('button', { name: 'expand row' }).last().click();
  const rows = page.getByRole('row');
  for (const topic of [
    'Failed deployments',
    'Recovered deployments',
    'Rolled back deployments',
    'Stuck deployments',
    'Approvals',
  ]) {
    await rows.filter({ hasText: topic }).getByRole('switch').waitFor();
  }
  const stuck = rows.filter({ hasText: 'Stuck deployments' });
  await stuck.getByText('Stuck deployments').waitFor();
  await screenshot(page, 'together-notifications');
  await Promise.all([
    page.waitForResponse(
      response =>
        response.url().endsWith('/api/notifications/settings') &&
        response.request().method() !== 'GET',
    ),
    stuck.locator('label').click(),
  ]);
  await page.reload();
  await page.getByRole('button', { name: 'expand row' }).last().click();
  assert.equal(await stuck.getByRole('switch').isChecked(), false);
});

test('an operation that does not end is terminated', async () => {
  await repository.edit(SERVICE, 'A migration', text => `${text}\n${ENDLESS}`);
  // A hook alone is no difference that would be synced.
  await repository.edit('apps/api/values-dev.yaml', 'Two pods', text =>
    text.replace('replicas: 1', 'replicas: 2'),
  );
  await argocd.until('api-dev', text =>
    text.includes('waiting for completion of hook'),
  );
  await page.reload();
  const menu = await openMenu(page, 'api-dev');
  const terminate = menu.locator(
    '[role="menuitem"][aria-disabled="false"]:has-text("Terminate…")',
  );
  await terminate.click();
  const opened = dialog('Terminate the operation of api-dev');
  await opened.getByText('Argo CD stops the operation in progress.').waitFor();
  await opened.getByText('Running').waitFor();
  await look('together-terminate');
  await opened.getByLabel(/^Reason/).fill('It hangs');
  await opened.getByRole('button', { name: 'Terminate' }).click();
  await opened.getByText('Done', { exact: true }).waitFor();
  await look('together-terminated');
  await argocd.until('api-dev', text => !text.includes('"phase":"Running"'));
  await page.goto(apiUrl);
  await openTimeline(page);
  await record(page, 'Terminate: api-dev').getByText('It hangs').waitFor();
});

test('the dialogs fit a phone in the dark theme', async () => {
  await page.goto(`${landfall.url}/delivery`);
  const service = page.getByRole('checkbox', { name: 'Select api' });
  await service.waitFor();
  await changeView(page, {
    colorScheme: 'dark',
    size: { width: 360, height: 800 },
  });
  await service.check();
  await page.getByRole('button', { name: 'Actions…' }).click();
  const opened = dialog('Act on 1 service');
  await opened
    .getByRole('combobox', { name: 'Action' })
    .selectOption('Promote');
  await opened
    .getByRole('combobox', { name: 'Version' })
    .selectOption('Another version …');
  await opened.getByRole('textbox', { name: 'Another version' }).fill('9.9.9');
  await opened.getByText(/found no image 9\.9\.9/).waitFor();
  assert.deepEqual(await overflowingTexts(page), []);
  await look('together-bulk-narrow');
});
