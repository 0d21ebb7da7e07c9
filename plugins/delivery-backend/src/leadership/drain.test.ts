import pLimit from 'p-limit';
import { type Fence, FencedError } from '../store/fence';
import { drain } from './drain';
import { LoopRun } from './LoopRun';

const FENCE: Fence = { name: 'lease', owner: 'this-replica' };

function setUp(handle: (item: string, fence: Fence) => Promise<void>) {
  const due = new Set(['a', 'b', 'c']);
  const postponed: { item: string; error: unknown }[] = [];
  const drained = drain<string>({
    run: new LoopRun(),
    fence: FENCE,
    limit: pLimit(1),
    readDue: async () => [...due],
    describe: item => `Reading ${item}`,
    itemTimeoutMs: 20,
    handle: async (item, part) => {
      await handle(item, part.fence);
      due.delete(item);
    },
    postpone: async (item, error) => {
      due.delete(item);
      postponed.push({ item, error });
    },
  });
  return { drained, due, postponed };
}

describe('drain', () => {
  it('postpones an item that hangs, refuses its later writes, and handles the others', async () => {
    const fences: Fence[] = [];
    const { drained, due, postponed } = setUp(async (item, fence) => {
      fences.push(fence);
      if (item === 'a') {
        await new Promise(() => {});
      }
    });

    await drained;

    expect([...due]).toEqual([]);
    expect(postponed).toEqual([
      { item: 'a', error: new Error('Reading a took longer than 0.02 s') },
    ]);
    expect(fences.map(({ abandoned }) => abandoned?.aborted)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('postpones an item that fails, and handles the others', async () => {
    const { drained, due, postponed } = setUp(async item => {
      if (item === 'b') {
        throw new Error('refused');
      }
    });

    await drained;

    expect([...due]).toEqual([]);
    expect(postponed).toEqual([{ item: 'b', error: new Error('refused') }]);
  });

  it('ends without postponing anything when the lease is lost', async () => {
    const begun: string[] = [];
    const { drained, postponed } = setUp(async item => {
      begun.push(item);
      throw new FencedError('Another replica holds the lease');
    });

    await expect(drained).rejects.toThrow(FencedError);

    expect(begun).toEqual(['a']);
    expect(postponed).toEqual([]);
  });
});
