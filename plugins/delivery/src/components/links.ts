import type { Deployment } from '@landfall/backstage-plugin-delivery-common';

/** @internal */
export interface LinkRow {
  kind: 'argocd' | 'commit' | 'external';
  url: string;
  /** The title of an external link, or its host if it has none. */
  title: string;
}

/** Argo CD first, then the commit, then the application's external links. @internal */
export function toLinks({
  argocd,
  commit,
  external,
}: Deployment['links']): LinkRow[] {
  const links: LinkRow[] = [
    ...(argocd ? [{ kind: 'argocd' as const, url: argocd, title: '' }] : []),
    ...(commit ? [{ kind: 'commit' as const, url: commit, title: '' }] : []),
    ...external.map(toExternalLink),
  ];
  const seen = new Set<string>();
  return links.filter(({ kind, title, url }) => {
    const key = `${kind} ${title} ${url}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew && isWebUrl(url);
  });
}

/** Argo CD's external URLs can have a title: `title|url`. */
function toExternalLink(text: string): LinkRow {
  const bar = text.indexOf('|');
  const url = text.slice(bar + 1).trim();
  const title = bar > 0 ? text.slice(0, bar).trim() : '';
  return {
    kind: 'external',
    url,
    title: title || (isWebUrl(url) ? new URL(url).host : ''),
  };
}

/**
 * Anybody who can write a manifest can set the annotations that external URLs
 * come from, so a URL may be `javascript:`.
 */
export function isWebUrl(text: string | undefined): boolean {
  try {
    return /^https?:$/.test(new URL(text ?? '').protocol);
  } catch {
    return false;
  }
}
