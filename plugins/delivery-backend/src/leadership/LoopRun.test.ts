import { LoopRun } from './LoopRun';

const NEVER = new Promise<never>(() => {});

describe('LoopRun.within', () => {
  it('resolves with the result of the work', async () => {
    const run = new LoopRun();
    expect(await run.within(60_000, 'Reading', async () => 'read')).toBe(
      'read',
    );
  });

  it('abandons a part that takes too long, even if it ignores its signal', async () => {
    const run = new LoopRun();
    let part: LoopRun | undefined;

    await expect(
      run.within(10, 'Reading', given => {
        part = given;
        return NEVER;
      }),
    ).rejects.toThrow('Reading took longer than 0.01 s');

    expect(part?.abandoned.aborted).toBe(true);
    expect(run.signal.aborted).toBe(false);
  });

  it('cancels the part with the run, which may still write its results', async () => {
    const run = new LoopRun();

    const result = run.within(60_000, 'Reading', async part => {
      run.cancel();
      return [part.signal.aborted, part.abandoned.aborted];
    });

    expect(await result).toEqual([true, false]);
  });

  it('abandons the part with the run', async () => {
    const run = new LoopRun();
    let part: LoopRun | undefined;
    const result = run.within(60_000, 'Reading', given => {
      part = given;
      return NEVER;
    });

    run.abandon(new Error('shut down'));

    await expect(result).rejects.toThrow('shut down');
    expect(part?.abandoned.aborted).toBe(true);
  });

  it('starts no part in an abandoned run, and a cancelled one in a cancelled run', async () => {
    const cancelled = new LoopRun();
    cancelled.cancel();
    expect(
      await cancelled.within(
        60_000,
        'Reading',
        async ({ signal }) => signal.aborted,
      ),
    ).toBe(true);

    const abandoned = new LoopRun();
    abandoned.abandon(new Error('shut down'));
    const work = jest.fn();
    await expect(abandoned.within(60_000, 'Reading', work)).rejects.toThrow(
      'shut down',
    );
    expect(work).not.toHaveBeenCalled();
  });
});
