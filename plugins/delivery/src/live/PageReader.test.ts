import { PageReader, type LoadPage, type ReaderState } from './PageReader';

interface TestPage {
  items: { id: string }[];
  nextCursor?: string;
}

function page(ids: string, nextCursor?: string): TestPage {
  return { items: [...ids].map(id => ({ id })), nextCursor };
}

/** A backend whose answers the test gives one by one. */
function setup() {
  const requests: {
    request: Parameters<LoadPage<TestPage>>[0];
    signal: AbortSignal;
    resolve(page: TestPage): void;
    reject(error: Error): void;
  }[] = [];
  const states: ReaderState<TestPage>[] = [];
  const reader = new PageReader<TestPage>({
    load: (request, signal) =>
      new Promise((resolve, reject) => {
        requests.push({ request, signal, resolve, reject });
      }),
    onChange: state => states.push(state),
    idOf: ({ id }) => id,
    pageSize: 20,
    maxLimit: 100,
  });
  const latest = () => states[states.length - 1];
  const ids = () =>
    latest()
      ?.loaded?.items.map(item => item.id)
      .join('');
  return { reader, requests, states, latest, ids };
}

describe('PageReader', () => {
  it('reads the first page, then more, then again what is shown', async () => {
    const { reader, requests, ids, latest } = setup();
    const first = reader.read();
    expect(requests[0].request).toEqual({ limit: 20 });
    requests[0].resolve(page('abcdefghijklmnopqrst', 't'));
    await first;

    const more = reader.loadMore();
    expect(latest().isLoadingMore).toBe(true);
    expect(requests[1].request).toEqual({ limit: 20, cursor: 't' });
    requests[1].resolve(page('uvwx'));
    await more;
    expect(ids()).toBe('abcdefghijklmnopqrstuvwx');

    reader.read();
    expect(requests[2].request).toEqual({ limit: 24 });
  });

  it('reads once more after any number of changes during a read', async () => {
    const { reader, requests, ids } = setup();
    const reading = reader.read();
    reader.read();
    reader.read();
    expect(requests).toHaveLength(1);
    requests[0].resolve(page('b'));
    await Promise.resolve();
    await Promise.resolve();
    expect(requests).toHaveLength(2);
    requests[1].resolve(page('ab'));
    await reading;
    expect(requests).toHaveLength(2);
    expect(ids()).toBe('ab');
  });

  it('keeps what it has when a read fails, and forgets the error when one succeeds', async () => {
    const { reader, requests, ids, latest } = setup();
    const first = reader.read();
    requests[0].resolve(page('ab'));
    await first;
    const second = reader.read();
    requests[1].reject(new Error('no database'));
    await second;
    expect(ids()).toBe('ab');
    expect(latest().error?.message).toBe('no database');
    const third = reader.read();
    requests[2].resolve(page('abc'));
    await third;
    expect(ids()).toBe('abc');
    expect(latest().error).toBeUndefined();
  });

  it('tells nothing after it was stopped', async () => {
    const { reader, requests, states } = setup();
    const reading = reader.read();
    const told = states.length;
    reader.stop();
    expect(requests[0].signal.aborted).toBe(true);
    requests[0].resolve(page('ab'));
    await reading;
    expect(states).toHaveLength(told);
  });
});
