import { useTranslationRef } from '@backstage/frontend-plugin-api';
import FormControl from '@material-ui/core/FormControl';
import InputLabel from '@material-ui/core/InputLabel';
import MenuItem from '@material-ui/core/MenuItem';
import Select from '@material-ui/core/Select';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { FilterBar } from '../components/FilterBar';
import { withChosen } from '../components/withChosen';
import { WRAPPING_SELECT } from '../components/wrappingSelect';
import { deliveryTranslationRef } from '../translation';
import { outcomeMessage, OUTCOMES, parseOutcome } from './outcome';
import { withoutHost } from './distinctions';
import type { PromotionFilters } from './usePromotions';

/** The value of the option that selects everything. */
const ALL = '*';

const useStyles = makeStyles(
  { control: { minWidth: 150, maxWidth: '100%', ...WRAPPING_SELECT } },
  { name: 'LandfallPromotionFilterBar' },
);

/**
 * Selects the promotions to show.
 *
 * @internal
 */
export function PromotionFilterBar(props: {
  environments: string[];
  /** The filter is left out if there is only one. */
  repositories: string[];
  filters: PromotionFilters;
  onEnvironmentChange(environment: string | undefined): void;
  onRepositoryChange(repository: string | undefined): void;
  onOutcomeChange(outcome: string | undefined): void;
}) {
  const { filters, onEnvironmentChange, onRepositoryChange, onOutcomeChange } =
    props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const environments = withChosen(props.environments, filters.environment);
  const repositories = withChosen(props.repositories, filters.repository);
  return (
    <FilterBar
      isInline
      items={[
        // First, since it comes late: the others stay where they are.
        ...(repositories.length > 1 || filters.repository
          ? [
              {
                id: 'image',
                isSet: filters.repository !== undefined,
                control: (
                  <Filter
                    label={t('promotion.filters.image')}
                    value={filters.repository}
                    options={repositories.map(name => ({
                      value: name,
                      text: withoutHost(name),
                    }))}
                    onChange={onRepositoryChange}
                  />
                ),
              },
            ]
          : []),
        {
          id: 'environment',
          isSet: filters.environment !== undefined,
          control: (
            <Filter
              label={t('promotion.filters.environment')}
              value={filters.environment}
              options={environments.map(name => ({ value: name, text: name }))}
              onChange={onEnvironmentChange}
            />
          ),
        },
        {
          id: 'outcome',
          isSet: filters.outcome !== undefined,
          control: (
            <Filter
              label={t('promotion.filters.outcome')}
              value={filters.outcome}
              options={OUTCOMES.map(outcome => ({
                value: outcome,
                text: t(outcomeMessage(outcome)),
              }))}
              onChange={value => onOutcomeChange(parseOutcome(value))}
            />
          ),
        },
      ]}
    />
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
