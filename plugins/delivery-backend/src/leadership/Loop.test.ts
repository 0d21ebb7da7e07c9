import { mockServices } from '@backstage/backend-test-utils';
import { recordMetrics } from '../__testUtils__/metrics';
import { waitFor } from '@landfall/testing-kit';
import { FencedError } from '../store/fence';
import { Loop } from './Loop';
import type { LoopRun } from './LoopRun';

describe('Loop', () => {
  const loops: Loop[] = [];

  afterEach(async () => {
    await Promise.all(loops.splice(0).map(loop => loop.stop()));
  });

  function setUp(work: (run: LoopRun, number: number) => Promise<void>) {
    const logger = mockServices.logger.mock();
    const { metrics, measured } = recordMetrics();
    const runs: LoopRun[] = [];
    const loop = Loop.start({
      name: 'Reading',
      task: 'reading',
      logger,
      metrics,
      limits: { hangMs: 20, graceMs: 20 },
      delay: () => 1,
      run: async run => {
        runs.push(run);
        await work(run, runs.length);
      },
    });
    loops.push(loop);
    return { loop, logger, runs, measured };
  }

  it('abandons and reports a hung run, and starts another', async () => {
    const { logger, runs, measured } = setUp(async (_, number) => {
      if (number === 1) {
        await new Promise(() => {});
      }
    });

    await waitFor(() => expect(runs.length).toBeGreaterThan(1));

    expect(runs[0].signal.aborted).toBe(true);
    expect(runs[0].abandoned.aborted).toBe(true);
    expect(runs[1].abandoned.aborted).toBe(false);
    expect(logger.warn.mock.calls.map(([message]) => message)).toEqual([
      'Reading made no progress for 0.02 s. Cancelling and restarting it',
      expect.stringContaining('Reading did not end within 0.02 s'),
    ]);
    expect(measured).toContainEqual({
      name: 'delivery.task.restarts',
      value: 1,
      labels: { task: 'reading' },
    });
  });

  it('waits for a run that ends when it is cancelled', async () => {
    const { logger, runs } = setUp(async ({ signal }, number) => {
      if (number === 1) {
        await new Promise(resolve => signal.addEventListener('abort', resolve));
      }
    });

    await waitFor(() => expect(runs.length).toBeGreaterThan(1));

    expect(runs[0].abandoned.aborted).toBe(false);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('lets a run continue while it makes progress', async () => {
    let isOver = false;
    const { runs } = setUp(async (run, number) => {
      const until = Date.now() + 100;
      while (number === 1 && Date.now() < until) {
        run.progress();
        await new Promise(resolve => setTimeout(resolve, 1));
      }
      isOver = true;
    });

    await waitFor(() => expect(isOver).toBe(true));

    expect(runs[0].signal.aborted).toBe(false);
  });

  it('stops even if a run hangs', async () => {
    const { loop, runs } = setUp(() => new Promise(() => {}));

    await loop.stop();

    expect(runs[0].abandoned.aborted).toBe(true);
  });

  it('logs no warning for a run whose lease was lost, and continues', async () => {
    const { logger, runs, measured } = setUp(async () => {
      throw new FencedError('Another replica holds the lease');
    });

    await waitFor(() => expect(runs.length).toBeGreaterThan(1));

    expect(logger.warn).not.toHaveBeenCalled();
    expect(measured).toContainEqual({
      name: 'delivery.task.runs',
      value: 1,
      labels: { task: 'reading', outcome: 'fenced' },
    });
  });
});
