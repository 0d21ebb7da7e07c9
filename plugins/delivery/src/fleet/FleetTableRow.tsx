import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import { memo, type Ref } from 'react';
import { deliveryTranslationRef } from '../translation';
import { FleetCell } from './FleetCell';
import type { FleetRow } from './rows';
import { ServiceCell } from './ServiceCell';
import type { FleetSelection } from './useFleetSelection';

const useStyles = makeStyles(
  theme => ({
    // After the name for screen readers, which the row's name begins with.
    selectable: { paddingLeft: `${theme.spacing(5)}px !important` },
    box: {
      position: 'absolute',
      left: theme.spacing(1),
      top: theme.spacing(0.5),
      padding: theme.spacing(0.25),
    },
  }),
  { name: 'LandfallFleetTableRow' },
);

/**
 * A service in the table. While somebody scrolls, the rows that stay are not rendered
 * again.
 *
 * @internal
 */
export const FleetTableRow = memo(
  (props: {
    row: FleetRow;
    index: number;
    environments: readonly string[];
    /** Absent: rows can't be selected. */
    selection?: FleetSelection;
    /** Measures its height. */
    measure: Ref<HTMLTableRowElement>;
    /** Of the cell with the service. */
    className: string;
  }) => {
    const { row, index, environments, selection, measure, className } = props;
    const { t } = useTranslationRef(deliveryTranslationRef);
    const classes = useStyles();
    return (
      <tr ref={measure} data-index={index} aria-rowindex={index + 2}>
        <th
          scope="row"
          className={`${className} ${selection ? classes.selectable : ''}`}
        >
          <ServiceCell service={row} />
          {selection && (
            <Checkbox
              size="small"
              color="primary"
              className={classes.box}
              checked={selection.has(row)}
              inputProps={{
                'aria-label': t('action.bulk.select', {
                  service: row.title ?? row.name,
                  interpolation: { escapeValue: false },
                }),
              }}
              onChange={(_, isSelected) => selection.toggle(row, isSelected)}
            />
          )}
        </th>
        {environments.map(environment => (
          <td key={environment}>
            <FleetCell items={row.cells.get(environment) ?? []} />
          </td>
        ))}
      </tr>
    );
  },
);
