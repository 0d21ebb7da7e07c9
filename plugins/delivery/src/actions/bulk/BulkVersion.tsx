import { useTranslationRef } from '@backstage/frontend-plugin-api';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useId, useState } from 'react';
import { SelectField } from '../../components/SelectField';
import { Skeleton } from '../../components/Skeleton';
import { deliveryTranslationRef } from '../../translation';
import type { CommonVersion } from './commonVersions';
import type { CommonVersions } from './useCommonVersions';

/** Not a tag, which has at least one character. */
const NONE = '';
/** Not a tag, which has no spaces. */
const OTHER = 'another version';

/**
 * The version to set everywhere: one that the services have, or one that is typed, such
 * as one that is still being built.
 *
 * @internal
 */
export function BulkVersion(props: {
  known: CommonVersions;
  /** The environments in which a version runs. */
  runsIn: (tag: string) => readonly string[];
  value: string;
  onChange(tag: string): void;
}) {
  const { known, runsIn, value, onChange } = props;
  const { versions, services, unread, isReading } = known;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const id = useId();
  const [wantsOther, setWantsOther] = useState(false);
  if (isReading) {
    return <Skeleton lines={1} label={t('action.bulk.readingVersions')} />;
  }
  const isTyped = wantsOther || versions.length === 0;
  const textOf = ({ tag, services: having }: CommonVersion) => {
    const environments = runsIn(tag);
    return [
      tag,
      services > 1
        ? t('action.bulk.knownIn', {
            known: String(having),
            total: String(services),
          })
        : '',
      environments.length > 0
        ? t('form.version.runsIn', {
            environments: environments.join(', '),
            interpolation: { escapeValue: false },
          })
        : '',
    ]
      .filter(Boolean)
      .join(' · ');
  };
  return (
    <>
      {versions.length > 0 && (
        <SelectField
          fullWidth
          label={t('action.bulk.promoteTag')}
          value={wantsOther ? OTHER : value}
          options={[
            { value: NONE, text: t('form.version.choose') },
            // Chosen before other services or another environment were.
            ...(value && !versions.some(({ tag }) => tag === value)
              ? [{ value, text: value }]
              : []),
            ...versions.map(version => ({
              value: version.tag,
              text: textOf(version),
            })),
            { value: OTHER, text: t('action.bulk.otherVersion') },
          ]}
          onChange={next => {
            setWantsOther(next === OTHER);
            onChange(next === OTHER ? NONE : next);
          }}
        />
      )}
      {isTyped && (
        <TextField
          id={`${id}-tag`}
          label={t(
            versions.length > 0
              ? 'action.bulk.typedVersion'
              : 'action.bulk.promoteTag',
          )}
          helperText={t('action.bulk.promoteHelp')}
          value={value}
          variant="outlined"
          size="small"
          onChange={event => onChange(event.target.value)}
        />
      )}
      {unread > 0 && (
        <Typography variant="body2" role="status">
          {t('action.bulk.unreadVersions', {
            unread: String(unread),
            total: String(services),
          })}
        </Typography>
      )}
    </>
  );
}
