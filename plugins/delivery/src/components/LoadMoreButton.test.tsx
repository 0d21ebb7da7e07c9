import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LoadMoreButton } from './LoadMoreButton';

const LIST = { hasMore: true, isReadingMore: false, isStale: false };

describe('LoadMoreButton', () => {
  it('reads the next page', async () => {
    const loadMore = jest.fn();
    await renderInTestApp(<LoadMoreButton list={{ ...LIST, loadMore }} />);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(loadMore).toHaveBeenCalledTimes(1);
  });

  it.each(['isReadingMore', 'isStale'])('is disabled while %s', async state => {
    await renderInTestApp(
      <LoadMoreButton list={{ ...LIST, [state]: true, loadMore() {} }} />,
    );
    expect(screen.getByRole('button')).toBeDisabled();
  });

  it('is absent on the last page', async () => {
    await renderInTestApp(
      <LoadMoreButton list={{ ...LIST, hasMore: false, loadMore() {} }} />,
    );
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
