import type {
  ImageApplication,
  ImageItem,
} from '@landfall/backstage-plugin-delivery-common';
import type { ReactNode } from 'react';
import type { Translate } from '../translation';
import { Findings } from './Findings';
import { DigestCell, PushedCell, RunsInCell, TagsCell } from './imageCells';
import { VerdictCell } from './VerdictCell';

/** A row of the table of images. @internal */
interface ImageRow {
  item: ImageItem;
  applications: ImageApplication[];
  /** Whether the table has images of several repositories. */
  withRepository: boolean;
}

/**
 * A column of the table of images. To add one, add it to `IMAGE_COLUMNS`.
 *
 * @internal
 */
export interface ImageColumn {
  id: string;
  title(t: Translate): string;
  cell(row: ImageRow): ReactNode;
}

/** From left to right. @internal */
export const IMAGE_COLUMNS: readonly ImageColumn[] = [
  {
    id: 'tags',
    title: t => t('images.column.tags'),
    cell: ({ item, withRepository }) => (
      <TagsCell item={item} withRepository={withRepository} />
    ),
  },
  {
    id: 'digest',
    title: t => t('images.column.digest'),
    cell: ({ item }) => <DigestCell item={item} />,
  },
  {
    id: 'pushed',
    title: t => t('images.column.pushed'),
    cell: ({ item }) => <PushedCell item={item} />,
  },
  {
    id: 'findings',
    title: t => t('images.column.findings'),
    cell: ({ item }) => <Findings scan={item.scan} />,
  },
  {
    id: 'runs-in',
    title: t => t('images.column.runsIn'),
    cell: ({ item, applications }) => (
      <RunsInCell item={item} applications={applications} />
    ),
  },
  {
    id: 'verdict',
    title: t => t('images.column.verdict'),
    cell: ({ item, applications }) => (
      <VerdictCell item={item} applications={applications} />
    ),
  },
];
