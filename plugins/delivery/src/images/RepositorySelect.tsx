import { useTranslationRef } from '@backstage/frontend-plugin-api';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { WRAPPING_SELECT } from '../components/wrappingSelect';
import { deliveryTranslationRef } from '../translation';

/** The value of the option that selects all repositories. */
const ALL = '*';

const useStyles = makeStyles(
  { root: { minWidth: 240, maxWidth: '100%', ...WRAPPING_SELECT } },
  { name: 'LandfallRepositorySelect' },
);

/** Selects the repository whose images are shown. @internal */
export function RepositorySelect(props: {
  repositories: string[];
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
      label={t('images.repository')}
      value={value ?? ALL}
      onChange={({ target }) =>
        onChange(target.value === ALL ? undefined : target.value)
      }
    >
      <MenuItem value={ALL}>{t('images.allRepositories')}</MenuItem>
      {[...offered].map(repository => (
        <MenuItem key={repository} value={repository}>
          {repository}
        </MenuItem>
      ))}
    </TextField>
  );
}
