import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { OidcProvider } from '@landfall/testing-kit';
import type { Page } from 'playwright-core';
import { withBrowser } from './support/browserSession';
import { screenshot } from './support/chromium';
import { Landfall } from './support/landfall';
import { CLIENT, signInBy, userOf } from './support/oidc';

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
const person = (email: string) => userOf(email, email);

let landfall: Landfall;
let provider: OidcProvider;
let page: Page;

withBrowser(async session => {
  ({ page } = session);
  landfall = await Landfall.create();
  provider = await OidcProvider.start({
    ...CLIENT,
    user: person('eve@example.com'),
  });
  const { app, auth } = signInBy(provider);
  await landfall.start({
    config: {
      app,
      auth: { ...auth, providers: { ...auth.providers, guest: null } },
      catalog: {
        locations: [
          {
            type: 'file',
            target: landfall.write('org.yaml', ORG),
            rules: [{ allow: ['User'] }],
          },
        ],
      },
    },
  });
  await page.goto(landfall.url);
});

after(async () => {
  await landfall?.stop();
  await provider?.stop();
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
