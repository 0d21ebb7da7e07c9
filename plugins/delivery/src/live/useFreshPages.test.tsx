import { TestApiProvider } from '@backstage/test-utils';
import type {
  DeliveryApi,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { withOverview } from '../../dev/fixtures/overview';
import { promotionOf } from '../../dev/fixtures/promotions';
import { deliveryApiRef } from '../api';
import { pageReads } from './pageReads';
import { SharedReads } from './SharedReads';
import { useFreshPages } from './useFreshPages';

const ENTITY = { kind: 'component', namespace: 'default', name: 'api' };

const reads = new SharedReads<PromotionsResponse>();

function List({ environment }: { environment: string }) {
  const { data, isStale, hasMore, error, loadMore } = useFreshPages({
    entityRef: ENTITY,
    reads,
    id: environment,
    create: api =>
      pageReads<PromotionsResponse>({
        load: (request, signal) =>
          api.getPromotions(ENTITY, { ...request, environment }, { signal }),
        idOf: ({ id }) => id,
        pageSize: 1,
        maxLimit: 10,
      }),
  });
  return (
    <>
      <p>{isStale ? 'stale' : 'current'}</p>
      <p>{error?.message}</p>
      <p>{data?.items.map(({ version }) => version.tag).join()}</p>
      {hasMore && <button onClick={loadMore}>More</button>}
    </>
  );
}

/**
 * A backend that returns two promotions for `dev`, and responds for `prod` on
 * demand.
 */
function setup() {
  const answers: {
    resolve(page: PromotionsResponse): void;
    reject(error: Error): void;
  }[] = [];
  const getPromotions = jest.fn<
    ReturnType<DeliveryApi['getPromotions']>,
    Parameters<DeliveryApi['getPromotions']>
  >(async (_, { environment, cursor } = {}) => {
    if (environment === 'prod') {
      return new Promise((resolve, reject) =>
        answers.push({ resolve, reject }),
      );
    }
    return cursor
      ? { items: [promotionOf({ version: { tag: '1.0.0' } })] }
      : {
          items: [promotionOf({ version: { tag: '1.0.1' } })],
          nextCursor: 'next',
        };
  });
  const api = withOverview({ getPromotions });
  const page = (environment: string) => (
    <TestApiProvider apis={[[deliveryApiRef, api]]}>
      <List environment={environment} />
    </TestApiProvider>
  );
  return { answers, page };
}

function Promotions() {
  const { data, hasMore, isReadingMore, loadMore } = useFreshPages({
    entityRef: ENTITY,
    reads,
    id: 'all',
    beginning: overview => overview.promotions,
    create: api =>
      pageReads<PromotionsResponse>({
        load: (request, signal) =>
          api.getPromotions(ENTITY, request, { signal }),
        idOf: ({ id }) => id,
        pageSize: 1,
        initialSize: 2,
        maxLimit: 10,
      }),
  });
  return (
    <>
      <p>{isReadingMore ? 'reading more' : 'at rest'}</p>
      <p>{data?.items.map(({ version }) => version.tag).join()}</p>
      {hasMore && <button onClick={loadMore}>More</button>}
    </>
  );
}

describe('useFreshPages', () => {
  it('shows the beginning that the overview has, and reads the list when more is wanted', async () => {
    const [newest, older] = ['1.0.1', '1.0.0'].map(tag =>
      promotionOf({ version: { tag } }),
    );
    const answers: ((page: PromotionsResponse) => void)[] = [];
    const getPromotions = jest.fn<
      ReturnType<DeliveryApi['getPromotions']>,
      Parameters<DeliveryApi['getPromotions']>
    >(() => new Promise(resolve => answers.push(resolve)));
    const { getOverview } = withOverview({
      getPromotions: async () => ({ items: [newest], nextCursor: 'next' }),
    });
    render(
      <TestApiProvider
        apis={[[deliveryApiRef, { getOverview, getPromotions }]]}
      >
        <Promotions />
      </TestApiProvider>,
    );
    await screen.findByText('1.0.1');
    expect(getPromotions).not.toHaveBeenCalled();

    await userEvent.click(screen.getByRole('button', { name: 'More' }));
    expect(screen.getByText('reading more')).toBeInTheDocument();
    expect(screen.getByText('1.0.1')).toBeInTheDocument();
    expect(getPromotions.mock.calls.map(([, request]) => request)).toEqual([
      { limit: 2 },
    ]);

    answers[0]({ items: [newest, older] });
    await screen.findByText('1.0.1,1.0.0');
    expect(screen.getByText('at rest')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('loads the next page until there is none', async () => {
    const { page } = setup();
    render(page('dev'));
    await screen.findByText('1.0.1');
    await userEvent.click(screen.getByRole('button', { name: 'More' }));
    await screen.findByText('1.0.1,1.0.0');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('keeps the previous list until the new one is read', async () => {
    const { answers, page } = setup();
    const { rerender } = render(page('dev'));
    await screen.findByText('1.0.1');
    expect(screen.getByText('current')).toBeInTheDocument();

    rerender(page('prod'));
    expect(screen.getByText('1.0.1')).toBeInTheDocument();
    expect(screen.getByText('stale')).toBeInTheDocument();

    answers[0].resolve({ items: [promotionOf({ version: { tag: '0.9.0' } })] });
    await screen.findByText('0.9.0');
    expect(screen.getByText('current')).toBeInTheDocument();
  });

  it('does not show the previous list if the new one cannot be read', async () => {
    const { answers, page } = setup();
    const { rerender } = render(page('dev'));
    await screen.findByText('1.0.1');
    rerender(page('prod'));
    answers[0].reject(new Error('connect ECONNREFUSED'));
    await screen.findByText('connect ECONNREFUSED');
    expect(screen.queryByText('1.0.1')).not.toBeInTheDocument();
  });
});
