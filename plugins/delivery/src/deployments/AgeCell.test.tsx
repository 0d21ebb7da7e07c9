import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { deploymentOf, responseOf } from '../../dev/fixtures/deployments';
import { AgeCell } from './AgeCell';
import { toRows } from './rows';

async function renderCell(changes: Parameters<typeof deploymentOf>[1]) {
  const [{ applications }] = toRows(
    responseOf({ dev: [deploymentOf('api-dev', changes)] }),
  );
  await renderInTestApp(
    <p role="note">
      <AgeCell row={applications[0]} />
    </p>,
  );
  return screen.getByRole('note');
}

describe('AgeCell', () => {
  it.each([
    ['the Image Updater', undefined, /ago by Image Updater$/],
    ['a person', 'Ada Lovelace <ada@example.com>', /ago by Ada Lovelace$/],
  ])('shows when and by %s', async (_, deployedBy, text) => {
    const cell = await renderCell(deployedBy ? { deployedBy } : {});
    expect(cell).toHaveTextContent(text);
  });

  it('shows since when it is rolling out', async () => {
    const cell = await renderCell({
      health: {
        status: 'Progressing',
        since: new Date(Date.now() - 90_000).toISOString(),
      },
    });
    expect(cell).toHaveTextContent(/^since 1 min by Image Updater$/);
  });

  it('is empty when nothing is known', async () => {
    const cell = await renderCell({
      deployedAt: undefined,
      deployedBy: undefined,
    });
    expect(cell).toHaveTextContent(/^$/);
  });
});
