import { useTranslationRef } from '@backstage/frontend-plugin-api';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { deliveryTranslationRef } from '../../translation';

/** More wouldn't fit a line of the timeline. The backend refuses longer ones. */
const MAX_REASON = 500;

/** Why somebody acts, for the timeline and the audit log. @internal */
export function ReasonField(props: {
  value: string;
  onChange(reason: string): void;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <TextField
      id={useId()}
      label={t('action.reason.label')}
      helperText={t('action.reason.help')}
      value={props.value}
      variant="outlined"
      size="small"
      multiline
      fullWidth
      inputProps={{ maxLength: MAX_REASON }}
      onChange={({ target }) => props.onChange(target.value)}
    />
  );
}
