import type { Page } from 'playwright-core';
import { PAGE_CONTENT, SCROLLED_SIDEWAYS } from './pageContent';
import { settled } from './settled';

/** Texts of a service's page in one language. */
export interface LanguageTexts {
  /** As the settings offer it. */
  name: string;
  /** Of the card. */
  title: string;
  /** The row of dev in the card. */
  row: string;
  /** Why the newest image isn't deployed, in the card. */
  passedOver: RegExp;
  /** Why an image is passed over, in the table of images. */
  verdict: string;
  /** Of the grid. */
  versions: string;
  /** A filter of the tab. */
  filter: string;
  /** The beginning of a stage's label. */
  stage: RegExp;
  /** An image's policy, as the dialog shows it. */
  open: string;
  runs: string;
  close: string;
}

export const LANGUAGES: Record<'de' | 'ja', LanguageTexts> = {
  de: {
    name: 'Deutsch',
    title: 'Deployments',
    row: 'dev: 1.0.1, Healthy, Synchron',
    passedOver: /^Übergangen: nightly \(.+\)$/,
    verdict: 'Übergangen: niedriger als 1.0.1',
    versions: 'Versionen',
    filter: 'Umgebung',
    stage: /^gepusht \d\d:\d\d/,
    open: 'Was würde Image Updater mit api-dev tun?',
    runs: '1.0.1 läuft bereits',
    close: 'Schließen',
  },
  ja: {
    name: '日本語',
    title: 'デプロイメント',
    row: 'dev: 1.0.1, 正常, 同期済み',
    passedOver: /^対象外: nightly \(.+\)$/,
    verdict: '対象外: 1.0.1 より低いバージョンです',
    versions: 'バージョン',
    filter: '環境',
    stage: /^プッシュ \d\d:\d\d/,
    open: 'api-dev に対する Image Updater の動作を試す',
    runs: '1.0.1 はすでに稼働しています',
    close: '閉じる',
  },
};

/** Chooses a language in the portal's settings. */
export async function chooseLanguage(
  page: Page,
  portalUrl: string,
  name: string,
): Promise<void> {
  await page.goto(`${portalUrl}/settings`);
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Change the language' })
    .locator('[aria-haspopup="listbox"]')
    .click();
  await page.getByRole('option', { name, exact: true }).click();
}

/**
 * Texts of Landfall's components that reach beyond the right edge of the page, or
 * of the dialog, without a scroll bar of their own.
 */
export async function overflowingTexts(page: Page): Promise<string[]> {
  await settled(page);
  return page.evaluate(
    ([content, scrolled]) =>
      [...document.querySelectorAll(content)]
        .filter(element => {
          const frame =
            element.closest('[role="dialog"]') ?? document.documentElement;
          return (
            element.getBoundingClientRect().right >
              frame.getBoundingClientRect().right + 1 &&
            element.textContent?.trim() &&
            !element.closest(scrolled)
          );
        })
        .map(element => element.textContent ?? ''),
    [PAGE_CONTENT, SCROLLED_SIDEWAYS],
  );
}
