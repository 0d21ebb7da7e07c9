import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { BrowserSession } from './support/browserSession';
import { screenshot } from './support/chromium';
import { markWhenShown, shownAt } from './support/eventToPixel';
import { versionCell } from './support/grid';
import type { Landfall } from './support/landfall';
import { chooseLanguage, LANGUAGES } from './support/languages';
import { ConfigRepository } from './support/configRepository';
import { withPortal } from './support/portalSession';
import { createService, openTemplate } from './support/service';
import { screenshots } from './support/screenshots';

let landfall: Landfall;
let browser: BrowserSession;
let page: Page;

withPortal(
  async session => {
    ({ landfall, browser, page } = session);
  },
  // Long enough for a slow machine to show a rollout, and to kill the portal meanwhile.
  { sandbox: { rolloutSeconds: 12 } },
);

/** Fills in the form of create-service and submits it. */
async function submitForm() {
  await page.goto(`${landfall.url}/create/templates/default/create-service`);
  await page.getByLabel('Name').fill('api');
  // The form selects the only system automatically.
  await page.locator('#root_system[value="system:default/shop"]').waitFor();
  await page.getByLabel('Owner').fill('shop');
  await page.getByRole('option', { name: 'Shop team' }).click();
  await screenshot(page, 'form');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Every release').waitFor();
  await screenshot(page, 'form-delivery');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Number of pods').waitFor();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Finished step Register the component').waitFor();
}

/** Waits for the row of an environment with this text. */
async function waitForRow(words: string) {
  await page.getByRole('listitem', { name: words }).first().waitFor();
}

/** A promotion in the tab's list, selected by its title. */
function promotion(title: string) {
  return page
    .getByRole('list', { name: 'Promotions' })
    .locator('> li')
    .filter({ hasText: title });
}

test('a service made with the form goes live in dev with its first version', async () => {
  await submitForm();
  browser.startUrl = `${landfall.url}/catalog/default/component/api`;
  await screenshot(page, 'task');
  await page.getByText("Open the service's page").click();

  await page.getByRole('heading', { name: 'Deployments' }).waitFor();
  await waitForRow('dev: 1.0.0, Healthy, Synced');
  await screenshot(page, 'card');
});

test('a pushed image travels on the open page', async () => {
  await waitForRow('dev: 1.0.0, Healthy, Synced');
  await page.evaluate(() => {
    document.body.dataset.sameDocument = 'yes';
  });
  await markWhenShown(page, 'On its way', 'text');

  await landfall.sandbox('push-image', 'shop/api', '1.0.1');
  await shownAt(page, 'On its way');
  await waitForRow('dev: 1.0.0 → 1.0.1, Rolling out, Synced');
  await screenshot(page, 'rolling-out');
  await waitForRow('dev: 1.0.1, Healthy, Synced');
  assert.equal(
    await page.evaluate(() => document.body.dataset.sameDocument),
    'yes',
    'the page was not loaded again',
  );

  await page.getByRole('link', { name: 'Deployments', exact: true }).click();
  await versionCell(page, '1.0.1', 0).getByText('Running').waitFor();
  await versionCell(page, '1.0.0', 0).getByText('Was here').waitFor();
  const item = promotion('1.0.1 → dev');
  await item.getByText('Live').waitFor();
  const stages = await item
    .getByRole('list', { name: 'Stages' })
    .getByRole('listitem')
    .evaluateAll(elements => elements.map(li => li.getAttribute('aria-label')));
  assert.equal(stages.length, 4);
  for (const [index, name] of [
    'pushed',
    'committed',
    'synced',
    'healthy',
  ].entries()) {
    assert.match(
      stages[index] ?? '',
      new RegExp(`^${name} \\d\\d:\\d\\d:\\d\\d`),
    );
  }
  await screenshot(page, 'deployments');
});

test('submitting the form again converges, and shows what already existed', async () => {
  await submitForm();
  const done = page.getByRole('row').filter({ hasText: 'was there already' });
  await done.first().waitFor();
  assert.deepEqual(
    (await done.allInnerTexts()).map(text => text.split('\t')[0]),
    ['Image repository', 'Source repository', 'Configuration', 'Catalog'],
  );
  await screenshot(page, 'task-again');
  // What the updater has committed since is not undone.
  await page.getByText("Open the service's page").click();
  await waitForRow('dev: 1.0.1, Healthy, Synced');
});

test('the page shows the verdict on each image, and evaluates another policy', async () => {
  const image = (tag: string) =>
    page
      .getByRole('table', { name: 'Images' })
      .getByRole('row')
      .filter({ hasText: tag });
  await image('1.0.1').getByText('dev', { exact: true }).waitFor();
  await image('1.0.1').getByText('Runs').waitFor();
  await image('1.0.0').getByText('Passed over: lower than 1.0.1').waitFor();

  await landfall.sandbox('push-image', 'shop/api', 'nightly');
  await image('nightly').getByText('Passed over: ').waitFor();
  await page
    .getByRole('listitem', { name: 'dev: 1.0.1, Healthy, Synced' })
    .getByText('Passed over: nightly (')
    .waitFor();
  await screenshot(page, 'images');

  await page
    .getByRole('button', { name: 'What would the updater do with api-dev?' })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1.0.1 already runs').waitFor();
  await screenshot(page, 'updater');
  await dialog.getByLabel('Constraint').fill('~2');
  await dialog
    .getByRole('row')
    .filter({ hasText: '1.0.1' })
    .getByText('outside the constraint ~2')
    .waitFor();
  await dialog.getByText('None of 3 versions can be taken').waitFor();
  await dialog.getByText('/shop/api:~2').waitFor();
  await screenshot(page, 'updater-other-policy');

  // The URL keeps what is open, but not what was typed.
  await page.reload();
  await dialog.getByText('1.0.1 already runs').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).search, '');
});

