import { Difference, Prerequisite, type Result } from './Belief';
import { defineTopic } from './defineTopic';
import {
  expectEqual,
  expectMatch,
  expectText,
  expectThat,
} from './expectations';
import { Interrupted, Patience } from './Patience';

const patience = (seconds = 0.05) =>
  new Patience(seconds, 1, new AbortController().signal);

describe('patience', () => {
  it('looks until the answer is right, over connections that break', async () => {
    let looks = 0;
    const value = await patience(10).until(
      'three',
      async () => {
        looks += 1;
        if (looks === 2) {
          throw new Error('connection refused');
        }
        return looks;
      },
      seen => seen === 3,
    );
    expect(value).toBe(3);
  });

  it('tells the last answer, or why there was none', async () => {
    await expect(
      patience().until(
        'two',
        async () => ({ value: 1 }),
        ({ value }) => value === 2,
        { show: ({ value }) => `it is ${value}` },
      ),
    ).rejects.toMatchObject({
      what: 'waited 0.05 s, but never: two',
      got: 'it is 1',
    });
    await expect(
      patience().until(
        'an answer',
        async () => {
          throw new Error('connection refused');
        },
        () => true,
      ),
    ).rejects.toMatchObject({ got: 'connection refused' });
  });

  it('does not wait on after a verdict', async () => {
    await expect(
      patience(60).until(
        'rights',
        async () => {
          throw new Prerequisite('no rights');
        },
        () => true,
      ),
    ).rejects.toThrow(Prerequisite);
  });

  it('ends when the run is interrupted', async () => {
    const ending = new AbortController();
    const waiting = new Patience(60, 60_000, ending.signal).until(
      'nothing',
      async () => {
        ending.abort();
      },
      () => false,
    );
    await expect(waiting).rejects.toThrow(Interrupted);
  });
});

describe('expectations', () => {
  it.each<[string, () => void]>([
    ['another value', () => expectEqual('x', { a: [1] }, { a: [2] })],
    ['a field too much', () => expectEqual('x', { a: 1, b: 2 }, { a: 1 })],
    ['a missing part', () => expectMatch('x', { a: {} }, { a: { b: 1 } })],
    ['no object', () => expectMatch('x', undefined, { a: 1 })],
    ['another text', () => expectText('x', 'abc', /^b/)],
    ['no truth', () => expectThat('x', false)],
  ])('refuse %s', (_what, check) => {
    expect(check).toThrow(Difference);
  });

  it('take what holds', () => {
    expect(() => {
      expectEqual('x', { a: [1, { b: null }] }, { a: [1, { b: null }] });
      expectMatch('x', { a: { b: 1, c: 2 }, d: 3 }, { a: { b: 1 } });
      expectText('x', 'abc', /^a/);
      expectThat('x', true);
    }).not.toThrow();
  });
});

describe('a topic', () => {
  const belief = (id: string, check: () => Promise<void>) => ({
    id,
    says: id,
    source: 'here',
    check,
  });

  async function outcomes(
    prepare: () => Promise<void>,
    ...checks: (() => Promise<void>)[]
  ): Promise<Pick<Result, 'id' | 'outcome'>[]> {
    const results: Result[] = [];
    await defineTopic<undefined, void>({
      name: 'topic',
      prepare,
      beliefs: checks.map((check, index) => belief(`b${index}`, check)),
    }).run(undefined, result => results.push(result));
    return results.map(({ id, outcome }) => ({ id, outcome }));
  }

  const ok = async () => {};
  const fail = (error: Error) => async () => {
    throw error;
  };

  it('goes on after a difference, a skip and an error', async () => {
    expect(
      await outcomes(
        ok,
        fail(new Difference('x')),
        fail(new Prerequisite('x')),
        fail(new Error('x')),
        ok,
      ),
    ).toEqual([
      { id: 'b0', outcome: 'differs' },
      { id: 'b1', outcome: 'skipped' },
      { id: 'b2', outcome: 'differs' },
      { id: 'b3', outcome: 'ok' },
    ]);
  });

  it('skips what is left once it is interrupted', async () => {
    expect(await outcomes(ok, ok, fail(new Interrupted()), ok)).toEqual([
      { id: 'b0', outcome: 'ok' },
      { id: 'b1', outcome: 'skipped' },
      { id: 'b2', outcome: 'skipped' },
    ]);
  });

  it.each<[Result['outcome'], Error]>([
    ['skipped', new Prerequisite('no rights')],
    ['differs', new Error('no fixture')],
  ])(
    'has all of its beliefs %s when its fixture is not there',
    async (outcome, error) => {
      expect(await outcomes(fail(error), ok, ok)).toEqual([
        { id: 'b0', outcome },
        { id: 'b1', outcome },
      ]);
    },
  );
});
