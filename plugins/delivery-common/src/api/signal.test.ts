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

  it('reads which pages a change may concern, or takes it for all', () => {
    const message = { keys: [], appeared: true, instances: false };
    const withTopics = { ...message, topics: ['t'] };
    expect(parseDeliverySignal(withTopics)).toEqual(withTopics);
    expect(parseDeliverySignal({ ...message, topics: 't' })).toEqual(message);
    expect(parseDeliverySignal({ topics: ['t'] })).toEqual(message);
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
      'an application that may concern the page',
      { appeared: true, topics: ['x', 'b'] },
      10_000,
    ],
    [
      'an application that concerns other pages',
      { appeared: true, topics: ['x'] },
      undefined,
    ],
    ['an instance of other pages', { instances: true, topics: [] }, undefined],
    ['nothing but a topic', { topics: ['b'] }, undefined],
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
    expect(
      signalSpreadMs({ ...NOTHING, appeared: true, topics: ['x'] }, undefined),
    ).toBe(10_000);
  });
});
