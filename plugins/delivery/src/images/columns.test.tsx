import { renderInTestApp } from '@backstage/test-utils';
import type { ImageItem } from '@landfall/backstage-plugin-delivery-common';
import { screen, within } from '@testing-library/react';
import {
  applicationOf,
  itemsOf,
  policyOf,
  REPOSITORY,
  responseOf,
} from '../../dev/fixtures/images';
import { ImagesTable } from './ImagesTable';

const WORKER = 'registry.example.com/shop/worker';
const dev = applicationOf('dev', '1.4.0', policyOf(REPOSITORY));

async function cellsOf(changes: Partial<ImageItem>) {
  const [item] = itemsOf(['1.4.0']);
  await renderInTestApp(
    <ImagesTable images={responseOf([dev], [{ ...item, ...changes }])} />,
  );
  const cells = within(screen.getAllByRole('row')[1]).getAllByRole('cell');
  const [tags, digest, pushed, findings, runsIn, verdict] = cells;
  return { tags, digest, pushed, findings, runsIn, verdict };
}

describe('IMAGE_COLUMNS', () => {
  it('have titles, and a cell for each', async () => {
    const { runsIn, verdict } = await cellsOf({});
    expect(
      screen.getAllByRole('columnheader').map(header => header.textContent),
    ).toEqual([
      'Tags',
      'Digest',
      'Pushed',
      'Findings',
      'Runs in',
      'Image Updater',
    ]);
    expect(runsIn).toHaveTextContent('dev');
    expect(verdict).toHaveTextContent('Runs');
  });

  it('show five tags, and how many more there are', async () => {
    const all = ['1.4.0', 'a', 'b', 'c', 'd', 'e', 'f'];
    const { tags } = await cellsOf({ tags: all });
    expect(tags).toHaveTextContent(/^1\.4\.0, a, b, c, d.*2/);
    expect(within(tags).getByText('1.4.0, a, b, c, d')).toHaveAttribute(
      'title',
      all.join(', '),
    );
  });

  it('show what is known of an image, and link to it', async () => {
    const { digest } = await cellsOf({
      sizeInBytes: 12_300_000,
      links: { image: 'https://console.example.com/ecr/shop/api' },
    });
    expect(digest).toHaveTextContent('12.3 MB');
    expect(within(digest).getByRole('link')).toHaveAttribute(
      'href',
      'https://console.example.com/ecr/shop/api',
    );
  });

  it.each([
    [undefined, 'Not scanned'],
    [{ status: 'COMPLETE', severities: {} }, 'No findings'],
    [
      { status: 'COMPLETE', severities: { HIGH: 2, CRITICAL: 1, ODD: 3 } },
      '1 critical, 2 high, 3 odd',
    ],
    [{ status: 'FAILED', description: 'no manifest' }, 'Scan failed'],
  ])('show what a scan found: %j', async (scan, text) => {
    const { findings } = await cellsOf({ scan });
    expect(findings).toHaveTextContent(text);
  });

  it('do not link to what is not a web address', async () => {
    const { digest } = await cellsOf({
      links: { image: ['javascript', 'alert(1)'].join(':') },
    });
    expect(within(digest).queryByRole('link')).not.toBeInTheDocument();
  });

  it('show when an image was first seen if nobody knows when it was pushed', async () => {
    const { pushed } = await cellsOf({ pushedAt: undefined });
    expect(pushed).toHaveTextContent(/^seen /);
  });

  it('name the repository only where there are several', async () => {
    const worker = applicationOf('dev', '2.0.0', policyOf(WORKER));
    await renderInTestApp(
      <ImagesTable
        images={responseOf(
          [dev, worker],
          [...itemsOf(['1.4.0']), ...itemsOf(['2.0.0'], WORKER)],
        )}
      />,
    );
    expect(screen.getByText(WORKER)).toBeInTheDocument();
  });
});
