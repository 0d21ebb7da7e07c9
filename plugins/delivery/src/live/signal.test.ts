import { concerns, parseSignal } from './signal';

const NOTHING = { keys: [], appeared: false, instances: false };

describe('parseSignal', () => {
  it('reads the keys and flags of a message', () => {
    expect(
      parseSignal({ keys: ['a', 'b'], appeared: false, instances: true }),
    ).toEqual({ keys: ['a', 'b'], appeared: false, instances: true });
  });

  it.each([
    ['without keys', {}],
    ['with keys of another type', { keys: 'a' }],
    ['with a key of another type', { keys: ['a', 1] }],
  ])('counts a message %s as a change of everything', (_, message) => {
    expect(parseSignal(message)).toEqual({ ...NOTHING, appeared: true });
  });

  it('ignores flags of another type', () => {
    expect(parseSignal({ keys: [], appeared: 'no', instances: 1 })).toEqual(
      NOTHING,
    );
  });
});

describe('concerns', () => {
  const shown = new Set(['a', 'b']);

  it.each([
    ['an application that is shown', { keys: ['x', 'b'] }, true],
    ['another application', { keys: ['x'] }, false],
    ['an application that appeared', { appeared: true }, true],
    ['an instance', { instances: true }, true],
  ])('judges a signal of %s', (_, signal, expected) => {
    expect(concerns({ ...NOTHING, ...signal }, shown)).toBe(expected);
  });

  it('accepts every signal while it is unknown what is shown', () => {
    expect(concerns({ ...NOTHING, keys: ['x'] }, undefined)).toBe(true);
  });
});
