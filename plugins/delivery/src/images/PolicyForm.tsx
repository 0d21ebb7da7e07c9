import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import {
  strategyOf,
  UPDATE_STRATEGIES,
  type PolicyProblem,
  type StrategyName,
} from '@landfall/backstage-plugin-delivery-common';
import { useId } from 'react';
import { deliveryTranslationRef } from '../translation';
import type { PolicyDraft } from './draft';

const STRATEGY_MESSAGES = {
  semver: 'images.updater.strategies.semver',
  'newest-build': 'images.updater.strategies.newestBuild',
  alphabetical: 'images.updater.strategies.alphabetical',
  digest: 'images.updater.strategies.digest',
} as const;

const useStyles = makeStyles(
  theme => ({
    form: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
      gap: theme.spacing(2),
      alignItems: 'start',
    },
    reset: { justifySelf: 'start' },
  }),
  { name: 'LandfallPolicyForm' },
);

/** A policy's settings, each as a text field. @internal */
export function PolicyForm(props: {
  draft: PolicyDraft;
  problems: readonly PolicyProblem[];
  onChange(draft: PolicyDraft): void;
  /** Absent if nothing was changed. */
  onReset?(): void;
}) {
  const { draft, problems, onChange, onReset } = props;
  const strategy = strategyOf(draft);
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const strategyId = useId();
  const field = (
    name: Exclude<keyof PolicyDraft, 'strategy'>,
    label: string,
    helperText: string,
    problem: string,
  ) => (
    <TextField
      id={`${strategyId}-${name}`}
      variant="outlined"
      size="small"
      fullWidth
      label={label}
      value={draft[name]}
      helperText={helperText}
      error={problems.some(({ code }) => code.startsWith(problem))}
      inputProps={{ spellCheck: false, autoComplete: 'off' }}
      onChange={({ target }) => onChange({ ...draft, [name]: target.value })}
    />
  );
  return (
    <form
      className={classes.form}
      aria-label={t('images.updater.form')}
      onSubmit={event => event.preventDefault()}
    >
      {strategy.constraint === 'followed-tag'
        ? field(
            'constraint',
            t('images.updater.followedTag'),
            t('images.updater.followedTagHelp'),
            'constraint',
          )
        : field(
            'constraint',
            t('images.updater.constraint'),
            strategy.constraint === 'range'
              ? t('images.updater.constraintHelp')
              : t('images.updater.constraintUnused'),
            'constraint',
          )}
      <TextField
        select
        id={strategyId}
        SelectProps={{ labelId: `${strategyId}-label` }}
        InputLabelProps={{ id: `${strategyId}-label` }}
        variant="outlined"
        size="small"
        fullWidth
        label={t('images.updater.strategy')}
        value={strategy.name}
        onChange={({ target }) =>
          onChange({ ...draft, strategy: parseStrategy(target.value) })
        }
      >
        {UPDATE_STRATEGIES.map(({ name }) => (
          <MenuItem key={name} value={name}>
            {t(STRATEGY_MESSAGES[name])}
          </MenuItem>
        ))}
      </TextField>
      {field(
        'allowTags',
        t('images.updater.allowTags'),
        t('images.updater.allowTagsHelp'),
        'allow-tags',
      )}
      {field(
        'ignoreTags',
        t('images.updater.ignoreTags'),
        t('images.updater.ignoreTagsHelp'),
        'ignore-tags',
      )}
      {field(
        'platforms',
        t('images.updater.platforms'),
        t('images.updater.platformsHelp'),
        'platform',
      )}
      {onReset && (
        <Button className={classes.reset} size="small" onClick={onReset}>
          {t('images.updater.reset')}
        </Button>
      )}
    </form>
  );
}

function parseStrategy(value: string): StrategyName {
  return UPDATE_STRATEGIES.find(({ name }) => name === value)?.name ?? 'semver';
}
