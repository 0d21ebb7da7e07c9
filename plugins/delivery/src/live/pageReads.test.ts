import { LiveRead } from './LiveRead';
import { pageReads } from './pageReads';

interface TestPage {
  items: { id: string }[];
  nextCursor?: string;
}

function page(ids: string, nextCursor?: string): TestPage {
  return { items: [...ids].map(id => ({ id })), nextCursor };
}

/** A backend whose responses the test resolves one by one. */
function setup() {
  const requests: {
    request: { limit: number; cursor?: string };
    resolve(page: TestPage): void;
    reject(error: Error): void;
  }[] = [];
  const live = new LiveRead<TestPage>(
    pageReads<TestPage>({
      load: request =>
        new Promise((resolve, reject) => {
          requests.push({ request, resolve, reject });
        }),
      idOf: ({ id }) => id,
      pageSize: 20,
      maxLimit: 25,
    }),
  );
  live.subscribe(() => {});
  return {
    live,
    requests,
    answer: async (index: number, answered: TestPage) => {
      requests[index].resolve(answered);
      await jest.advanceTimersByTimeAsync(100);
    },
    ids: () =>
      live
        .getState()
        .data?.items.map(({ id }) => id)
        .join(''),
  };
}

const FIRST = 'abcdefghijklmnopqrst';

describe('pageReads', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('reads the first page, then more, then again what is shown', async () => {
    const { live, requests, answer, ids } = setup();
    expect(requests[0].request).toEqual({ limit: 20 });
    await answer(0, page(FIRST, 't'));

    live.readMore();
    expect(live.getState().isReadingMore).toBe(true);
    expect(requests[1].request).toEqual({ limit: 20, cursor: 't' });
    await answer(1, page('uvwx', 'x'));
    expect(ids()).toBe(`${FIRST}uvwx`);

    live.readNow();
    expect(requests[2].request).toEqual({ limit: 24 });
  });

  it('respects the maximum page size, and keeps further items', async () => {
    const { live, requests, answer, ids } = setup();
    await answer(0, page(FIRST, 't'));
    live.readMore();
    await answer(1, page('uvwxyz', 'z'));
    live.readNow();
    expect(requests[2].request).toEqual({ limit: 25 });
    await answer(2, page(`0${FIRST}uvwx`, 'x'));
    expect(ids()).toBe(`0${FIRST}uvwxyz`);
  });

  it('reads once more after any number of changes during a read', async () => {
    const { live, requests, answer, ids } = setup();
    live.readNow();
    live.readNow();
    expect(requests).toHaveLength(1);
    await answer(0, page('b'));
    expect(requests).toHaveLength(2);
    await answer(1, page('ab'));
    expect(requests).toHaveLength(2);
    expect(ids()).toBe('ab');
  });

  it('keeps what it has when the next page cannot be read', async () => {
    const { live, requests, answer, ids } = setup();
    await answer(0, page(FIRST, 't'));
    live.readMore();
    requests[1].reject(new Error('no database'));
    await jest.advanceTimersByTimeAsync(0);
    expect(ids()).toBe(FIRST);
    expect(live.getState()).toMatchObject({
      error: { message: 'no database' },
      isReadingMore: false,
    });
    live.readMore();
    await answer(2, page('u'));
    expect(ids()).toBe(`${FIRST}u`);
    expect(live.getState().error).toBeUndefined();
  });

  it('asks for nothing when there is no next page', async () => {
    const { live, requests, answer, ids } = setup();
    await answer(0, page('ab'));
    await live.readMore();
    expect(requests).toHaveLength(1);
    expect(ids()).toBe('ab');
  });
});
