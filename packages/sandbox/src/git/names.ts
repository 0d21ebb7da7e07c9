import { GitHostError } from './errors';

const NAME_CHARACTERS = /^[A-Za-z0-9._-]+$/;
const MAX_NAME_LENGTH = 100;
/** First path segments that aren't owners. */
const RESERVED_OWNERS = new Set(['api', 'assets', 'user', 'explore', 'admin']);

/** Rejects what Gitea rejects as the name of a user or an organization. */
export function checkOwnerName(name: string): void {
  if (
    !NAME_CHARACTERS.test(name) ||
    name.length > MAX_NAME_LENGTH ||
    /^[._-]|[._-]$|[._-]{2}/.test(name)
  ) {
    throw new GitHostError(
      422,
      `"${name}" is not a valid owner name: use letters, digits, and single '-', '_' or '.' between them`,
    );
  }
  if (RESERVED_OWNERS.has(name.toLowerCase())) {
    throw new GitHostError(422, `name is reserved [name: ${name}]`);
  }
}

/** Rejects what Gitea rejects as the name of a repository. */
export function checkRepositoryName(name: string): void {
  if (!NAME_CHARACTERS.test(name) || name.length > MAX_NAME_LENGTH) {
    throw new GitHostError(
      422,
      `[Name]: "${name}" is not a valid repository name: use up to ${MAX_NAME_LENGTH} letters, digits, '-', '_' and '.'`,
    );
  }
  if (['.', '..', '-'].includes(name) || /\.(git|wiki|rss|atom)$/i.test(name)) {
    throw new GitHostError(422, `name is reserved [name: ${name}]`);
  }
}

/**
 * Whether a branch or tag may have this name. Follows the rules of `git
 * check-ref-format`, and excludes anything that git would parse as an option or
 * an expression.
 */
export function isRefName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 250 &&
    !name.startsWith('-') &&
    !name.endsWith('.') &&
    name !== '@' &&
    !hasControlCharacter(name) &&
    !/[ ~^:?*[\\]|\.\.|@\{|\/\//.test(name) &&
    name
      .split('/')
      .every(it => it && !it.startsWith('.') && !it.endsWith('.lock'))
  );
}

/** A full or abbreviated commit id. */
export function isCommitId(name: string): boolean {
  return /^[0-9a-f]{4,40}$/.test(name);
}

/**
 * Splits a path inside a repository into segments. The root has none.
 *
 * @throws GitHostError 400 for `.`, `..` and control characters
 */
export function parseRepositoryPath(raw: string): string[] {
  const segments = raw.split('/').filter(it => it !== '');
  for (const segment of segments) {
    if (segment === '.' || segment === '..') {
      throw new GitHostError(400, `path must not contain "${segment}"`);
    }
    if (hasControlCharacter(segment)) {
      throw new GitHostError(400, 'path must not contain control characters');
    }
  }
  return segments;
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
