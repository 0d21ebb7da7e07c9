import { createHash } from 'node:crypto';

/** The OCI distribution specification's rule for tags. */
export const TAG_PATTERN = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/** The only digest format that the registry supports. */
export const DIGEST_PATTERN = /^sha256:[a-f0-9]{64}$/;

const SEGMENT_PATTERN = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/**
 * Whether a repository may have this name: slash-separated segments of
 * lower-case words. Not the single expression that ECR publishes, because its
 * nested repetition would backtrack on hostile names.
 */
export function isRepositoryName(name: string): boolean {
  return (
    name.length >= 2 &&
    name.length <= 256 &&
    name.split('/').every(segment => SEGMENT_PATTERN.test(segment))
  );
}

/** `sha256:<hex>` of a text or bytes. */
export function digestOf(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
