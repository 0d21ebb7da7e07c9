import { useTranslationRef } from '@backstage/frontend-plugin-api';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { WRAPPING_SELECT } from '../components/wrappingSelect';
import { deliveryTranslationRef } from '../translation';

const useStyles = makeStyles(
  { root: { minWidth: 240, maxWidth: '100%', ...WRAPPING_SELECT } },
  { name: 'LandfallImageSelect' },
);

/** Selects the image whose versions are shown. @internal */
export function ImageSelect(props: {
  /** The entity's own image first. */
  repositories: readonly string[];
  value: string | undefined;
  onChange(repository: string | undefined): void;
}) {
  const { repositories, value, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const id = useId();
  // A link may refer to a repository that no application uses any more.
  const offered = new Set(repositories);
  if (value) {
    offered.add(value);
  }
  return (
    <TextField
      select
      id={id}
      SelectProps={{ labelId: `${id}-label` }}
      InputLabelProps={{ id: `${id}-label` }}
      className={useStyles().root}
      variant="outlined"
      size="small"
      label={t('versions.image')}
      value={value ?? ''}
      onChange={({ target }) =>
        // The first is shown without being named in the URL.
        onChange(target.value === repositories[0] ? undefined : target.value)
      }
    >
      {[...offered].map(repository => (
        <MenuItem key={repository} value={repository}>
          {repository}
        </MenuItem>
      ))}
    </TextField>
  );
}
