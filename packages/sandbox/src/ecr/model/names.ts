import { createHash } from 'node:crypto';

/** The OCI distribution specification's rule for tags. */
export const TAG_PATTERN = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/** The only digests that the registry keeps. */
export const DIGEST_PATTERN = /^sha256:[a-f0-9]{64}$/;

const SEGMENT_PATTERN = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/**
 * Whether a repository of that name can exist: slashes between segments of
 * lower-case words. The rule that ECR publishes is one expression, whose nested
 * repetition would backtrack on hostile names.
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
