/**
 * Opens a portal's fleet page in a Chromium, and sends the process that started it
 * how long that takes and how smoothly the page scrolls. All times are the page's
 * own, so neither this process nor its connection to the browser counts.
 */
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, screenshot } from '../support/chromium';
import { TIMEOUT_MS } from '../support/landfall';

const VIEWPORT = { width: 1400, height: 1000 };
const FIRST_VISITS = 5;
const VISITS = 15;
/** A quick turn of a mouse wheel, as often as the page paints. */
const WHEEL_PIXELS = 300;
const SCROLL_MS = 20_000;

/** How long an opened page took until its rows were painted, in milliseconds. */
interface Opening {
  usableMs: number;
  /** Of that, the request for the services. */
  requestMs: number;
  /** The longest task that kept the page from answering, until half a second later. */
  longestTaskMs: number;
}

interface Scrolling {
  /** The number of the last service that was shown. */
  rows: number;
  /** Durations of the tasks of more than 50 ms. */
  longTasksMs: number[];
  /** From one frame to the next. */
  framesMs: number[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { url: { type: 'string' } },
  });
  if (!values.url || !process.send) {
    throw new Error('It is started by `yarn bench fleet`, with --url');
  }
  const browser = await launchChromium();
  try {
    process.send(await measure(browser, `${values.url}/delivery`));
  } finally {
    await browser.close();
  }
}

async function measure(browser: Browser, url: string) {
  const firstVisits: Opening[] = [];
  for (let i = 0; i < FIRST_VISITS; i++) {
    const context = await newVisitor(browser);
    firstVisits.push(await load(await context.newPage(), url));
    await context.close();
  }
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await load(page, url);
  const visits: Opening[] = [];
  const clicks: Opening[] = [];
  for (let i = 0; i < VISITS; i++) {
    visits.push(await load(page, url));
    clicks.push(await click(page, url));
  }
  const scrolling = await scroll(page);
  await screenshot(page, 'bench-fleet');
  return { firstVisits, visits, clicks, scrolling };
}

/** A browser with an empty cache, whose user is signed in. */
async function newVisitor(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  context.setDefaultTimeout(TIMEOUT_MS);
  await context.addInitScript(() => {
    localStorage.setItem('@backstage/core:SignInPage:provider', 'guest');
    const observer = new MutationObserver(() => {
      if (document.querySelector('tr[data-index]')) {
        observer.disconnect();
        // A task after the frame runs once the frame is painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => performance.mark('rows');
          port2.postMessage(undefined);
        });
      }
    });
    observer.observe(document, { subtree: true, childList: true });
  });
  return context;
}

/** Opens the page by its address. */
async function load(page: Page, url: string): Promise<Opening> {
  await page.goto(url);
  return opened(page, 'navigation');
}

/** Opens it from another page of the portal. */
async function click(page: Page, url: string): Promise<Opening> {
  await page.goto(new URL('/settings', url).href);
  const link = page.getByRole('link', { name: 'Delivery', exact: true });
  await link.waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() =>
    document.addEventListener(
      'click',
      ({ timeStamp }) => performance.mark('click', { startTime: timeStamp }),
      { capture: true, once: true },
    ),
  );
  await link.click();
  return opened(page, 'click');
}

/** Waits until the rows are painted, and half a second for what comes after them. */
async function opened(
  page: Page,
  beginning: 'navigation' | 'click',
): Promise<Opening> {
  await page.waitForFunction(
    () => performance.getEntriesByName('rows', 'mark').length > 0,
  );
  return page.evaluate(async name => {
    await new Promise(done => setTimeout(done, 500));
    const [mark] = performance.getEntriesByName(name, 'mark');
    const begin = mark?.startTime ?? 0;
    const [{ startTime: end }] = performance.getEntriesByName('rows', 'mark');
    const requests = performance
      .getEntriesByType('resource')
      .filter(entry => entry.name.includes('/api/delivery/v1/fleet'));
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'longtask', buffered: true });
    const tasks = observer.takeRecords();
    observer.disconnect();
    return {
      usableMs: end - begin,
      requestMs: requests.at(0)?.duration ?? 0,
      longestTaskMs: Math.max(
        0,
        ...tasks
          .filter(({ startTime }) => startTime >= begin)
          .map(({ duration }) => duration),
      ),
    };
  }, beginning);
}

/** Scrolls to the end of the table, or for a few seconds. */
async function scroll(page: Page): Promise<Scrolling> {
  const table = page.getByRole('region', { name: 'Services and environments' });
  await table.hover();
  const measured = page.evaluate(async ms => {
    const longTasksMs: number[] = [];
    const framesMs: number[] = [];
    const observer = new PerformanceObserver(list =>
      longTasksMs.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ type: 'longtask' });
    const begin = performance.now();
    for (let last = begin; last - begin < ms; ) {
      const now = await new Promise<number>(requestAnimationFrame);
      framesMs.push(now - last);
      last = now;
    }
    observer.disconnect();
    const rows = [...document.querySelectorAll('tr[data-index]')].map(row =>
      Number(row.getAttribute('aria-rowindex')),
    );
    return { rows: Math.max(...rows) - 1, longTasksMs, framesMs };
  }, SCROLL_MS);
  let isDone = false;
  const done = measured.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await page.mouse.wheel(0, WHEEL_PIXELS);
  }
  return done;
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
