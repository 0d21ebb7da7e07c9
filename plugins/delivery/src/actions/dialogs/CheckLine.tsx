import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { useNoticeStyles } from '../noticeStyles';

const useStyles = makeStyles(
  theme => ({
    root: { marginRight: 0 },
    box: { padding: theme.spacing(0.25, 1) },
    label: { overflowWrap: 'anywhere' },
  }),
  { name: 'LandfallCheckLine' },
);

/** Something to choose, with what it means, or a warning while it is chosen. @internal */
export function CheckLine(props: {
  label: ReactNode;
  checked: boolean;
  warning?: string;
  disabled?: boolean;
  onChange(checked: boolean): void;
}) {
  const { label, checked, warning, disabled, onChange } = props;
  const classes = useStyles();
  const notice = useNoticeStyles();
  const id = useId();
  const isWarned = checked && warning !== undefined;
  return (
    <div>
      <FormControlLabel
        className={classes.root}
        classes={{ label: classes.label }}
        label={label}
        control={
          <Checkbox
            size="small"
            color="primary"
            className={classes.box}
            checked={checked}
            disabled={disabled}
            inputProps={isWarned ? { 'aria-describedby': id } : {}}
            onChange={(_, next) => onChange(next)}
          />
        }
      />
      {isWarned && (
        <div
          id={id}
          role="status"
          className={`${notice.root} ${notice.warning}`}
        >
          {warning}
        </div>
      )}
    </div>
  );
}
