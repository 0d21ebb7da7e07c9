import type { PromotionItem } from '@landfall/backstage-plugin-delivery-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { promotionOf, rollingOut } from '../../dev/fixtures/promotions';
import {
  ENTITY,
  findItems,
  setupPromotions,
  WORKER,
} from './__testUtils__/setupPromotions';
import { anchorOf } from './anchor';

function numbered(count: number, from = 0): PromotionItem[] {
  return Array.from({ length: count }, (_, index) =>
    promotionOf({ version: { tag: `1.0.${from + index}` } }),
  );
}

describe('PromotionList', () => {
  beforeEach(() => {
    window.history.replaceState(null, '', '/');
    Element.prototype.scrollIntoView = jest.fn();
  });

  it('shows version, environment, outcome, cause and stages of each', async () => {
    const page = setupPromotions([
      rollingOut(),
      promotionOf({
        version: { tag: '1.4.2' },
        previous: undefined,
        environment: 'prod',
        outcome: 'rolled-back',
      }),
    ]);
    await page.render();
    const [first, second] = await findItems();
    expect(first).toHaveTextContent('1.4.3 → dev');
    expect(first).toHaveTextContent('On its way');
    expect(first).toHaveTextContent('from 1.4.2');
    expect(first).toHaveTextContent('by Image Updater · synced automatically');
    expect(
      within(first)
        .getAllByRole('listitem')
        .map(item => item.getAttribute('aria-label')?.split(/[ ,]/)[0]),
    ).toEqual(['pushed', 'committed', 'synced', 'healthy']);
    expect(second).toHaveTextContent('1.4.2 → prod');
    expect(second).toHaveTextContent('Rolled back');
    expect(page.getPromotions).toHaveBeenCalledWith(
      ENTITY,
      expect.objectContaining({ limit: 20 }),
      expect.anything(),
    );
  });

  it('shows the details of one, and keeps them open while it is read again', async () => {
    let items = [rollingOut()];
    const page = setupPromotions(async () => ({ items }));
    await page.render();
    const button = await screen.findByRole('button', { name: /Show details/ });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(button);
    expect(screen.getByRole('link', { name: /^0123456789/ })).toHaveAttribute(
      'href',
      items[0].links.commit,
    );
    expect(
      screen.getByText(/build: automatic update of api-dev/),
    ).toBeInTheDocument();
    expect(screen.getByText('automated sync')).toBeInTheDocument();

    items = [promotionOf({ version: { tag: '1.4.4' } }), promotionOf()];
    await page.signal();
    await waitFor(async () => expect(await findItems()).toHaveLength(2));
    const [added, known] = await findItems();
    expect(known).toHaveTextContent('Live');
    expect(
      within(known).getByRole('button', { name: /Hide details/ }),
    ).toHaveAttribute('aria-expanded', 'true');
    expect(
      within(added).getByRole('button', { name: /Show details/ }),
    ).toBeInTheDocument();
  });

  it('loads more', async () => {
    const page = setupPromotions(
      async (_, { limit = 20, cursor = '0' } = {}) => {
        const next = Number(cursor) + limit;
        return {
          items: numbered(Math.min(limit, 43 - Number(cursor)), Number(cursor)),
          ...(next < 43 && { nextCursor: String(next) }),
        };
      },
    );
    await page.render();
    expect(await findItems()).toHaveLength(20);
    const more = () => screen.getByRole('button', { name: 'Load more' });
    await userEvent.click(more());
    await waitFor(async () => expect(await findItems()).toHaveLength(40));
    await userEvent.click(more());
    await waitFor(async () => expect(await findItems()).toHaveLength(43));
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
  });

  it('filters, keeps the filters in the URL, and leaves the rest of it alone', async () => {
    window.history.replaceState(
      null,
      '',
      '/?environment=theirs&delivery-environment=prod',
    );
    const page = setupPromotions(async (_, request) => ({
      items: request?.outcome === 'failed' ? [] : [promotionOf()],
    }));
    await page.render();
    await findItems();
    expect(page.getPromotions).toHaveBeenCalledWith(
      ENTITY,
      expect.objectContaining({ environment: 'prod' }),
      expect.anything(),
    );
    await userEvent.click(screen.getByRole('button', { name: /Outcome/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Failed' }));
    expect(
      await screen.findByText('No promotion matches the filters.'),
    ).toBeInTheDocument();
    expect(window.location.search).toBe(
      '?environment=theirs&delivery-environment=prod&delivery-outcome=failed',
    );
    const { length: requests } = page.getPromotions.mock.calls;
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(await findItems()).toHaveLength(1);
    expect(window.location.search).toBe('?environment=theirs');
    // The overview has the beginning of the list without filters.
    expect(page.getPromotions).toHaveBeenCalledTimes(requests);
  });

  it('filters by image', async () => {
    const page = setupPromotions([promotionOf()]);
    await page.render();
    await findItems();
    await userEvent.click(screen.getByRole('button', { name: /Image/ }));
    await userEvent.click(screen.getByRole('option', { name: 'shop/worker' }));
    await waitFor(() =>
      expect(page.getPromotions).toHaveBeenCalledWith(
        ENTITY,
        expect.objectContaining({ repository: WORKER }),
        expect.anything(),
      ),
    );
    expect(window.location.search).toBe(
      `?delivery-repository=${encodeURIComponent(WORKER)}`,
    );
  });

  it('shows what went wrong, keeps the last known promotions, and tries again', async () => {
    let isAway = false;
    const page = setupPromotions(async () => {
      if (isAway) {
        throw new Error('connect ECONNREFUSED');
      }
      return { items: [promotionOf()] };
    });
    await page.render();
    await findItems();
    isAway = true;
    await page.signal();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Showing the last known state');
    expect(alert).toHaveTextContent('connect ECONNREFUSED');
    expect(await findItems()).toHaveLength(1);
    isAway = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it('explains what to do when there are none', async () => {
    await setupPromotions([]).render();
    expect(
      await screen.findByText(/No promotions yet: push an image/),
    ).toBeInTheDocument();
  });

  it('opens the promotion that was linked to, also from a later page', async () => {
    const [target] = numbered(1, 21);
    window.history.replaceState(null, '', `/#${anchorOf(target.id)}`);
    const page = setupPromotions(async (_, request) =>
      request?.cursor
        ? { items: numbered(3, 20) }
        : { items: numbered(20), nextCursor: 'next' },
    );
    await page.render();
    const button = await screen.findByRole('button', {
      name: 'Hide details of 1.0.21 in dev',
    });
    expect(button).toHaveAttribute('aria-expanded', 'true');
    expect(Element.prototype.scrollIntoView).toHaveBeenCalled();
  });
});
