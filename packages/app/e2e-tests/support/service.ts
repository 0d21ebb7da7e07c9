import type { Page } from 'playwright-core';

/** Where Backstage keeps how the user has signed in. */
const SIGN_IN_PROVIDER = '@backstage/core:SignInPage:provider';

/**
 * Signs in as a guest, for each document that the page loads from now on. Backstage asks
 * for the guest's session whenever it starts, and forgets the guest if a reload, or
 * another theme, interrupts that: the page would show the sign-in ever after.
 */
export async function signIn(page: Page, portalUrl: string): Promise<void> {
  await page.goto(portalUrl);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('heading', { name: 'Catalog' }).first().waitFor();
  await page.addInitScript(
    ([provider, origin]) => {
      if (window.origin === origin) {
        localStorage.setItem(provider, 'guest');
      }
    },
    [SIGN_IN_PROVIDER, new URL(portalUrl).origin],
  );
}

/**
 * Creates a service of the system shop with the form, in dev and further
 * environments. The page is that of the service afterwards.
 */
export async function createService(
  page: Page,
  portalUrl: string,
  options: {
    name: string;
    environments?: string[];
    /** Of its skeleton, as in the template; default: node. */
    language?: string;
  },
): Promise<void> {
  const { language = 'node' } = options;
  await openTemplate(page, portalUrl, 'create-service', { language });
  await page.getByLabel('Name').fill(options.name);
  // The form selects the only system automatically.
  await page.locator('#root_system[value="system:default/shop"]').waitFor();
  await page.getByLabel('Owner').fill('shop');
  await page.getByRole('option', { name: 'Shop team' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Every release').waitFor();
  for (const environment of options.environments ?? []) {
    await page.getByLabel(environment, { exact: true }).check();
  }
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Number of pods').waitFor();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Finished step Register the component').waitFor();
  await page.getByText("Open the service's page").click();
  await page.getByRole('heading', { name: 'Deployments' }).waitFor();
}

/** Opens the form of a template, with some of its answers. */
export async function openTemplate(
  page: Page,
  portalUrl: string,
  template: string,
  answers: object,
): Promise<void> {
  const formData = encodeURIComponent(JSON.stringify(answers));
  await page.goto(
    `${portalUrl}/create/templates/default/${template}?formData=${formData}`,
  );
}

/** Goes through the rest of an open form, and waits for a step of its task. */
export async function runTemplate(page: Page, lastStep: string): Promise<void> {
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText(`Finished step ${lastStep}`).waitFor();
}

/** Waits until the card on a service's page shows that an environment runs a version. */
export async function waitForVersion(
  page: Page,
  environment: string,
  version: string,
): Promise<void> {
  await page
    .getByRole('listitem', {
      name: new RegExp(`^${environment}: ${version}, Healthy, Synced`),
    })
    .first()
    .waitFor();
}
