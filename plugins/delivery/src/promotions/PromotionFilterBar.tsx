import { useTranslationRef } from '@backstage/frontend-plugin-api';
import FormControl from '@material-ui/core/FormControl';
import InputLabel from '@material-ui/core/InputLabel';
import MenuItem from '@material-ui/core/MenuItem';
import Select from '@material-ui/core/Select';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { deliveryTranslationRef } from '../translation';
import { outcomeMessage, OUTCOMES, parseOutcome } from './outcome';
import type { PromotionFilters } from './usePromotions';

/** The value of the option that selects everything. */
const ALL = '*';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    control: { minWidth: 150 },
  }),
  { name: 'LandfallPromotionFilterBar' },
);

/**
 * Selects the promotions to show.
 *
 * @internal
 */
export function PromotionFilterBar(props: {
  environments: string[];
  filters: PromotionFilters;
  onEnvironmentChange(environment: string | undefined): void;
  onOutcomeChange(outcome: string | undefined): void;
}) {
  const { environments, filters, onEnvironmentChange, onOutcomeChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  // A link may refer to an environment in which nothing runs any more.
  const offered = new Set(environments);
  if (filters.environment) {
    offered.add(filters.environment);
  }
  return (
    <div className={classes.root}>
      <Filter
        label={t('promotion.filters.environment')}
        value={filters.environment}
        options={[...offered].map(name => ({ value: name, text: name }))}
        onChange={onEnvironmentChange}
      />
      <Filter
        label={t('promotion.filters.outcome')}
        value={filters.outcome}
        options={OUTCOMES.map(outcome => ({
          value: outcome,
          text: t(outcomeMessage(outcome)),
        }))}
        onChange={value => onOutcomeChange(parseOutcome(value))}
      />
    </div>
  );
}

function Filter(props: {
  label: string;
  value: string | undefined;
  options: { value: string; text: string }[];
  onChange(value: string | undefined): void;
}) {
  const { label, value, options, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const id = useId();
  return (
    <FormControl
      variant="outlined"
      size="small"
      className={useStyles().control}
    >
      <InputLabel id={`${id}-label`}>{label}</InputLabel>
      <Select
        id={id}
        labelId={`${id}-label`}
        label={label}
        value={value ?? ALL}
        onChange={({ target }) => {
          const chosen = String(target.value);
          onChange(chosen === ALL ? undefined : chosen);
        }}
      >
        <MenuItem value={ALL}>{t('promotion.filters.all')}</MenuItem>
        {options.map(option => (
          <MenuItem key={option.value} value={option.value}>
            {option.text}
          </MenuItem>
        ))}
      </Select>
    </FormControl>
  );
}
