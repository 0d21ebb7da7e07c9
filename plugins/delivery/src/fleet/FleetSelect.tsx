import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SelectField } from '../components/SelectField';
import { withChosen } from '../components/withChosen';
import { deliveryTranslationRef } from '../translation';
import type { FleetFilterState, TextFilter } from './useFleetFilters';

/** Selects the services with one of the values that there are, or all. @internal */
export function FleetSelect(props: {
  name: Exclude<TextFilter, 'search'>;
  state: Pick<FleetFilterState, 'filters' | 'setText'>;
  /** Absent until they are read. */
  values: readonly string[] | undefined;
  textOf?(value: string): string;
}) {
  const { name, state, values = [], textOf = value => value } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const selected = state.filters[name];
  return (
    <SelectField
      label={t(`fleet.filters.${name}`)}
      value={selected ?? ''}
      options={[
        { value: '', text: t('fleet.filters.all') },
        ...withChosen(values, selected).map(value => ({
          value,
          text: textOf(value),
        })),
      ]}
      onChange={value => state.setText(name, value)}
    />
  );
}
