import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { BACKSTAGE_PARTS, PAGE_ROOTS } from './pageContent';
import { settled } from './settled';

/** A script tag would be refused by the portal's Content Security Policy. */
const SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe: {
      run(
        context: ElementContext,
        options: RunOptions,
      ): Promise<{
        violations: {
          id: string;
          impact?: string | null;
          help: string;
          nodes: { html: string; failureSummary?: string }[];
        }[];
      }>;
    };
  }
}

/**
 * Fails if axe finds a violation in the page that it calls serious or critical.
 *
 * @param options.within - a CSS selector of the parts to check; default: dialogs and
 * the page's content, without the navigation, header and cards that Backstage renders
 */
export async function expectNoSeriousViolations(
  page: Page,
  options: { within?: string } = {},
): Promise<void> {
  const { within } = options;
  await settled(page);
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(SOURCE);
  }
  const found = await page.evaluate(
    async ([included, excluded]) => {
      const include = [...document.querySelectorAll(included)];
      const exclude = excluded ? [...document.querySelectorAll(excluded)] : [];
      const { violations } = await window.axe.run(
        { include, exclude },
        { resultTypes: ['violations'] },
      );
      return violations.flatMap(({ id, impact, help, nodes }) =>
        impact === 'serious' || impact === 'critical'
          ? nodes.map(
              ({ html, failureSummary }) =>
                `${impact} ${id}: ${help}\n${html}\n${failureSummary}`,
            )
          : [],
      );
    },
    within ? [within, ''] : [PAGE_ROOTS, BACKSTAGE_PARTS],
  );
  assert.deepEqual(alikeOnce(found), []);
}

/** One of the violations that differ only in their element's text, times or place. */
function alikeOnce(violations: string[]): string[] {
  const kinds = new Map<string, string>();
  for (const violation of violations) {
    const kind = violation.replace(/>[^<]*</g, '><').replace(/\d+/g, '0');
    kinds.set(kind, kinds.get(kind) ?? violation);
  }
  return [...kinds.values()];
}

/** Fails if the page, or its content, can be scrolled sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await settled(page);
  const wide = await page.evaluate(() =>
    ['html', 'main', 'article']
      .flatMap(selector => [...document.querySelectorAll(selector)])
      .filter(element => element.scrollWidth > element.clientWidth + 1)
      .map(
        element =>
          `${element.tagName}: ${element.scrollWidth} > ${element.clientWidth}`,
      ),
  );
  assert.deepEqual(wide, []);
}
