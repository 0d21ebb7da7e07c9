import { queryParamOf } from '../components/useQueryParam';

const PREFIX = 'promotion-';

/**
 * The id of a promotion's element, and the fragment of a link to it.
 *
 * @internal
 */
export function anchorOf(promotionId: string): string {
  return `${PREFIX}${encodeURIComponent(promotionId)}`;
}

/**
 * The promotion that a URL's fragment (`#promotion-…`) points to.
 *
 * @internal
 */
export function promotionOfHash(hash: string): string | undefined {
  const prefix = `#${PREFIX}`;
  if (!hash.startsWith(prefix)) {
    return undefined;
  }
  try {
    return decodeURIComponent(hash.slice(prefix.length)) || undefined;
  } catch {
    return undefined;
  }
}

/**
 * A link to a promotion on the page `href`. It omits the outcome filter,
 * because the outcome may have changed when the link is opened.
 *
 * @internal
 */
export function linkTo(promotionId: string, href: string): string {
  const url = new URL(href);
  url.searchParams.delete(queryParamOf('outcome'));
  url.hash = anchorOf(promotionId);
  return url.toString();
}

/**
 * Makes the page's URL point to a promotion, or to none, without scrolling.
 *
 * @internal
 */
export function pointTo(promotionId: string | undefined): void {
  const url = new URL(window.location.href);
  url.hash = promotionId === undefined ? '' : anchorOf(promotionId);
  const { state } = window.history;
  window.history.replaceState(state, '', url);
  // The app's router doesn't notice `replaceState`.
  window.dispatchEvent(new PopStateEvent('popstate', { state }));
}
