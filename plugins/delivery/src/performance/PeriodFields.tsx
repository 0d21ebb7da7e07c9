import { useTranslationRef } from '@backstage/frontend-plugin-api';
import TextField from '@material-ui/core/TextField';
import { lastDays } from '@landfall/backstage-plugin-delivery-common';
import { useId, useState } from 'react';
import { SelectField } from '../components/SelectField';
import { deliveryTranslationRef } from '../translation';
import {
  type Dates,
  PERIODS,
  periodOf,
  problemOfDates,
  type Selection,
} from './selection';

/** From here on, a period is called by its weeks. */
const WEEKS_FROM_DAYS = 91;

const DATES = 'dates';

/** Selects a number of days until today, or two dates. @internal */
export function PeriodFields(props: {
  selection: Selection;
  onDaysChange(days: string): void;
  onDatesChange(dates: Dates): void;
}) {
  const { selection, onDaysChange, onDatesChange } = props;
  const { dates } = selection;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <>
      <SelectField
        label={t('performance.controls.period')}
        value={dates ? DATES : String(selection.days)}
        options={[
          ...PERIODS.map(days => ({
            value: String(days),
            text:
              days < WEEKS_FROM_DAYS
                ? t('performance.controls.days', { value: String(days) })
                : t('performance.controls.weeks', { value: String(days / 7) }),
          })),
          { value: DATES, text: t('performance.controls.dates') },
        ]}
        onChange={value => {
          if (value !== DATES) {
            onDaysChange(value);
          } else {
            const { from, to } = periodOf(selection, new Date());
            onDatesChange({ from, to });
          }
        }}
      />
      {dates && <DateFields dates={dates} onChange={onDatesChange} />}
    </>
  );
}

/** Dates that make no period stay in the fields until they are corrected. */
function DateFields(props: { dates: Dates; onChange(dates: Dates): void }) {
  const { dates, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [written, setWritten] = useState(dates);
  const [shown, setShown] = useState(dates);
  // A link or another control has changed the URL.
  if (!isSame(shown, dates)) {
    setShown(dates);
    setWritten(dates);
  }
  const id = useId();
  const today = lastDays(1, new Date()).to;
  const problem = problemOfDates(written);
  const finish = () => {
    if (!problem && !isSame(written, dates)) {
      onChange(written);
    }
  };
  return (
    <>
      {(['from', 'to'] as const).map(name => (
        <TextField
          key={name}
          id={`${id}-${name}`}
          type="date"
          variant="outlined"
          size="small"
          label={t(`performance.controls.${name}`)}
          value={written[name]}
          error={problem !== undefined}
          helperText={
            name === 'to' && problem
              ? t(`performance.controls.problems.${problem}`)
              : undefined
          }
          InputLabelProps={{ shrink: true }}
          inputProps={{ max: today }}
          onChange={({ target }) =>
            setWritten({ ...written, [name]: target.value })
          }
          // While somebody types a year, each digit makes another date.
          onBlur={finish}
          onKeyDown={({ key }) => key === 'Enter' && finish()}
        />
      ))}
    </>
  );
}

function isSame(a: Dates, b: Dates): boolean {
  return a.from === b.from && a.to === b.to;
}
