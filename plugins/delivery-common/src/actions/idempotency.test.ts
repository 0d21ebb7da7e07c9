import fc from 'fast-check';
import {
  canonicalRequest,
  IDEMPOTENCY_KEY_PATTERN,
  matchRequest,
} from './idempotency';

describe('canonicalRequest', () => {
  it('doesn’t depend on the order of fields, at any depth', () => {
    expect(canonicalRequest({ a: { c: 1, b: [2, 3] }, d: undefined })).toBe(
      canonicalRequest({ a: { b: [2, 3], c: 1 } }),
    );
  });

  it('is another for another request', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const isSame = canonicalRequest(a) === canonicalRequest(b);
        expect(isSame).toBe(sameValue(a, b));
      }),
    );
    expect(canonicalRequest(['a', 'b'])).not.toBe(canonicalRequest(['b', 'a']));
  });
});

describe('matchRequest', () => {
  it.each([
    [undefined, 'a', 'new'],
    [{ request: 'a' }, 'a', 'repeat'],
    [{ request: 'a' }, 'b', 'other'],
  ])('with %j known, %s is %s', (known, request, expected) => {
    expect(matchRequest(known, request)).toBe(expected);
  });
});

describe('IDEMPOTENCY_KEY_PATTERN', () => {
  it.each([
    ['a'.repeat(15), false],
    ['a'.repeat(16), true],
    ['0f5d3c9e-3d0f-4a4f-8f43-1f6f5f0f4f11', true],
    ['A_-9'.repeat(32), true],
    ['a'.repeat(129), false],
    [`${'a'.repeat(20)}\n`, false],
    ['a key with spaces!', false],
    ['ключ-ключ-ключ-ключ', false],
  ])('%j: %s', (key, valid) => {
    expect(IDEMPOTENCY_KEY_PATTERN.test(key)).toBe(valid);
  });
});

/** Written independently: JSON has no undefined, and -0 is written as 0. */
function sameValue(a: unknown, b: unknown): boolean {
  try {
    expect(JSON.parse(JSON.stringify(a))).toEqual(
      JSON.parse(JSON.stringify(b)),
    );
    return true;
  } catch {
    return false;
  }
}
