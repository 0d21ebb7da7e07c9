import { isDeepStrictEqual } from 'node:util';
import { Difference } from './Expectation';

/** @throws Difference unless both are deeply equal */
export function expectEqual(
  what: string,
  got: unknown,
  expected: unknown,
): void {
  if (!isDeepStrictEqual(got, expected)) {
    throw new Difference(what, { expected, got });
  }
}

/**
 * @throws Difference unless `got` contains everything in `expected`; it may
 * contain more
 */
export function expectMatch(
  what: string,
  got: unknown,
  expected: unknown,
): void {
  if (!contains(got, expected)) {
    throw new Difference(what, { expected, got });
  }
}

/** @throws Difference unless the text matches */
export function expectText(what: string, got: string, expected: RegExp): void {
  if (!expected.test(got)) {
    throw new Difference(what, { expected: String(expected), got });
  }
}

/** @throws Difference unless the condition holds */
export function expectThat(
  what: string,
  holds: boolean,
  got?: unknown,
): asserts holds {
  if (!holds) {
    throw new Difference(what, got === undefined ? {} : { got });
  }
}

function contains(got: unknown, expected: unknown): boolean {
  if (!isRecord(expected)) {
    return isDeepStrictEqual(got, expected);
  }
  return (
    isRecord(got) &&
    Object.entries(expected).every(([key, value]) => contains(got[key], value))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
