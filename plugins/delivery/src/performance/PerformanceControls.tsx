import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PERFORMANCE_INTERVALS } from '@landfall/backstage-plugin-delivery-common';
import { FilterBar, type FilterItem } from '../components/FilterBar';
import { SelectField } from '../components/SelectField';
import { withChosen } from '../components/withChosen';
import { deliveryTranslationRef } from '../translation';
import { PeriodFields } from './PeriodFields';
import type { Dates, Selection } from './selection';

/** Selects the period, its parts, and the environment. @internal */
export function PerformanceControls(props: {
  selection: Selection;
  environments: string[];
  /** More of them, before these. */
  filters?: FilterItem[];
  onDaysChange(days: string): void;
  onDatesChange(dates: Dates): void;
  onIntervalChange(interval: string): void;
  onEnvironmentChange(environment: string | undefined): void;
}) {
  const { selection, environments, filters = [], onEnvironmentChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const offered = withChosen(environments, selection.environment);
  return (
    <FilterBar
      items={[
        ...filters,
        {
          id: 'period',
          isMain: true,
          control: (
            <PeriodFields
              selection={selection}
              onDaysChange={props.onDaysChange}
              onDatesChange={props.onDatesChange}
            />
          ),
        },
        {
          id: 'interval',
          control: (
            <SelectField
              label={t('performance.controls.interval')}
              value={selection.interval}
              options={PERFORMANCE_INTERVALS.map(interval => ({
                value: interval,
                text: t(`performance.controls.${interval}`),
              }))}
              onChange={props.onIntervalChange}
            />
          ),
        },
        {
          id: 'environment',
          isSet: selection.environment !== undefined,
          control: (
            <SelectField
              label={t('performance.controls.environment')}
              value={selection.environment ?? ''}
              options={[
                { value: '', text: t('performance.controls.allEnvironments') },
                ...offered.map(name => ({ value: name, text: name })),
              ]}
              onChange={value => onEnvironmentChange(value || undefined)}
            />
          ),
        },
      ]}
    />
  );
}
