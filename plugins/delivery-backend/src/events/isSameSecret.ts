import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Compares in constant time, wherever the two differ and whatever their lengths.
 *
 * @internal
 */
export function isSameSecret(a: string, b: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}
