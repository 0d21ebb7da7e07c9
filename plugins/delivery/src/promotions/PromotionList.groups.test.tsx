import {
  describeMessage,
  type PromotionItem,
  type PromotionReason,
} from '@landfall/backstage-plugin-delivery-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { promotionOf } from '../../dev/fixtures/promotions';
import { findItems, setupPromotions } from './__testUtils__/setupPromotions';
import { anchorOf } from './anchor';

/** One version in an environment of its own. */
const into = (environment: string, rest: Partial<PromotionItem> = {}) =>
  promotionOf({
    id: `${environment}/1.4.3`,
    environment,
    application: {
      instance: 'main',
      namespace: 'argocd',
      name: `api-${environment}`,
    },
    ...rest,
  });

describe('PromotionList', () => {
  beforeEach(() => {
    window.history.replaceState(null, '', '/');
    Element.prototype.scrollIntoView = jest.fn();
  });

  it('shows one version in several environments in one row, with a bar for each', async () => {
    await setupPromotions([
      into('prod', {
        outcome: 'failed',
        reason: describeMessage<PromotionReason>({
          code: 'promotion.degraded',
          parameters: { message: 'Back-off pulling image' },
        }),
      }),
      into('dev'),
      promotionOf({ version: { tag: '1.4.2' } }),
    ]).render();
    const [group, single] = await findItems();
    expect(group).toHaveTextContent(/^1\.4\.3 → dev, prod/);
    const bars = within(group).getByRole('list', {
      name: 'Stages of 1.4.3 by environment',
    });
    const [dev, prod] = [...bars.children];
    expect(dev).toHaveTextContent(/^devLive/);
    expect(prod).toHaveTextContent(/^prodFailed/);
    expect(prod).toHaveTextContent('Back-off pulling image');
    expect(within(group).getAllByRole('list', { name: 'Stages' })).toHaveLength(
      2,
    );
    expect(single).toHaveTextContent(/^1\.4\.2 → dev/);

    await userEvent.click(
      screen.getByRole('button', {
        name: 'Show the promotions of 1.4.3 into dev, prod',
      }),
    );
    const members = await screen.findByRole('list', {
      name: 'Promotions of 1.4.3',
    });
    expect(
      [...members.children].map(each => each.textContent?.slice(0, 12)),
    ).toEqual(['1.4.3 → prod', '1.4.3 → devL']);
  });

  it('joins a group that continues on the next page', async () => {
    const page = setupPromotions(async (_, { limit = 20 } = {}) =>
      limit > 20
        ? { items: [into('prod'), into('dev')] }
        : { items: [into('prod')], nextCursor: 'next' },
    );
    await page.render();
    expect((await findItems())[0]).toHaveTextContent(/^1\.4\.3 → prod/);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await waitFor(async () =>
      expect((await findItems())[0]).toHaveTextContent(/^1\.4\.3 → dev, prod/),
    );
    expect(await findItems()).toHaveLength(1);
  });

  it('keeps the open group and promotion in the URL', async () => {
    const page = setupPromotions([into('prod'), into('dev')]);
    const { unmount } = await page.render();
    await userEvent.click(
      await screen.findByRole('button', { name: /^Show the promotions/ }),
    );
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show details of 1.4.3 in dev',
      }),
    );
    const { search, hash } = window.location;
    expect(new URLSearchParams(search).get('delivery-group')).toContain(
      '1.4.3',
    );
    expect(hash).toBe('#promotion-dev%2F1.4.3');
    unmount();

    window.history.replaceState(null, '', `/${search}${hash}`);
    await page.render();
    expect(
      await screen.findByRole('button', {
        name: 'Hide details of 1.4.3 in dev',
      }),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: /^Hide the promotions/ }),
    );
    expect(window.location.search + window.location.hash).toBe('');
  });

  it('opens the group of the promotion that was linked to', async () => {
    window.history.replaceState(null, '', `/#${anchorOf('dev/1.4.3')}`);
    await setupPromotions([into('prod'), into('dev')]).render();
    expect(
      await screen.findByRole('button', {
        name: 'Hide details of 1.4.3 in dev',
      }),
    ).toHaveAttribute('aria-expanded', 'true');
    expect(Element.prototype.scrollIntoView).toHaveBeenCalled();
  });

  it.each([
    ['commit', true, null],
    ['contained in', false, 'contains the change'],
  ])(
    'says whether a commit is that of the promotion: %s',
    async (_, exact, note) => {
      const { commit } = promotionOf();
      await setupPromotions([
        promotionOf({ commit: commit && { ...commit, exact } }),
      ]).render();
      await userEvent.click(
        await screen.findByRole('button', { name: /^Show details/ }),
      );
      const region = await screen.findByRole('region', { name: 'Commit' });
      expect(region).toHaveTextContent(
        note === null
          ? /^CommitRevision0123456789, Opens in a new windowAuthor/
          : note,
      );
    },
  );

  it('shows one version in forty applications of ten environments', async () => {
    await setupPromotions(
      Array.from({ length: 40 }, (_, index) =>
        into(`env-${index % 10}`, {
          id: String(index),
          version: { tag: `v${'1'.repeat(127)}` },
          application: {
            instance: 'main',
            namespace: 'argocd',
            name: `api-${index}`,
          },
        }),
      ),
    ).render();
    const items = await findItems();
    expect(items).toHaveLength(1);
    expect(
      within(items[0]).getByRole('list', { name: /^Stages of/ }).children,
    ).toHaveLength(10);
    expect(within(items[0]).getAllByText(/4 applications/)).toHaveLength(10);
  });
});
