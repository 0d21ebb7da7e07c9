import { after } from 'node:test';
import type { Page } from 'playwright-core';
import { type BrowserSession, withBrowser } from './browserSession';
import { Landfall, type SandboxSettings } from './landfall';
import { signIn } from './service';

/** What the tests of a file share. */
export interface PortalSession {
  landfall: Landfall;
  browser: BrowserSession;
  /** Of a guest who has signed in. */
  page: Page;
}

/**
 * Starts a sandbox, a portal, and a browser with a guest signed in, for the tests of a
 * file.
 *
 * @param prepare - what the tests need besides, such as a service
 * @param options.height - of the page
 * @param options.sandbox - settings over those of all browser tests
 * @param options.config - returns configuration over that of the sandbox
 */
export function withPortal(
  prepare: (session: PortalSession) => Promise<void>,
  options: {
    height?: number;
    sandbox?: SandboxSettings;
    config?: (landfall: Landfall) => Promise<object>;
  } = {},
): void {
  const { height = 1000, sandbox, config } = options;
  let landfall: Landfall | undefined;
  withBrowser(
    async browser => {
      landfall = await Landfall.create();
      await landfall.start({ sandbox, config: await config?.(landfall) });
      const { page } = browser;
      await signIn(page, landfall.url);
      await prepare({ landfall, browser, page });
    },
    { height },
  );
  after(() => landfall?.stop());
}
