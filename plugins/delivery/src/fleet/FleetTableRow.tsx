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
 * A service in the table. While somebody scrolls and further services are read, the
 * rows that stay are not rendered again.
 *
 * @internal
 */
export const FleetTableRow = memo(
  (props: {
    row: FleetRow;
    index: number;
    environments: readonly string[];
    /** Absent: rows can't be selected. */
    onSelect?: FleetSelection['toggle'];
    isSelected: boolean;
    /** Measures its height. */
    measure: Ref<HTMLTableRowElement>;
    /** Of the cell with the service. */
    className: string;
  }) => {
    const { row, index, environments, measure, className } = props;
    const { onSelect, isSelected } = props;
    const { t } = useTranslationRef(deliveryTranslationRef);
    const classes = useStyles();
    return (
      <tr ref={measure} data-index={index} aria-rowindex={index + 2}>
        <th
          scope="row"
          className={`${className} ${onSelect ? classes.selectable : ''}`}
        >
          <ServiceCell service={row} />
          {onSelect && (
            <Checkbox
              size="small"
              color="primary"
              className={classes.box}
              checked={isSelected}
              inputProps={{
                'aria-label': t('action.bulk.select', {
                  service: row.title ?? row.name,
                  interpolation: { escapeValue: false },
                }),
              }}
              onChange={(_, isChecked) => onSelect(row, isChecked)}
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
