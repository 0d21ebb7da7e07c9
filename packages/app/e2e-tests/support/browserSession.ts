import {
  after,
  afterEach,
  before,
  beforeEach,
  type TestContext,
} from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, screenshotAsIs } from './chromium';
import { TIMEOUT_MS } from './landfall';

interface Viewport {
  width: number;
  height: number;
}

type Outcome = Pick<TestContext, 'passed' | 'name'>;

/** Where Backstage keeps what somebody has chosen in its settings. */
const SETTINGS = ['language', 'theme'];

/** The browser of a file, and the page that its tests share. */
export class BrowserSession {
  /** Where each test begins; by default where the test before it ended. */
  startUrl?: string;
  #browser?: Browser;
  #page?: Page;

  constructor(private readonly viewport: Viewport) {}

  get page(): Page {
    return started(this.#page);
  }

  /** Another page, with cookies and storage of its own. */
  async newPage(): Promise<Page> {
    const page = await started(this.#browser).newPage({
      viewport: this.viewport,
    });
    page.setDefaultTimeout(TIMEOUT_MS);
    return page;
  }

  /** @internal */
  async launch(): Promise<void> {
    this.#browser = await launchChromium();
    this.#page = await this.newPage();
  }

  /** @internal */
  async beginTest(): Promise<void> {
    if (this.startUrl) {
      await this.page.goto(this.startUrl);
    }
  }

  /** @internal */
  async endTest({ passed, name }: Outcome): Promise<void> {
    if (!this.#page) {
      return;
    }
    try {
      if (!passed) {
        await screenshotAsIs(this.page, `failed-${name.slice(0, 40)}`);
      }
    } finally {
      await this.#restore();
    }
  }

  /** @internal */
  async close(): Promise<void> {
    await this.#browser?.close();
  }

  async #restore(): Promise<void> {
    const { page } = this;
    const contexts = started(this.#browser).contexts();
    for (const other of contexts.filter(each => each !== page.context())) {
      await other.close();
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize(this.viewport);
    await page.evaluate(
      keys => keys.forEach(key => localStorage.removeItem(key)),
      SETTINGS,
    );
  }
}

/**
 * Starts a browser for the tests of a file, which share a page. What a test does to
 * the page is undone after it, so that its failure makes no other one fail: size, color
 * scheme, language and theme, intercepted requests and further pages.
 *
 * @param prepare - what the tests need besides. Hooks `before` of one file would run
 * at the same time
 */
export function withBrowser(
  prepare: (session: BrowserSession) => Promise<void>,
  viewport: Partial<Viewport> = {},
): BrowserSession {
  const session = new BrowserSession({
    width: 1400,
    height: 1000,
    ...viewport,
  });
  before(async () => {
    await session.launch();
    await prepare(session);
  });
  beforeEach(() => session.beginTest());
  afterEach(context => session.endTest(context));
  after(() => session.close());
  return session;
}

function started<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('The browser has not started');
  }
  return value;
}
