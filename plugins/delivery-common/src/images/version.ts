import type { ImageVersion } from '../model/promotion';

/**
 * Whether two versions of one repository are the same: their digests decide
 * when both have one, else their tags.
 *
 * @public
 */
export function sameVersion(a: ImageVersion, b: ImageVersion): boolean {
  if (a.digest && b.digest) {
    return a.digest === b.digest;
  }
  return a.tag !== undefined && a.tag === b.tag;
}

/**
 * Whether two references to one repository are written the same. A reference
 * pinned to a digest differs from the same tag without it: switching between
 * them is a change of the configuration and a rollout.
 *
 * @public
 */
export function sameReference(a: ImageVersion, b: ImageVersion): boolean {
  return a.digest || b.digest ? a.digest === b.digest : a.tag === b.tag;
}

/**
 * A short text for a version: its tag, plus the first digits of its digest if
 * the tag has no number, because such tags (`latest`, `main`) move.
 *
 * @public
 */
export function displayVersion(version: ImageVersion): string {
  const digest = version.digest?.replace(/^(\w+):(.{7}).*$/, '$1:$2');
  if (!version.tag) {
    return digest ?? 'unknown';
  }
  return digest && !/\d/.test(version.tag)
    ? `${version.tag}@${digest}`
    : version.tag;
}

/** What registries accept. */
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z0-9+._-]{1,64}:[A-Za-z0-9]{1,128}$/;

/**
 * Parses a version as it is written in place of a tag: `1.4.2`, `sha256:…`, or
 * `latest@sha256:…`. Undefined for an empty text, and for what no registry
 * accepts as a tag or digest.
 *
 * @public
 */
export function parseVersion(text: string): ImageVersion | undefined {
  const [tag, digest] = /^\w+:/.test(text) ? ['', text] : text.split('@', 2);
  if (
    (!tag && !digest) ||
    (tag && !TAG.test(tag)) ||
    (digest && !DIGEST.test(digest))
  ) {
    return undefined;
  }
  return { ...(tag && { tag }), ...(digest && { digest }) };
}
