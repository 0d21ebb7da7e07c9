import { Difference, Prerequisite, type Result } from './Expectation';
import { defineTopic } from './defineTopic';
import { expectEqual, expectMatch, expectText, expectThat } from './assertions';
import { Interrupted, Timeout } from './Timeout';

const timeout = (seconds = 0.05) =>
  new Timeout(seconds, 1, new AbortController().signal);

describe('Timeout', () => {
  it('polls until the value is right, and survives connection errors', async () => {
    let looks = 0;
    const value = await timeout(10).until(
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

  it('reports the last value, or why there was none', async () => {
    await expect(
      timeout().until(
        'two',
        async () => ({ value: 1 }),
        ({ value }) => value === 2,
        { show: ({ value }) => `it is ${value}` },
      ),
    ).rejects.toMatchObject({
      what: 'timed out after 0.05 s: two',
      got: 'it is 1',
    });
    await expect(
      timeout().until(
        'an answer',
        async () => {
          throw new Error('connection refused');
        },
        () => true,
      ),
    ).rejects.toMatchObject({ got: 'connection refused' });
  });

  it('does not continue after a verdict', async () => {
    await expect(
      timeout(60).until(
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
    const waiting = new Timeout(60, 60_000, ending.signal).until(
      'nothing',
      async () => {
        ending.abort();
      },
      () => false,
    );
    await expect(waiting).rejects.toThrow(Interrupted);
  });
});

describe('assertions', () => {
  it.each<[string, () => void]>([
    ['another value', () => expectEqual('x', { a: [1] }, { a: [2] })],
    ['an additional field', () => expectEqual('x', { a: 1, b: 2 }, { a: 1 })],
    ['a missing part', () => expectMatch('x', { a: {} }, { a: { b: 1 } })],
    ['no object', () => expectMatch('x', undefined, { a: 1 })],
    ['another text', () => expectText('x', 'abc', /^b/)],
    ['a false condition', () => expectThat('x', false)],
  ])('reject %s', (_what, check) => {
    expect(check).toThrow(Difference);
  });

  it('accept what holds', () => {
    expect(() => {
      expectEqual('x', { a: [1, { b: null }] }, { a: [1, { b: null }] });
      expectMatch('x', { a: { b: 1, c: 2 }, d: 3 }, { a: { b: 1 } });
      expectText('x', 'abc', /^a/);
      expectThat('x', true);
    }).not.toThrow();
  });
});

describe('a topic', () => {
  const expectation = (id: string, check: () => Promise<void>) => ({
    id,
    claim: id,
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
      expectations: checks.map((check, index) =>
        expectation(`b${index}`, check),
      ),
    }).run(undefined, result => results.push(result));
    return results.map(({ id, outcome }) => ({ id, outcome }));
  }

  const ok = async () => {};
  const fail = (error: Error) => async () => {
    throw error;
  };

  it('continues after a difference, a skip and an error', async () => {
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

  it('skips the rest once it is interrupted', async () => {
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
    'reports all expectations as %s if the fixture cannot be created',
    async (outcome, error) => {
      expect(await outcomes(fail(error), ok, ok)).toEqual([
        { id: 'b0', outcome },
        { id: 'b1', outcome },
      ]);
    },
  );
});
