import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';

const useStyles = makeStyles(
  { root: { minWidth: 130, maxWidth: 240 } },
  { name: 'LandfallSelectField' },
);

/**
 * One choice of several, with its label: the browser's own control, which stays
 * quick with hundreds of options.
 *
 * @internal
 */
export function SelectField<V extends string>(props: {
  label: string;
  value: V;
  options: { value: V; text: string }[];
  onChange(value: V): void;
  /** For long texts; by default it is as wide as a filter. */
  fullWidth?: boolean;
}) {
  const { label, value, options, onChange, fullWidth } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <TextField
      id={id}
      select
      variant="outlined"
      size="small"
      label={label}
      value={value}
      className={fullWidth ? undefined : classes.root}
      fullWidth={fullWidth}
      InputLabelProps={{ shrink: true, htmlFor: id }}
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
