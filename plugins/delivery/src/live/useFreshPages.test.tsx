import { TestApiProvider } from '@backstage/test-utils';
import type {
  DeliveryApi,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
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
  const api = { getPromotions };
  const page = (environment: string) => (
    <TestApiProvider apis={[[deliveryApiRef, api]]}>
      <List environment={environment} />
    </TestApiProvider>
  );
  return { answers, page };
}

describe('useFreshPages', () => {
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
