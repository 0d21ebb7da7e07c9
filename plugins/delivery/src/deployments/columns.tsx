import type { CSSProperties, ReactNode } from 'react';
import { ApplicationMenu } from '../actions';
import { ApplicationNameButton } from '../application/ApplicationNameButton';
import {
  HealthStatusLabel,
  SyncStatusLabel,
  syncWord,
} from '../components/status';
import type { Translate } from '../translation';
import { AgeCell } from './AgeCell';
import { FoldButton } from './FoldButton';
import { NameCell } from './NameCell';
import { progressWords } from './progressWords';
import type { ApplicationRow } from './rows';
import { FoldedVersionCell, VersionCell, versionWords } from './VersionCell';

/** A line for one application. @internal */
interface ApplicationLineItem {
  /** The environment, or the application's name in a list of applications. */
  title: string;
  row: ApplicationRow;
}

/** A line for several applications of one environment. @internal */
export interface FoldedLineItem {
  title: string;
  rows: [ApplicationRow, ...ApplicationRow[]];
  /** The worst health and the worst sync state among them. */
  summary: Pick<ApplicationRow, 'health' | 'sync'>;
  isOpen: boolean;
  onToggle(): void;
}

/**
 * A column of the deployments. To add one, add it to `COLUMNS`.
 *
 * @internal
 */
export interface DeploymentColumn {
  id: string;
  /** Includes the width, which aligns the cells of all lines. */
  style: CSSProperties;
  cell(item: ApplicationLineItem): ReactNode;
  /** Absent if the column shows nothing for several applications. */
  foldedCell?(item: FoldedLineItem): ReactNode;
  /** Its part of a line's label for screen readers. */
  ariaText?(
    item: Pick<FoldedLineItem, 'rows' | 'summary'>,
    t: Translate,
  ): string;
}

/** @internal */
export const NAME_COLUMN: DeploymentColumn = {
  id: 'name',
  style: { flex: '1 1 80px', minWidth: 0 },
  cell: ({ title, row }) => (
    <ApplicationNameButton name={title} application={row.application} />
  ),
  foldedCell: ({ title }) => <NameCell name={title} />,
};

/** @internal */
export const VERSION_COLUMN: DeploymentColumn = {
  id: 'version',
  style: { flex: '2 1 110px', minWidth: 0 },
  cell: ({ row }) => (
    <VersionCell
      image={row.image}
      commitUrl={row.commitUrl}
      sources={row.sources}
    />
  ),
  foldedCell: ({ rows }) => <FoldedVersionCell rows={rows} />,
  ariaText: ({ rows }, t) =>
    versionWords(
      rows.map(({ image }) => image),
      t,
    ),
};

/** From left to right. @internal */
export const COLUMNS: readonly DeploymentColumn[] = [
  NAME_COLUMN,
  VERSION_COLUMN,
  {
    id: 'health',
    style: { flex: '1 1 108px' },
    cell: ({ row: { health } }) => (
      <HealthStatusLabel status={health.status} reason={health.reason} />
    ),
    foldedCell: ({ summary: { health } }) => (
      <HealthStatusLabel status={health.status} reason={health.reason} />
    ),
    ariaText: ({ summary }, t) => t(`health.${summary.health.status}`),
  },
  {
    id: 'sync',
    style: { flex: '1 1 116px' },
    cell: ({ row }) => <SyncStatusLabel sync={row.sync} />,
    foldedCell: ({ summary }) => <SyncStatusLabel sync={summary.sync} />,
    ariaText: ({ summary }, t) => syncWord(summary.sync, t),
  },
  {
    id: 'age',
    style: { flex: '3 1 120px', minWidth: 0 },
    cell: ({ row }) => <AgeCell row={row} />,
    foldedCell: ({ rows, isOpen, onToggle }) => (
      <FoldButton total={rows.length} isOpen={isOpen} onToggle={onToggle} />
    ),
    // Not the age, which changes every second.
    ariaText: ({ rows }, t) =>
      progressWords(
        rows.flatMap(({ progress }) => progress),
        t,
      ),
  },
  {
    id: 'links',
    style: { flex: '0 0 36px', marginLeft: 'auto', textAlign: 'right' },
    cell: ({ row }) => (
      <ApplicationMenu
        application={row.name}
        applicationRef={row.application}
        environment={row.environment}
        links={row.links}
      />
    ),
  },
];

/** All columns of a line in words, for screen readers. @internal */
export function ariaTextOf(
  item: Pick<FoldedLineItem, 'rows' | 'summary'>,
  t: Translate,
): string {
  return COLUMNS.map(({ ariaText }) => ariaText?.(item, t))
    .filter(Boolean)
    .join(', ');
}
