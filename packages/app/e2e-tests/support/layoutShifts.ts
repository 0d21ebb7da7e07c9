import type { Page } from 'playwright-core';
import { settled } from './settled';

/** Content that moved without anybody's doing, as browsers measure it. */
interface LayoutShift {
  /** How much of the page moved how far: the part of a cumulative layout shift. */
  value: number;
  /** Each element that moved, with its place before and after. */
  moved: string[];
}

declare global {
  interface Window {
    landfallShifts: { read(): LayoutShift[] };
  }
}

/**
 * Records the layout shifts of each document that the page opens from now on: those
 * of its content. What the navigation does is Backstage's.
 */
export async function recordLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface ShiftEntry extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: {
        node: Node | null;
        previousRect: DOMRectReadOnly;
        currentRect: DOMRectReadOnly;
      }[];
    }
    const isShift = (entry: PerformanceEntry): entry is ShiftEntry =>
      entry.entryType === 'layout-shift';
    const elementOf = (node: Node | null) =>
      node instanceof Element ? node : node?.parentElement;
    const isContent = (node: Node | null) => {
      const element = elementOf(node);
      return !element || element.matches(':is(main, article) :not(nav, nav *)');
    };
    const nameOf = (node: Node | null) => {
      const element = elementOf(node);
      if (!element) {
        return 'an element that is gone';
      }
      const kind = [...element.classList].find(name => /Landfall/.test(name));
      const text = element.textContent?.trim().slice(0, 60) ?? '';
      return `${element.tagName.toLowerCase()}${
        kind ? `.${kind}` : ''
      } '${text}'`;
    };
    const placeOf = ({ x, y, width, height }: DOMRectReadOnly) =>
      `${[x, y].map(Math.round)} (${[width, height].map(Math.round)})`;
    const shifts: LayoutShift[] = [];
    const keep = (entries: PerformanceEntry[]) => {
      for (const { value, hadRecentInput, sources } of entries.filter(
        isShift,
      )) {
        if (!hadRecentInput && sources.some(({ node }) => isContent(node))) {
          shifts.push({
            value,
            moved: sources.map(
              ({ node, previousRect, currentRect }) =>
                `${nameOf(node)}: ${placeOf(previousRect)} → ${placeOf(
                  currentRect,
                )}`,
            ),
          });
        }
      }
    };
    const observer = new PerformanceObserver(list => keep(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    window.landfallShifts = {
      read: () => {
        keep(observer.takeRecords());
        return shifts;
      },
    };
  });
}

/** The layout shifts of the page's content since it was opened. */
export async function layoutShifts(page: Page): Promise<LayoutShift[]> {
  await settled(page);
  await rendered(page);
  return page.evaluate(() => window.landfallShifts.read());
}

/** Waits until the browser has shown what the page has rendered so far. */
export async function rendered(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>(done => {
        requestAnimationFrame(() => requestAnimationFrame(() => done()));
      }),
  );
}
