import { useTranslationRef } from '@backstage/frontend-plugin-api';
import FormControl from '@material-ui/core/FormControl';
import { formatApplication } from '../../application/applicationParam';
import { deliveryTranslationRef } from '../../translation';
import { CheckLine } from '../dialogs/CheckLine';
import { Legend } from '../dialogs/Legend';
import type { ImageTarget } from './useVersionChoices';

/** The environments to set a version in, with what runs there. @internal */
export function TargetList(props: {
  targets: readonly ImageTarget[];
  /** The version to set. */
  tag: string | undefined;
  /** Keys of `formatApplication`. */
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}) {
  const { targets, tag, chosen, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <FormControl component="fieldset">
      <Legend>{t('action.version.targets')}</Legend>
      {targets.map(({ application, environment, running }) => {
        const key = formatApplication(application);
        const isSame = running.length === 1 && running[0] === tag;
        return (
          <CheckLine
            key={key}
            label={t(isSame ? 'action.version.same' : 'action.version.target', {
              environment,
              application: application.name,
              version: running.join(', ') || '–',
              interpolation: { escapeValue: false },
            })}
            checked={chosen.includes(key)}
            onChange={isChosen =>
              onChange(
                isChosen
                  ? [...chosen, key]
                  : chosen.filter(each => each !== key),
              )
            }
          />
        );
      })}
    </FormControl>
  );
}
