import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { settled } from './settled';

/** Screenshots are saved in `artifacts/` at the repository's root. */
const ARTIFACTS = resolve(__dirname, '../../../../artifacts');

/**
 * Starts a Chromium: on Linux the one from npm, so that nothing has to be
 * installed; elsewhere the installed Chrome.
 */
export async function launchChromium(): Promise<Browser> {
  mkdirSync(ARTIFACTS, { recursive: true });
  // Without some of these, Chromium contacts external hosts at every start.
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  if (process.platform !== 'linux') {
    return chromium.launch({ channel: 'chrome', args });
  }
  const {
    default: packaged,
    inflate,
    setupLambdaEnvironment,
  } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  if (lacksLibraries(executablePath)) {
    // The package includes the NSS libraries for systems that lack them.
    const bin = join(dirname(require.resolve('@sparticuz/chromium')), '../bin');
    const libraries = await inflate(join(bin, 'al2023.tar.br'));
    setupLambdaEnvironment(join(libraries, 'lib'));
  }
  return chromium.launch({ executablePath, args });
}

function lacksLibraries(executable: string): boolean {
  return execFileSync('ldd', [executable], { encoding: 'utf8' }).includes(
    'not found',
  );
}

/** Saves a screenshot of the page as `artifacts/<name>.png`, once it is complete. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await settled(page);
  await screenshotAsIs(page, name);
}

/** Saves a screenshot of a page that may never be complete. */
export async function screenshotAsIs(page: Page, name: string): Promise<void> {
  await page.screenshot({
    path: join(ARTIFACTS, `${name}.png`),
    animations: 'disabled',
  });
}
