import { HttpError } from '../http/messages';

const NAME = /^[A-Za-z0-9._-]{1,100}$/;

/** Rejects what Gitea rejects as the name of a user or an organization. */
export function checkOwnerName(name: string): void {
  if (
    !NAME.test(name) ||
    /^[._-]|[._-]$|[._-]{2}|^(api|assets|user|explore|admin)$/i.test(name)
  ) {
    throw new HttpError(
      422,
      `"${name}" is reserved or not a valid owner name: use letters, digits, and single '-', '_' or '.' between them`,
    );
  }
}

/** Rejects what Gitea rejects as the name of a repository. */
export function checkRepositoryName(name: string): void {
  if (!NAME.test(name) || /^(\.|\.\.|-|.*\.(git|wiki|rss|atom))$/i.test(name)) {
    throw new HttpError(
      422,
      `[Name]: "${name}" is reserved or not a valid repository name: use up to 100 letters, digits, '-', '_' and '.'`,
    );
  }
}

/**
 * Whether a branch or tag may have this name: nothing that git would take for
 * an option or an expression.
 */
export function isRefName(name: string): boolean {
  return /^(?!-)[^\s~^:?*[\\\p{Cc}]+$/u.test(name) && !/\.\.|@\{/.test(name);
}

/**
 * Splits a path inside a repository into segments. The root has none.
 *
 * @throws HttpError 400 for `.`, `..` and control characters
 */
export function parseRepositoryPath(raw: string): string[] {
  const segments = raw.split('/').filter(it => it !== '');
  if (segments.some(it => /^\.\.?$|\p{Cc}/u.test(it))) {
    throw new HttpError(
      400,
      'path must not contain ".", ".." or control characters',
    );
  }
  return segments;
}
