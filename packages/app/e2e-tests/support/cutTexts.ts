import type { Page } from 'playwright-core';
import { PAGE_CONTENT } from './pageContent';
import { settled } from './settled';

/**
 * Texts of Landfall's components that their box cuts off, and that nothing on the page
 * shows in full: neither a title nor a scroll bar.
 */
export async function cutTexts(page: Page): Promise<string[]> {
  await settled(page);
  return page.evaluate(selector => {
    const isCut = (element: Element) => {
      const { overflowX, overflowY, clip, position } =
        getComputedStyle(element);
      // Texts for screen readers are one pixel large.
      const isHidden = clip !== 'auto' && position === 'absolute';
      return (
        !isHidden &&
        element.clientWidth > 1 &&
        ((overflowX === 'hidden' &&
          element.scrollWidth > element.clientWidth + 1) ||
          (overflowY === 'hidden' &&
            element.scrollHeight > element.clientHeight + 2))
      );
    };
    return [...document.querySelectorAll(selector)]
      .filter(
        element =>
          element.textContent?.trim() &&
          isCut(element) &&
          !element.closest('[title], svg, [aria-hidden="true"]') &&
          !element.querySelector('[title]'),
      )
      .map(element => element.textContent ?? '');
  }, PAGE_CONTENT);
}
