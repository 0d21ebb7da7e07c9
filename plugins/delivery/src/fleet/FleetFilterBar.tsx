import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  FleetFacets,
  FleetSort,
  InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
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
    },
    control: { minWidth: 130, maxWidth: 220 },
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
          <Choice
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
      <Choice<FleetSort>
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

/** The browser's own control, which stays quick with hundreds of options. */
function Choice<V extends string>(props: {
  label: string;
  value: V;
  options: { value: V; text: string }[];
  onChange(value: V): void;
}) {
  const { label, value, options, onChange } = props;
  const id = useId();
  return (
    <TextField
      id={id}
      select
      variant="outlined"
      size="small"
      label={label}
      value={value}
      className={useStyles().control}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ native: true }}
      onChange={({ target }) => {
        const chosen = options.find(option => option.value === target.value);
        if (chosen) {
          onChange(chosen.value);
        }
      }}
    >
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </TextField>
  );
}
