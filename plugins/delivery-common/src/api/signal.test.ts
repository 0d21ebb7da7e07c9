import { parseDeliverySignal, signalSpreadMs } from './signal';

const NOTHING = { keys: [], appeared: false, instances: false };

describe('parseDeliverySignal', () => {
  it('reads the keys and flags of a message', () => {
    expect(
      parseDeliverySignal({
        keys: ['a', 'b'],
        appeared: false,
        instances: true,
      }),
    ).toEqual({ keys: ['a', 'b'], appeared: false, instances: true });
  });

  it.each([
    ['without keys', {}],
    ['with keys of another type', { keys: 'a' }],
    ['with a key of another type', { keys: ['a', 1] }],
  ])('counts a message %s as a change of everything', (_, message) => {
    expect(parseDeliverySignal(message)).toEqual({
      ...NOTHING,
      appeared: true,
    });
  });

  it('ignores flags of another type', () => {
    expect(
      parseDeliverySignal({ keys: [], appeared: 'no', instances: 1 }),
    ).toEqual(NOTHING);
  });
});

describe('signalSpreadMs', () => {
  const shown = new Set(['a', 'b']);
  const many = Array.from({ length: 499 }, (_, index) => `x${index}`);

  it.each([
    ['an application that is shown', { keys: ['b'] }, 200],
    ['several applications', { keys: ['x', 'b'] }, 220],
    ['very many applications', { keys: [...many, 'b'] }, 10_000],
    ['another application', { keys: ['x'] }, undefined],
    ['an application that appeared', { appeared: true }, 10_000],
    ['an instance', { instances: true }, 10_000],
    [
      'an application that is shown, and all pages',
      { keys: ['a'], instances: true },
      200,
    ],
  ])('spreads the readers of a signal of %s', (_, signal, expected) => {
    expect(signalSpreadMs({ ...NOTHING, ...signal }, shown)).toBe(expected);
  });

  it('counts every signal as broad while it is unknown what is shown', () => {
    expect(signalSpreadMs({ ...NOTHING, keys: ['x'] }, undefined)).toBe(10_000);
  });
});
