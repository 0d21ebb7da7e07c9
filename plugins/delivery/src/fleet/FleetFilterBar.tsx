import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  FleetFacets,
  InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';
import { makeStyles } from '@material-ui/core/styles';
import { SelectField } from '../components/SelectField';
import { deliveryTranslationRef } from '../translation';
import { shortRef } from './rows';
import { SearchField } from './SearchField';
import {
  FLEET_SORTS,
  type FleetFilterState,
  type TextFilter,
} from './useFleetFilters';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      // On a phone, one below the other would push the services off the screen.
      [theme.breakpoints.down('xs')]: {
        display: 'grid',
        gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
        gap: theme.spacing(1.5, 1),
        '& > :first-child': { gridColumn: '1 / -1' },
      },
    },
  }),
  { name: 'LandfallFleetFilterBar' },
);

/** Selects the services to show, and their order. @internal */
export function FleetFilterBar(props: {
  state: FleetFilterState;
  /** Absent until they are read. */
  facets: FleetFacets | undefined;
  instances: readonly Pick<InstanceStatus, 'name'>[];
}) {
  const { state, facets, instances } = props;
  const { filters, setText, setSort } = state;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const choices: {
    name: Exclude<TextFilter, 'search'>;
    values?: readonly string[];
    textOf?(value: string): string;
  }[] = [
    { name: 'owner', values: facets?.owners, textOf: shortRef },
    { name: 'system', values: facets?.systems, textOf: shortRef },
    { name: 'environment', values: facets?.environments },
    { name: 'cluster', values: facets?.clusters },
    { name: 'instance', values: instances.map(({ name }) => name) },
  ];
  return (
    <div className={classes.root}>
      <SearchField
        value={filters.search}
        onChange={value => setText('search', value)}
      />
      {choices.map(({ name, values = [], textOf = value => value }) => {
        const selected = filters[name];
        // A link may refer to something that is gone.
        const offered = new Set([...values, ...(selected ? [selected] : [])]);
        return (
          <SelectField
            key={name}
            label={t(`fleet.filters.${name}`)}
            value={selected ?? ''}
            options={[
              { value: '', text: t('fleet.filters.all') },
              ...[...offered].map(value => ({ value, text: textOf(value) })),
            ]}
            onChange={value => setText(name, value)}
          />
        );
      })}
      <SelectField
        label={t('fleet.filters.sort')}
        value={filters.sort}
        options={FLEET_SORTS.map(value => ({
          value,
          text: t(`fleet.sort.${value}`),
        }))}
        onChange={setSort}
      />
    </div>
  );
}
