import type { ScmHost, ScmHosts } from './ScmHosts';
import { toWebUrl } from './webUrl';

/** A repository on a configured host, with the parts of its path. */
export interface FoundRepository {
  host: ScmHost;
  url: URL;
  path: string[];
}

/** Undefined if no configured host has the repository. */
export function hostedRepository(
  hosts: ScmHosts,
  repoUrl: string,
): FoundRepository | undefined {
  const url = toWebUrl(repoUrl);
  const host = url && hosts.byUrl(url);
  return host && { host, url, path: repositoryPath(url, host.webUrl ?? '') };
}

/** The parts of a repository's path below the host's pages. */
function repositoryPath(url: URL, webUrl: string): string[] {
  const root = URL.canParse(webUrl)
    ? new URL(webUrl).pathname.replace(/\/$/, '')
    : '';
  const path = url.pathname.startsWith(`${root}/`)
    ? url.pathname.slice(root.length)
    : url.pathname;
  // Bitbucket Server serves Git below /scm.
  return path
    .replace(/^\/scm\//, '/')
    .replace(/\.git\/?$/, '')
    .split('/')
    .filter(part => part !== '')
    .map(decodeURIComponent);
}
