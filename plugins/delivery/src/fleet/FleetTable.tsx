import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Checkbox from '@material-ui/core/Checkbox';
import TableContainer from '@material-ui/core/TableContainer';
import { makeStyles } from '@material-ui/core/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { deliveryTranslationRef } from '../translation';
import { FleetTableRow } from './FleetTableRow';
import type { FleetRow } from './rows';
import type { FleetSelection } from './useFleetSelection';

/** Of most rows; each is measured once it is rendered. */
const ROW_HEIGHT = 57;
/** Rows rendered beyond the visible ones, so that scrolling shows no gap. */
const OVERSCAN = 8;
/** The next page is read this many rows before the end. */
const READ_AHEAD = 15;

const useStyles = makeStyles(
  theme => ({
    scroll: {
      overflow: 'auto',
      maxHeight: 'max(320px, calc(100vh - 300px))',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.paper,
      // Rows change their height while they are measured.
      overflowAnchor: 'none',
      transition: 'opacity 200ms',
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    stale: { opacity: 0.5 },
    table: {
      width: '100%',
      borderCollapse: 'separate',
      borderSpacing: 0,
      fontSize: theme.typography.body2.fontSize,
      '& th, & td': {
        padding: theme.spacing(0.75, 1.5),
        textAlign: 'left',
        verticalAlign: 'top',
        minWidth: 170,
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& thead th': {
        position: 'sticky',
        top: 0,
        zIndex: 2,
        fontWeight: 600,
        backgroundColor: theme.palette.background.paper,
      },
      '& tbody th': { fontWeight: 'inherit' },
    },
    first: {
      position: 'relative',
      // Leaves room for the first environment.
      [theme.breakpoints.down('xs')]: { '&&': { minWidth: 110 } },
      [theme.breakpoints.up('sm')]: {
        position: 'sticky',
        left: 0,
        zIndex: 1,
        backgroundColor: theme.palette.background.paper,
        'thead &': { zIndex: 3 },
      },
    },
    box: { padding: theme.spacing(0.25) },
    space: { '& td': { padding: '0 !important', border: 'none !important' } },
  }),
  { name: 'LandfallFleetTable' },
);

/**
 * Services in rows and environments in columns. Only the visible rows are
 * rendered. Further rows are read when the end comes near.
 *
 * @internal
 */
export function FleetTable(props: {
  rows: readonly FleetRow[];
  environments: readonly string[];
  /** How many rows there are with those that aren't read yet. */
  total: number;
  /** The rows belong to other filters. */
  isStale: boolean;
  hasMore: boolean;
  loadMore(): void;
  /** Absent: rows can't be selected. */
  selection?: FleetSelection;
}) {
  const { selection } = props;
  const { rows, environments, total, isStale, hasMore, loadMore } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const scrollRef = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    getItemKey: index => rows[index].entityRef,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const first = items.at(0);
  const last = items.at(-1);
  const isNearEnd =
    last !== undefined && last.index >= rows.length - READ_AHEAD;
  useEffect(() => {
    if (isNearEnd && hasMore && !isStale) {
      loadMore();
    }
  }, [isNearEnd, hasMore, isStale, loadMore, rows.length]);
  return (
    // The keyboard scrolls it only if it can have the focus.
    <TableContainer
      ref={scrollRef}
      role="region"
      aria-label={t('fleet.table')}
      aria-busy={isStale}
      tabIndex={0}
      className={`${classes.scroll} ${isStale ? classes.stale : ''}`}
    >
      <table
        aria-label={t('fleet.table')}
        aria-rowcount={total + 1}
        className={classes.table}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={classes.first}>
              {selection && (
                <Checkbox
                  size="small"
                  color="primary"
                  className={classes.box}
                  checked={
                    rows.length > 0 && selection.services.length === rows.length
                  }
                  indeterminate={
                    selection.services.length > 0 &&
                    selection.services.length < rows.length
                  }
                  inputProps={{ 'aria-label': t('action.bulk.selectAll') }}
                  onChange={(_, isSelected) => selection.setAll(isSelected)}
                />
              )}
              {t('fleet.column.service')}
            </th>
            {environments.map(environment => (
              <th key={environment} scope="col">
                {environment}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={first?.start ?? 0} className={classes.space} />
          {items.map(({ index, key }) => (
            <FleetTableRow
              key={key}
              row={rows[index]}
              index={index}
              environments={environments}
              onSelect={selection?.toggle}
              isSelected={selection?.has(rows[index]) ?? false}
              measure={virtualizer.measureElement}
              className={classes.first}
            />
          ))}
          <Space
            height={virtualizer.getTotalSize() - (last?.end ?? 0)}
            className={classes.space}
          />
        </tbody>
      </table>
    </TableContainer>
  );
}

/** Takes the place of rows that aren't rendered. */
function Space(props: { height: number; className: string }) {
  const { height, className } = props;
  return height > 0 ? (
    <tr aria-hidden className={className}>
      <td style={{ height }} />
    </tr>
  ) : null;
}
