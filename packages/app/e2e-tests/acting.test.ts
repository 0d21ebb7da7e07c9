import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { expectNoSeriousViolations } from './support/axe';
import { ArgoCdApi } from './support/argocdApi';
import type { BrowserSession } from './support/browserSession';
import { screenshot } from './support/chromium';
import { ConfigRepository } from './support/configRepository';
import type { Landfall } from './support/landfall';
import { overflowingTexts } from './support/languages';
import { chooseAction, openMenu } from './support/menu';
import { withPortal } from './support/portalSession';
import { createService, signIn } from './support/service';
import { changeView } from './support/view';

/** A hook that always fails. */
const FAILING = `---
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    argocd.argoproj.io/hook: PreSync
    sandbox.landfall.dev/fail: "true"
spec:
  template:
    spec:
      containers: [{name: main, image: registry.example.com/shop/migrate:1.0.0}]
`;

const APPLICATION = 'argocd/api/api-dev.yaml';
const VALUES = 'apps/api/values-dev.yaml';
const SERVICE = 'apps/api/templates/service.yaml';

let landfall: Landfall;
let repository: ConfigRepository;
let argocd: ArgoCdApi;
let browser: BrowserSession;
let page: Page;

withPortal(async session => {
  ({ landfall, browser, page } = session);
  repository = new ConfigRepository(landfall.gitUrl);
  argocd = new ArgoCdApi(landfall.argocdUrl);
  await createService(page, landfall.url, { name: 'api' });
  await row(/^dev: 1\.0\.0, Healthy, Synced/).waitFor();
  browser.startUrl = page.url();
});

function row(name: RegExp): Locator {
  return page.getByRole('listitem', { name }).first();
}

function dialog(name: string, on: Page = page): Locator {
  return on.getByRole('dialog', { name });
}

/** Saves what is shown, and checks it. */
async function look(name: string, within: string) {
  await page.locator(within).first().waitFor();
  await screenshot(page, name);
  await expectNoSeriousViolations(page, { within });
}

/** Argo CD only applies what somebody syncs. */
async function turnOffAutomatedSync() {
  await repository.edit(APPLICATION, 'Sync by hand', text =>
    text.replace('enabled: true', 'enabled: false'),
  );
  await argocd.until('api-dev', text => text.includes('"enabled":false'));
}

async function addPod() {
  await repository.edit(VALUES, 'One more pod', text =>
    text.replace(
      /replicas: (\d+)/,
      (_, number) => `replicas: ${Number(number) + 1}`,
    ),
  );
}

/** Makes the application differ from Git. */
async function changeGit() {
  await addPod();
  await argocd.until('api-dev', text => text.includes('"status":"OutOfSync"'));
  await row(/^dev: .*Out of sync/).waitFor();
}

/** Opens the dialog of a sync that can be confirmed. */
async function openSync(on: Page = page): Promise<Locator> {
  await chooseAction(on, 'api-dev', 'Sync…');
  const opened = dialog('Sync api-dev', on);
  await opened.getByRole('checkbox', { name: /^Deployment/ }).waitFor();
  return opened;
}

function syncButton(opened: Locator): Locator {
  return opened.getByRole('button', { name: 'Sync', exact: true });
}

test('the menu says what is allowed and why not, and a refresh needs no question', async () => {
  const menu = await openMenu(page, 'api-dev');
  const terminate = menu.getByRole('menuitem', {
    name: 'Terminate…',
    disabled: true,
  });
  await terminate.waitFor();
  await menu
    .getByText(/No operation of the application is in progress/)
    .first()
    .waitFor();
  await terminate.focus();
  await look('acting-menu', '[role="menu"]');
  await menu.getByRole('menuitem', { name: 'Refresh', exact: true }).click();
  await page.getByText('Done', { exact: true }).first().waitFor();
});

test('a rollback leads to the revert in Git while automated sync is on', async () => {
  await chooseAction(page, 'api-dev', 'Roll back to…');
  const opened = dialog('Roll back api-dev');
  await opened.getByText(/Argo CD refuses a rollback/).waitFor();
  await opened
    .getByRole('button', { name: 'Roll back', disabled: true })
    .waitFor();
  await look('acting-rollback-automated', '[role="dialog"]');
});

