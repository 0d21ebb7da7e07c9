/** What Backstage renders in a page's content: navigation, headers and its own cards. */
export const BACKSTAGE_PARTS = 'header, nav, .bui-Card';

/** CSS selector of a page's content, which some pages have in an article, and dialogs. */
export const PAGE_ROOTS = 'main, article:not(.bui-Card), [role="dialog"]';

/**
 * A CSS selector of all that Landfall shows: the page's content and dialogs, without
 * the navigation, header and cards that Backstage renders. In a build for production,
 * class names don't say whose they are.
 */
export const PAGE_CONTENT =
  ':is(main, article) :not(header, header *, nav, nav *, .bui-Card, .bui-Card *), [role="dialog"] *';

/** What can be scrolled sideways, by keyboard, too. */
export const SCROLLED_SIDEWAYS = [
  '.MuiTableContainer-root',
  'pre',
  '.MuiTabs-scroller',
  // The counters of the fleet page.
  '[role="group"]:has(> [aria-pressed])',
].join(', ');
