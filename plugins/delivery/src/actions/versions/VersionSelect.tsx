import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { LivePart } from '../../application/LivePart';
import { SelectField } from '../../components/SelectField';
import { deliveryTranslationRef } from '../../translation';
import type { VersionChoices } from './useVersionChoices';

/** The version to set, with where it runs. @internal */
export function VersionSelect(props: {
  entityRef: CompoundEntityRef;
  choices: Pick<VersionChoices, 'read' | 'versions'>;
  /** Left out. */
  except: readonly string[];
  value: string | undefined;
  onChange(tag: string): void;
}) {
  const { entityRef, choices, except, value, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const versions = choices.versions.filter(({ tag }) => !except.includes(tag));
  return (
    <LivePart
      read={choices.read}
      application={entityRef.name}
      loading={t('application.loading', { application: entityRef.name })}
      lines={1}
    >
      {() =>
        versions.length === 0 ? (
          <Typography variant="body2">{t('action.version.none')}</Typography>
        ) : (
          <SelectField
            fullWidth
            label={t('action.version.version')}
            value={value ?? versions[0].tag}
            options={versions.map(({ tag, environments }) => ({
              value: tag,
              text:
                environments.length > 0
                  ? t('action.version.runsIn', {
                      version: tag,
                      environments: [...new Set(environments)].join(', '),
                      interpolation: { escapeValue: false },
                    })
                  : tag,
            }))}
            onChange={onChange}
          />
        )
      }
    </LivePart>
  );
}
