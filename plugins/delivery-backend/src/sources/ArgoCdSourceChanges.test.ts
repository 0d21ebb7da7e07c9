import { waitFor } from '@landfall/testing-kit';
import { ChangeQueue } from './ArgoCdSourceChanges';

/** A store whose writes end when the test says so. */
function setUp() {
  const stored: number[][] = [];
  const ends: ((error?: Error) => void)[] = [];
  let failures = 0;
  const queue = ChangeQueue.create<number>({
    store: async changes => {
      stored.push([...changes]);
      await new Promise<void>((resolve, reject) =>
        ends.push(error => (error ? reject(error) : resolve())),
      );
    },
    onFailed: () => {
      failures += 1;
    },
  });
  const end = async (error?: Error) => {
    const next = await waitFor(async () => {
      const [first] = ends;
      expect(first).toBeDefined();
      return ends.shift();
    });
    next?.(error);
  };
  return { queue, stored, end, failures: () => failures };
}

describe('ChangeQueue', () => {
  it('stores a change at once, and those that follow meanwhile together', async () => {
    const { queue, stored, end } = setUp();
    await queue.add(1);
    await waitFor(async () => expect(stored).toEqual([[1]]));
    await queue.add(2);
    await queue.add(3);

    await end();
    await end();
    await queue.drained();

    expect(stored).toEqual([[1], [2, 3]]);
  });

  it('lets the caller wait while a hundred are pending', async () => {
    const { queue, stored, end } = setUp();
    await queue.add(0);
    await waitFor(async () => expect(stored).toHaveLength(1));
    for (let change = 1; change < 100; change++) {
      await queue.add(change);
    }
    let hasRoom = false;
    const last = queue.add(100).then(() => {
      hasRoom = true;
    });
    await Promise.resolve();
    expect(hasRoom).toBe(false);

    await end();
    await last;
    await end();
    await queue.drained();

    expect(stored.map(({ length }) => length)).toEqual([1, 100]);
  });

  it('reports lost changes with the next call, once, and drops what followed', async () => {
    const { queue, stored, end, failures } = setUp();
    await queue.add(1);
    await waitFor(async () => expect(stored).toHaveLength(1));
    await queue.add(2);
    await end(new Error('no database'));
    await waitFor(async () => expect(failures()).toBe(1));

    await expect(queue.add(3)).rejects.toThrow('no database');

    await queue.add(4);
    await end();
    await queue.drained();
    expect(stored).toEqual([[1], [4]]);
  });

  it('settles once everything is stored or lost', async () => {
    const { queue, stored, end } = setUp();
    await queue.settled();
    await queue.add(1);
    await waitFor(async () => expect(stored).toHaveLength(1));
    await queue.add(2);

    const settled = queue.settled();
    await end();
    await end(new Error('no database'));
    await settled;

    expect(stored).toEqual([[1], [2]]);
  });
});
