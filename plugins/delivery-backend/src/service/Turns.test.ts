import { Turns } from './Turns';

/** Work that ends on request; each run returns its number. */
function workshop() {
  const ends: (() => void)[] = [];
  const work = jest.fn(async () => {
    const number = ends.length + 1;
    await new Promise<void>(resolve => ends.push(resolve));
    return number;
  });
  return { ends, work };
}

describe('Turns', () => {
  it('lets those who come during a run share the next one, not that run', async () => {
    const { ends, work } = workshop();
    const turns = new Turns<number>();

    const first = turns.share('a', work);
    const others = [turns.share('a', work), turns.share('a', work)];
    expect(work).toHaveBeenCalledTimes(1);

    ends[0]();
    expect(await first).toBe(1);
    await new Promise(setImmediate);
    expect(work).toHaveBeenCalledTimes(2);
    // This one came after the second run had begun.
    const last = turns.share('a', work);

    ends[1]();
    expect(await Promise.all(others)).toEqual([2, 2]);
    await new Promise(setImmediate);
    ends[2]();
    expect(await last).toBe(3);
  });

  it('runs different things at the same time', async () => {
    const { ends, work } = workshop();
    const turns = new Turns<number>();

    const both = Promise.all([turns.share('a', work), turns.share('b', work)]);
    ends.forEach(end => end());

    expect(await both).toEqual([1, 2]);
  });

  it('keeps a failure to those who shared the run', async () => {
    const turns = new Turns<string>();
    const failing = turns.share('a', async () => {
      throw new Error('out of order');
    });
    const next = turns.share('a', async () => 'done');

    await expect(failing).rejects.toThrow('out of order');
    expect(await next).toBe('done');
    expect(await turns.share('a', async () => 'again')).toBe('again');
  });
});
