import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type {
  VersionItem,
  VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { useRowStyles } from '../components/rowStyles';
import { Findings } from '../images';
import { deliveryTranslationRef } from '../translation';
import { cellKey, useChangedCells, type CellChange } from './changedCells';
import { CommitsCell } from './CommitsCell';
import {
  EnvironmentHeader,
  type EnvironmentSummary,
} from './EnvironmentHeader';
import { useGridStyles } from './styles';
import { shownVersions } from './useVersions';
import { VersionCell } from './VersionCell';
import { nameOf, VersionHeader } from './VersionHeader';

/**
 * A row per version, newest first, and a column per environment.
 *
 * @internal
 */
export function VersionGrid(props: {
  versions: VersionsResponse;
  /** By environment; absent until it is read. */
  summaries?: ReadonlyMap<string, EnvironmentSummary>;
}) {
  const { versions, summaries } = props;
  const { environments } = versions;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useGridStyles();
  const change = useChangedCells(versions);
  return (
    // With the keyboard, only what has the focus can be scrolled.
    <TableContainer
      role="region"
      aria-label={t('versions.grid')}
      tabIndex={0}
      className={classes.scroll}
    >
      <Table
        size="small"
        className={classes.table}
        aria-label={t('versions.title')}
      >
        <TableHead>
          <TableRow>
            <TableCell component="th" scope="col" className={classes.sticky}>
              {t('versions.column.version')}
            </TableCell>
            {environments.map(({ environment }) => (
              <TableCell
                key={environment}
                component="th"
                scope="col"
                className={classes.environment}
              >
                <EnvironmentHeader
                  environment={environment}
                  summary={summaries?.get(environment)}
                />
              </TableCell>
            ))}
            <TableCell component="th" scope="col">
              {t('versions.column.findings')}
            </TableCell>
            <TableCell
              component="th"
              scope="col"
              className={classes.environment}
            >
              {t('versions.column.commit')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {shownVersions(versions).map(item => (
            <VersionLine
              key={item.id}
              item={item}
              environments={environments}
              change={change}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function VersionLine(props: {
  item: VersionItem;
  environments: VersionsResponse['environments'];
  change: CellChange;
}) {
  const { item, environments, change } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useGridStyles();
  const rows = useRowStyles();
  const pulse = change.count % 2 ? rows.pulseOdd : rows.pulseEven;
  return (
    <TableRow>
      {/* Material UI would make it a cell. */}
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.sticky}
      >
        <VersionHeader item={item} />
      </TableCell>
      {environments.map(({ environment, applications }) => (
        <TableCell
          key={environment}
          className={
            change.keys.has(cellKey(item.id, environment)) ? pulse : undefined
          }
        >
          <VersionCell
            version={nameOf(item) ?? t('versions.unnamed')}
            environment={environment}
            total={applications}
            cell={item.cells.find(cell => cell.environment === environment)}
          />
        </TableCell>
      ))}
      <TableCell>
        <Findings scan={item.scan} />
      </TableCell>
      <TableCell>
        <CommitsCell commits={item.commits} />
      </TableCell>
    </TableRow>
  );
}
