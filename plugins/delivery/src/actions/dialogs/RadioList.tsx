import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { Legend } from './Legend';

const useStyles = makeStyles(
  theme => ({
    group: { maxHeight: 320, overflowY: 'auto', flexWrap: 'nowrap' },
    option: {
      alignItems: 'flex-start',
      margin: theme.spacing(0.5, 0),
    },
    radio: { padding: theme.spacing(0.25, 1) },
    label: { minWidth: 0, overflowWrap: 'anywhere' },
    refused: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallRadioList' },
);

/** One of several, each with a text of any length. @internal */
export function RadioList<V extends string>(props: {
  label: string;
  value: V | undefined;
  options: readonly {
    value: V;
    content: ReactNode;
    /** It can't be chosen, for a reason that the content says. */
    isRefused?: boolean;
  }[];
  onChange(value: V): void;
}) {
  const { label, value, options, onChange } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <FormControl component="fieldset" fullWidth>
      <Legend id={id}>{label}</Legend>
      <RadioGroup
        aria-labelledby={id}
        className={classes.group}
        value={value ?? ''}
        onChange={(_, next) => {
          const chosen = options.find(option => option.value === next);
          if (chosen && !chosen.isRefused) {
            onChange(chosen.value);
          }
        }}
      >
        {options.map(option => (
          <FormControlLabel
            key={option.value}
            value={option.value}
            className={classes.option}
            classes={{ label: classes.label }}
            label={
              <div className={option.isRefused ? classes.refused : undefined}>
                {option.content}
              </div>
            }
            control={
              <Radio
                size="small"
                color="primary"
                className={classes.radio}
                inputProps={{ 'aria-disabled': option.isRefused || undefined }}
              />
            }
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