describe('where sync is by hand', () => {
  before(turnOffAutomatedSync);

  test('a sync says what will change, tries it, and shows what became of it', async () => {
    await changeGit();
    const opened = await openSync();
    await look('acting-sync', '[role="dialog"]');
    await opened.getByRole('button', { name: 'Dry run' }).click();
    await opened
      .getByRole('list', { name: 'What Argo CD would do' })
      .getByText(/api/)
      .first()
      .waitFor();
    await look('acting-dry-run', '[role="dialog"]');
    await opened.getByLabel(/^Reason/).fill('More pods for the sale');
    await syncButton(opened).click();
    await opened.getByText('Done', { exact: true }).waitFor();
    await look('acting-sync-done', '[role="dialog"]');
    await opened.getByRole('button', { name: 'Close' }).click();
    await row(/^dev: .*Synced/).waitFor();
  });

  test('menus and dialogs work in the dark theme, and fit a phone', async () => {
    await changeGit();
    await changeView(page, { colorScheme: 'dark' });
    await row(/^dev: .*Out of sync/).waitFor();
    await openMenu(page, 'api-dev');
    await look('acting-menu-dark', '[role="menu"]');
    await page.keyboard.press('Escape');
    await changeView(page, { size: { width: 360, height: 800 } });
    await row(/^dev: .*Out of sync/).waitFor();
    await openSync();
    await screenshot(page, 'acting-sync-narrow');
    assert.deepEqual(await overflowingTexts(page), []);
    await expectNoSeriousViolations(page, { within: '[role="dialog"]' });
  });

  test('a lost connection in the middle starts it once, and goes on by itself', async () => {
    await changeGit();
    const opened = await openSync();
    const latest = await argocd.latestHistoryId('api-dev');
    let isLost = true;
    await page.route('**/api/delivery/v1/**/actions', async route => {
      if (route.request().method() !== 'POST' || !isLost) {
        await route.continue();
        return;
      }
      // The backend gets it, and its answer is lost.
      await route.fetch();
      await route.abort('connectionreset');
    });
    await syncButton(opened).click();
    await opened.getByText(/connection was lost before an answer/).waitFor();
    await look('acting-lost', '[role="dialog"]');
    isLost = false;
    await opened.getByText('Done', { exact: true }).waitFor();
    assert.equal(await argocd.latestHistoryId('api-dev'), latest + 1);
  });

  test('a stale page syncs nothing, and shows what has changed', async () => {
    await changeGit();
    const opened = await openSync();
    // The page hears of nothing from now on.
    let isDeaf = true;
    await page.route('**/api/delivery/v1/entities/**', async route => {
      if (isDeaf && route.request().method() === 'GET') {
        await route.abort('connectionreset');
      } else {
        await route.continue();
      }
    });
    const revision = await argocd.revision('api-dev');
    await addPod();
    await argocd.until(
      'api-dev',
      async () => (await argocd.revision('api-dev')) !== revision,
    );
    const history = await argocd.latestHistoryId('api-dev');
    await syncButton(opened).click();
    await opened.getByText("api-dev isn't as the page showed it.").waitFor();
    await look('acting-stale', '[role="dialog"]');
    isDeaf = false;
    await opened
      .getByRole('button', { name: 'Show the current state' })
      .waitFor();
    await look('acting-changed', '[role="dialog"]');
    assert.equal(await argocd.latestHistoryId('api-dev'), history);
    await opened
      .getByRole('button', { name: 'Show the current state' })
      .click();
    await syncButton(opened).click();
    await opened.getByText('Done', { exact: true }).waitFor();
  });

  test('of two people at once, one syncs and the other is told', async () => {
    await changeGit();
    const other = await browser.newPage();
    await signIn(other, landfall.url);
    await other.goto(page.url());
    const mine = await openSync();
    const theirs = await openSync(other);
    const history = await argocd.latestHistoryId('api-dev');
    await Promise.all([syncButton(mine).click(), syncButton(theirs).click()]);
    const refused = (opened: Locator) =>
      opened.getByText("api-dev isn't as the page showed it.");
    await Promise.race([refused(mine).waitFor(), refused(theirs).waitFor()]);
    // An open dialog hides the page behind it from roles.
    await page.reload();
    await row(/^dev: .*Synced/).waitFor();
    assert.equal(await argocd.latestHistoryId('api-dev'), history + 1);
  });

  test('what fails in Argo CD fails with its own message', async () => {
    const withMigration = (text: string) => `${text}\n${FAILING}`;
    await repository.withEdit(SERVICE, 'Migrate', withMigration, async () => {
      await changeGit();
      const opened = await openSync();
      await syncButton(opened).click();
      await opened.getByText('Failed', { exact: true }).waitFor();
      await look('acting-failed', '[role="dialog"]');
    });
  });

  test('a rollback brings back an earlier entry where sync is manual', async () => {
    await argocd.until('api-dev', text => !text.includes('"phase":"Running"'));
    const history = await argocd.latestHistoryId('api-dev');
    await chooseAction(page, 'api-dev', 'Roll back to…');
    const opened = dialog('Roll back api-dev');
    await opened.getByRole('radio').first().waitFor();
    await look('acting-rollback', '[role="dialog"]');
    await opened.getByRole('button', { name: 'Roll back' }).click();
    await opened.getByText('Done', { exact: true }).waitFor();
    assert.equal(await argocd.latestHistoryId('api-dev'), history + 1);
    await page.reload();
    await row(/^dev: .*Out of sync/).waitFor();
  });

  test('everything that was done is on the timeline', async () => {
    await page.getByRole('link', { name: 'Deployments', exact: true }).click();
    const timeline = page.getByRole('list', { name: 'Promotions' });
    const sync = timeline
      .getByRole('listitem', { name: 'Sync: api-dev' })
      .filter({ hasText: 'Reason: More pods for the sale' });
    await sync.getByText('by guest').waitFor();
    await timeline
      .getByRole('listitem', { name: 'Rollback: api-dev' })
      .first()
      .waitFor();
    await look('acting-timeline', 'main, article');
  });
});

test('what is not provably its own cannot be acted on, and it says how to prove it', async () => {
  await repository.edit(APPLICATION, 'Without its mark', text =>
    text.replace(/.*landfall\.io\/entity-ref.*\n/, ''),
  );
  await argocd.until(
    'api-dev',
    text => !text.includes('landfall.io/entity-ref'),
  );
  await page.reload();
  await page.getByText('Healthy').first().waitFor();
  const menu = await openMenu(page, 'api-dev');
  await menu.getByRole('menuitem', { name: 'Sync…', disabled: true }).waitFor();
  await menu
    .getByText(/landfall\.io\/entity-ref/)
    .first()
    .waitFor();
  await look('acting-not-proven', '[role="menu"]');
});
