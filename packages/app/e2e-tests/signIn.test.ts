import assert from 'node:assert/strict';
import { after, afterEach, before, test, type TestContext } from 'node:test';
import { OidcProvider } from '@landfall/testing-kit';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, screenshot } from './support/chromium';
import { Landfall, TIMEOUT_MS } from './support/landfall';

const ORG = `apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: ada
spec:
  profile:
    displayName: Ada
    email: ada@example.com
  memberOf: []
`;
const CLIENT = { clientId: 'portal', clientSecret: 'the-secret-of-the-test' };

const person = (email: string) => ({
  sub: email,
  userinfo: { email, email_verified: true, name: email },
});

let landfall: Landfall;
let provider: OidcProvider;
let browser: Browser;
let page: Page;

before(async () => {
  landfall = await Landfall.create();
  provider = await OidcProvider.start({
    ...CLIENT,
    user: person('eve@example.com'),
  });
  await landfall.startSandbox();
  await landfall.startPortal({
    app: { signIn: { oidcTitle: 'Example ID' } },
    auth: {
      session: { secret: 'the-session-secret-of-the-test' },
      providers: {
        guest: null,
        oidc: {
          development: {
            ...CLIENT,
            metadataUrl: provider.metadataUrl,
            prompt: 'auto',
            additionalScopes: ['offline_access'],
            signIn: {
              resolvers: [
                {
                  resolver: 'claimMatchingUserEntity',
                  claim: 'email',
                  userField: 'spec.profile.email',
                },
              ],
            },
          },
        },
      },
    },
    catalog: {
      locations: [
        {
          type: 'file',
          target: landfall.write('org.yaml', ORG),
          rules: [{ allow: ['User'] }],
        },
      ],
    },
  });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.goto(landfall.url);
});

after(async () => {
  await browser?.close();
  await landfall?.stop();
  await provider?.stop();
});

// A screenshot of the page is more helpful than the error.
afterEach(async context => {
  if (!(context as TestContext).passed) {
    await screenshot(
      page,
      `failed-${(context as TestContext).name.slice(0, 40)}`,
    );
  }
});

const signIn = () => page.getByRole('button', { name: 'Sign In' }).click();
const catalog = () =>
  page.getByRole('heading', { name: 'Catalog' }).first().waitFor();

test('the page offers the provider by its name, and no guest', async () => {
  await page.getByText('Sign in with your account at Example ID.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Enter' }).count(), 0);
  await screenshot(page, 'sign-in');
});

test('somebody who is not in the catalog is refused, and reads why', async () => {
  await signIn();
  await page
    .getByText('verify that your catalog contains the expected User')
    .first()
    .waitFor();
  await screenshot(page, 'sign-in-refused');
});

test('a user of the catalog gets in, and is still in after a reload', async () => {
  provider.user = person('ada@example.com');
  await signIn();
  await catalog();
  await screenshot(page, 'signed-in');

  await page.reload();
  await catalog();
  await page.goto(`${landfall.url}/settings`);
  await page.getByRole('link', { name: 'Ada' }).first().waitFor();
});

test('a user who signs out sees the page again', async () => {
  await page.goto(`${landfall.url}/settings`);
  await page.getByTestId('user-settings-menu').click();
  await page.getByText('Sign Out').click();
  await page.getByText('Sign in with your account at Example ID.').waitFor();
});
