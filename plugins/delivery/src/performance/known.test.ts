import { isKnown, knownSince } from './known';

describe('knownSince', () => {
  it.each([
    [{}, undefined],
    [{ watchedSince: '2026-11-05T13:00:00.000Z' }, '2026-11-05'],
    [{ keptSince: '2026-10-01' }, '2026-10-01'],
    [
      { watchedSince: '2026-11-05T13:00:00.000Z', keptSince: '2026-10-01' },
      '2026-11-05',
    ],
    [
      { watchedSince: '2025-11-05T13:00:00.000Z', keptSince: '2026-10-01' },
      '2026-10-01',
    ],
  ])('of %j is %s', (response, day) => {
    expect(knownSince(response)).toBe(day);
  });
});

describe('isKnown', () => {
  it.each([
    ['2026-11-04', false],
    ['2026-11-05', true],
    ['2026-11-06', true],
  ])('a part that ends on %s: %s', (to, known) => {
    expect(isKnown({ to }, '2026-11-05')).toBe(known);
    expect(isKnown({ to }, undefined)).toBe(true);
  });
});
