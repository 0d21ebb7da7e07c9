import { endOfSecond, isAtOrAfter, isClearlyAfter } from './times';

describe('times', () => {
  it.each([
    ['2026-01-01T12:00:00.999Z', '2026-01-01T12:00:00Z', true, false],
    ['2026-01-01T12:00:01.000Z', '2026-01-01T12:00:00Z', true, true],
    ['2026-01-01T12:00:00Z', '2026-01-01T12:00:00.000Z', true, false],
    ['2026-01-01T11:59:59Z', '2026-01-01T12:00:00Z', false, false],
    ['2026-01-01T13:00:00+01:00', '2026-01-01T12:00:00Z', true, false],
    ['no time', '2026-01-01T12:00:00Z', false, false],
  ])(
    '%s against %s: at or after %s, clearly after %s',
    (a, b, after, clearly) => {
      expect(isAtOrAfter(a, b)).toBe(after);
      expect(isClearlyAfter(a, b)).toBe(clearly);
    },
  );

  it('end a second after it began, and leave alone what is no time', () => {
    expect(endOfSecond('2026-01-01T12:00:59Z')).toBe(
      '2026-01-01T12:01:00.000Z',
    );
    expect(endOfSecond('no time')).toBe('no time');
  });
});
