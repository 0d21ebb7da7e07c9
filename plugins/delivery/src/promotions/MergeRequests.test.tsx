import { renderInTestApp } from '@backstage/test-utils';
import type { MergeRequest } from '@landfall/backstage-plugin-delivery-common';
import { screen, within } from '@testing-library/react';
import { promotionOf, rollingOut } from '../../dev/fixtures/promotions';
import { PromotionDetails } from './PromotionDetails';
import { PromotionRow } from './PromotionRow';

const request: MergeRequest = {
  url: 'https://git.example.com/shop/deploy/pulls/12',
  number: 12,
  title: 'Update api',
  state: 'open',
  author: 'updater',
  updatedAt: '2026-05-04T12:02:00.000Z',
};
const merged: MergeRequest = {
  ...request,
  state: 'merged',
  mergedAt: '2026-05-04T12:03:00.000Z',
};
const proposal = {
  repoUrl: 'https://git.example.com/shop/deploy.git',
  branch: 'image-updater-0af3',
  base: 'main',
  revision: '0123456789abcdef0123456789abcdef01234567',
};

const { pushed } = promotionOf().stages;
const proposed = (of?: MergeRequest) =>
  rollingOut({
    stages: {
      pushed,
      proposed: { at: '2026-05-04T12:01:30.000Z', basis: 'reported' },
    },
    commit: undefined,
    proposal: { ...proposal, ...(of && { request: of }) },
  });

describe('the merge request of a promotion', () => {
  it.each([
    ['open', request, 'Update api (open, opened by updater)'],
    [
      'closed',
      { ...request, state: 'closed' as const, author: undefined },
      'Update api (closed without a merge)',
    ],
    [
      'merged at an unknown time',
      { ...request, state: 'merged' as const, author: undefined },
      'Update api (merged)',
    ],
  ])('is shown with its state while it is %s', async (_, of, text) => {
    await renderInTestApp(<PromotionDetails promotion={proposed(of)} />);
    const section = screen.getByRole('region', { name: 'Proposal' });
    expect(section).toHaveTextContent('image-updater-0af3 into main');
    expect(section).toHaveTextContent(text);
    expect(within(section).getByRole('link', { name: /#12/ })).toHaveAttribute(
      'href',
      request.url,
    );
  });

  it('is missing where none was opened', async () => {
    await renderInTestApp(<PromotionDetails promotion={proposed()} />);
    expect(screen.getByRole('region', { name: 'Proposal' })).toHaveTextContent(
      'Merge requestnone was opened',
    );
  });

  it('is beside the commit once it is merged', async () => {
    const { commit } = promotionOf();
    await renderInTestApp(
      <PromotionDetails
        promotion={promotionOf({
          proposal: { ...proposal, request: merged },
          ...(commit && { commit: { ...commit, request: merged } }),
        })}
      />,
    );
    expect(screen.getByRole('region', { name: 'Commit' })).toHaveTextContent(
      /Update api \(merged at .+, opened by updater\)/,
    );
    expect(screen.getAllByRole('link', { name: /#12/ })).toHaveLength(1);
  });

  it('is linked in the row, which waits for a merge', async () => {
    await renderInTestApp(
      <PromotionRow
        promotion={proposed(request)}
        isExpanded={false}
        isLinked={false}
        onToggle={() => {}}
      />,
    );
    expect(screen.getByRole('link', { name: /#12/ })).toHaveAttribute(
      'href',
      request.url,
    );
    expect(
      screen.getByRole('listitem', { name: 'committed, waiting for a merge' }),
    ).toBeInTheDocument();
  });

  it('is no part of other promotions', async () => {
    await renderInTestApp(<PromotionDetails promotion={promotionOf()} />);
    expect(screen.queryByRole('region', { name: 'Proposal' })).toBeNull();
    expect(screen.queryByText('proposed')).toBeNull();
    expect(screen.queryByText('Merge request')).toBeNull();
  });
});
