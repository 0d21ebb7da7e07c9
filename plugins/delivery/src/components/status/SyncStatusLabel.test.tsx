import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { SyncStatusLabel, type SyncState } from './SyncStatusLabel';

describe('SyncStatusLabel', () => {
  it.each<[SyncState, string]>([
    [{ state: 'synced' }, 'Synced'],
    [{ state: 'syncing' }, 'Syncing'],
    [{ state: 'failed' }, 'Sync failed'],
    [{ state: 'outOfSync', resources: 3 }, 'Out of sync (3)'],
    [{ state: 'outOfSync', resources: 0 }, 'Out of sync'],
    [{ state: 'unknown' }, 'Sync unknown'],
  ])('shows %j as "%s"', async (sync, text) => {
    await renderInTestApp(<SyncStatusLabel sync={sync} />);
    expect(screen.getByText(text)).toBeInTheDocument();
  });

  it("has Argo CD's own message as its title", async () => {
    await renderInTestApp(
      <SyncStatusLabel sync={{ state: 'failed', message: 'no such path' }} />,
    );
    expect(screen.getByTitle('no such path')).toHaveTextContent('Sync failed');
  });
});
