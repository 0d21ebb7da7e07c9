import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { PERFORMANCE_INTERVALS } from '@landfall/backstage-plugin-delivery-common';
import { SelectField } from '../components/SelectField';
import type { ReactNode } from 'react';
import { deliveryTranslationRef } from '../translation';
import { PeriodFields } from './PeriodFields';
import type { Dates, Selection } from './selection';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  }),
  { name: 'LandfallPerformanceControls' },
);

/** Selects the period, its parts, and the environment. @internal */
export function PerformanceControls(props: {
  selection: Selection;
  environments: string[];
  /** More choices, before these. */
  children?: ReactNode;
  onDaysChange(days: string): void;
  onDatesChange(dates: Dates): void;
  onIntervalChange(interval: string): void;
  onEnvironmentChange(environment: string | undefined): void;
}) {
  const { selection, environments, onEnvironmentChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  // A link may refer to an environment in which nothing runs any more.
  const offered = new Set(environments);
  if (selection.environment) {
    offered.add(selection.environment);
  }
  return (
    <div className={useStyles().root}>
      {props.children}
      <PeriodFields
        selection={selection}
        onDaysChange={props.onDaysChange}
        onDatesChange={props.onDatesChange}
      />
      <SelectField
        label={t('performance.controls.interval')}
        value={selection.interval}
        options={PERFORMANCE_INTERVALS.map(interval => ({
          value: interval,
          text: t(`performance.controls.${interval}`),
        }))}
        onChange={props.onIntervalChange}
      />
      <SelectField
        label={t('performance.controls.environment')}
        value={selection.environment ?? ''}
        options={[
          { value: '', text: t('performance.controls.allEnvironments') },
          ...[...offered].map(name => ({ value: name, text: name })),
        ]}
        onChange={value => onEnvironmentChange(value || undefined)}
      />
    </div>
  );
}