/** Shows the service's page in a language of the settings, then in English again. */
async function seeIn(language: keyof typeof LANGUAGES) {
  const overview = page.url();
  await chooseLanguage(page, landfall.url, LANGUAGES[language].name);
  await visitPages(language, overview);
  await chooseLanguage(page, landfall.url, 'English');
  await page.goto(overview);
  await waitForRow('dev: 1.0.1, Healthy, Synced');
}

async function visitPages(language: keyof typeof LANGUAGES, overview: string) {
  const texts = LANGUAGES[language];
  await page.goto(overview);
  await waitForRow(texts.row);
  await page.getByRole('heading', { name: texts.title }).first().waitFor();
  await page.getByText(texts.passedOver).first().waitFor();
  const verdict = page.getByText(texts.verdict).first();
  await screenshots(page, `${language}-card`, verdict);
  await page.getByRole('button', { name: texts.open }).click();
  const result = page.getByRole('dialog').getByText(texts.runs);
  await screenshots(page, `${language}-updater`, result);
  await page.getByRole('button', { name: texts.close }).click();

  await page.goto(`${overview}/deployments`);
  await page.getByRole('table', { name: texts.versions }).waitFor();
  await page.getByText(texts.filter, { exact: true }).first().waitFor();
  const stage = page.getByRole('listitem', { name: texts.stage }).first();
  await screenshots(page, `${language}-tab`, stage);
}

test('the page appears in German', () => seeIn('de'));

test('the page appears in Japanese', () => seeIn('ja'));

test('a promotion continues after the backend is killed, and appears once', async () => {
  await page.getByRole('link', { name: 'Deployments', exact: true }).click();
  await landfall.sandbox('push-image', 'shop/api', '1.0.2');
  await page.getByText('On its way').first().waitFor();
  await landfall.killPortal();
  await landfall.startPortal();

  await versionCell(page, '1.0.2', 0).getByText('Running').waitFor();
  await promotion('1.0.2 → dev').getByText('Live').waitFor();
  assert.equal(await promotion('1.0.2 → dev').count(), 1);
  assert.equal(
    await page
      .getByRole('list', { name: 'Promotions' })
      .locator('> li')
      .count(),
    3,
  );
  await promotion('1.0.1 → dev').getByText('Superseded').waitFor();
  await screenshot(page, 'after-kill');
});

test('without Argo CD the page keeps the last known state with its age', async () => {
  await page.getByRole('link', { name: 'Deployments', exact: true }).click();
  await versionCell(page, '1.0.2', 0).getByText('Running').waitFor();
  await landfall.withOutage('argocd', async () => {
    await page
      .getByText(/last update .* ago/i)
      .first()
      .waitFor();
    await versionCell(page, '1.0.2', 0).getByText('Running').waitFor();
    await screenshot(page, 'argocd-away');
  });
  await page.getByRole('status').filter({ hasText: 'live' }).first().waitFor();
});

/** A file that only the skeleton of a language has. */
const SKELETONS = {
  go: 'go.mod',
  python: 'pyproject.toml',
  java: 'pom.xml',
};

test('services in Go, Python and Java go live as well', async () => {
  for (const language of Object.keys(SKELETONS)) {
    const name = `in-${language}`;
    await createService(page, landfall.url, { name, language });
  }
  for (const [language, file] of Object.entries(SKELETONS)) {
    const name = `in-${language}`;
    const source = new ConfigRepository(landfall.gitUrl, `shop/${name}`);
    assert.deepEqual(await source.files(file), [file]);
    await page.goto(`${landfall.url}/catalog/default/component/${name}`);
    await waitForRow('dev: 1.0.0, Healthy, Synced');
  }
});

test('a component without annotations is connected by a pull request', async () => {
  const name = 'in-go';
  const source = new ConfigRepository(landfall.gitUrl, `shop/${name}`);
  await source.edit('catalog-info.yaml', 'feat!: without annotations', text =>
    text.replace(/^ {2}annotations:\n {4}.*\n/m, ''),
  );
  // Has the catalog read the file again.
  await createService(page, landfall.url, { name, language: 'go' });

  const request = page.getByRole('link', { name: 'Pull request' });
  const tooEarly = page.getByText('has annotations of Argo CD already');
  do {
    await openTemplate(page, landfall.url, 'onboard-existing-service', {
      entityRef: `component:default/${name}`,
      repositories: true,
    });
    await page.getByRole('button', { name: 'Review' }).click();
    await screenshot(page, 'onboard-review');
    await page.getByRole('button', { name: 'Create' }).click();
    await request.or(tooEarly).first().waitFor();
  } while (await tooEarly.isVisible());
  await page.getByText(`in-go-dev in main`).waitFor();
  await page.getByText(`shop/${name} in Amazon ECR`).waitFor();
  await screenshot(page, 'onboard-done');
  assert.match(
    (await request.getAttribute('href')) ?? '',
    new RegExp(`/shop/${name}/pulls/1$`),
  );
  await source.merge(1);
  const text = await source.read('catalog-info.yaml');
  assert.match(text, /argocd\/app-selector: app\.kubernetes\.io\/name=in-go\n/);
  assert.match(
    text,
    /amazon-ecr-arn: arn:aws:ecr:.*:repository\/shop\/in-go\n/,
  );
});
