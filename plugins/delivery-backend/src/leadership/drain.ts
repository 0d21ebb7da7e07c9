import { type Fence, FencedError } from '../store/fence';
import type { LoopRun } from './LoopRun';
import { mapLimited } from './mapLimited';

/**
 * Longer than any item takes unless it hangs: every client call has a shorter
 * limit.
 */
const ITEM_TIMEOUT_MS = 120_000;

/** @internal */
export interface DrainOptions<T> {
  run: LoopRun;
  fence: Fence;
  /** Queues an item until it may start. Its time limit counts from then on. */
  limit: (work: () => Promise<void>) => Promise<void>;
  readDue: () => Promise<T[]>;
  /** The subject in "… took longer than 120 s". */
  describe: (item: T) => string;
  /** Once it resolves, the item must no longer be due. */
  handle: (
    item: T,
    part: { signal: AbortSignal; fence: Fence },
  ) => Promise<void>;
  /**
   * Called if `handle` rejected or took too long. The item must not be due for
   * some time.
   */
  postpone: (item: T, error: unknown) => Promise<void>;
  /** Milliseconds for one item; default two minutes. */
  itemTimeoutMs?: number;
}

/**
 * Handles due items, a few at a time, until none is due. An item that hangs is
 * abandoned and postponed after its time limit, so it holds up nothing for
 * longer.
 *
 * @internal
 */
export async function drain<T>(options: DrainOptions<T>): Promise<void> {
  const { run, limit, readDue } = options;
  while (!run.signal.aborted) {
    const due = await readDue();
    if (due.length === 0) {
      return;
    }
    await mapLimited(due, limit, async item => {
      if (!run.signal.aborted) {
        await handleOrPostpone(item, options);
        run.progress();
      }
    });
  }
}

async function handleOrPostpone<T>(
  item: T,
  options: DrainOptions<T>,
): Promise<void> {
  const {
    run,
    fence,
    describe,
    handle,
    postpone,
    itemTimeoutMs = ITEM_TIMEOUT_MS,
  } = options;
  try {
    await run.within(itemTimeoutMs, describe(item), ({ signal, abandoned }) =>
      handle(item, { signal, fence: { ...fence, abandoned } }),
    );
  } catch (error) {
    if (error instanceof FencedError) {
      throw error;
    }
    if (!run.signal.aborted) {
      await postpone(item, error);
    }
  }
}
