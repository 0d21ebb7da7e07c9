import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import {
  deploymentOf,
  responseOf,
  rollingOut,
} from '../../dev/fixtures/deployments';
import { COLUMNS } from './columns';
import { EnvironmentItem } from './EnvironmentItem';
import { toRows } from './rows';

const NO_CHANGE = { count: 0, keys: new Set<string>() };

async function renderEnvironment(
  deployments: ReturnType<typeof deploymentOf>[],
) {
  const [row] = toRows(responseOf({ dev: deployments }));
  await renderInTestApp(<EnvironmentItem row={row} change={NO_CHANGE} />);
  return screen.getByRole('listitem');
}

/** The cells of the item's first line. */
function cellsOf(item: HTMLElement) {
  return [...(item.firstElementChild?.children ?? [])].map(
    cell => cell.textContent,
  );
}

describe('COLUMNS', () => {
  it('have different ids', () => {
    const ids = COLUMNS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('show one application', async () => {
    const item = await renderEnvironment([rollingOut('api-dev')]);
    expect(item).toHaveAccessibleName(
      'dev: 1.0.0 → 1.0.1, Rolling out, Synced',
    );
    expect(cellsOf(item)).toEqual([
      'dev',
      // The link mentions that it opens in a new window.
      expect.stringMatching(/^1\.0\.0 → 1\.0\.1\b/),
      'Rolling out',
      'Synced',
      expect.stringMatching(/^since .+ by Image Updater$/),
      '',
    ]);
  });

  it('fold several applications into one line, and show the worst of them', async () => {
    const item = await renderEnvironment([
      deploymentOf('api-dev'),
      deploymentOf('web-dev', {
        health: { status: 'Degraded' },
        sync: { status: 'OutOfSync', revisions: [], outOfSync: 2 },
        images: [],
      }),
    ]);
    expect(item).toHaveAccessibleName(
      'dev: no version yet, 1.0.0, Degraded, Out of sync (2)',
    );
    expect(cellsOf(item)).toEqual([
      'dev',
      'no version yet, 1.0.0',
      'Degraded',
      'Out of sync (2)',
      '2 applications',
      '',
    ]);
  });
});
