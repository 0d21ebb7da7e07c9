import type { Deployment } from '@landfall/backstage-plugin-delivery-common';

/** @internal */
export interface LinkRow {
  kind: 'argocd' | 'commit' | 'external';
  url: string;
  /** What an external link calls itself, else its host. */
  title: string;
}

/** Argo CD first, then the commit, then what the application links to. @internal */
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

/** Argo CD's external URLs may bear a title: `title|url`. */
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

/** External URLs come from annotations that anybody with a manifest can write, so `javascript:` may be among them. */
export function isWebUrl(text: string | undefined): boolean {
  try {
    return /^https?:$/.test(new URL(text ?? '').protocol);
  } catch {
    return false;
  }
}
