import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ScaffolderField } from '@backstage/plugin-scaffolder-react/alpha';
import type { ImagesResponse } from '@landfall/backstage-plugin-delivery-common';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { deliveryApiRef } from '../api';
import { ErrorNotice } from '../components/ErrorNotice';
import { SelectField } from '../components/SelectField';
import { Skeleton } from '../components/Skeleton';
import { deliveryTranslationRef } from '../translation';
import { formEntity } from './formValues';
import type { versionPickerSchema } from './schemas';
import { UpdaterChoice } from './UpdaterChoice';
import { useDelayedRead } from './useDelayedRead';
import { versionChoices } from './versionChoices';

/** How many images are offered; older ones are rarely promoted. */
const LIMIT = 50;

/** Not a tag, which has at least one character. */
const NOTHING = '';

/**
 * A version of a service that another field of the form chooses, with what Image
 * Updater would choose now, and why not the others.
 *
 * @internal
 */
export function VersionPicker(props: typeof versionPickerSchema.TProps) {
  const { schema, uiSchema, formContext } = props;
  const { required, disabled, rawErrors = [] } = props;
  const { entityField = 'entityRef' } = uiSchema['ui:options'] ?? {};
  const { t } = useTranslationRef(deliveryTranslationRef);
  const api = useApi(deliveryApiRef);
  const entity = formEntity(formContext, entityField);
  const read = useDelayedRead(
    entity && stringifyEntityRef(entity),
    async signal =>
      entity ? api.getImages(entity, { limit: LIMIT }, { signal }) : undefined,
    0,
  );
  return (
    <ScaffolderField
      rawErrors={rawErrors}
      rawDescription={uiSchema['ui:description'] ?? schema.description}
      required={required}
      disabled={disabled}
    >
      {!entity && (
        <Typography variant="body2">{t('form.chooseService')}</Typography>
      )}
      {entity && !read.isCurrent && (
        <Skeleton lines={1} label={t('form.version.loading')} />
      )}
      {entity && read.error && (
        <ErrorNotice
          sentence={t('form.version.error', { name: entity.name })}
          error={read.error}
          onRetry={read.retry}
        />
      )}
      {entity && read.isCurrent && !read.error && read.data && (
        <Choice {...props} images={read.data} name={entity.name} />
      )}
    </ScaffolderField>
  );
}

function Choice(
  props: typeof versionPickerSchema.TProps & {
    images: ImagesResponse;
    /** Of the service. */
    name: string;
  },
) {
  const {
    images,
    name,
    formData = NOTHING,
    onChange,
    schema,
    uiSchema,
  } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [chosenRepository, setRepository] = useState<string>();
  const repository =
    images.repositories.find(each => each === chosenRepository) ??
    images.repositories.at(0);
  const choices = versionChoices(images, repository);
  if (choices.length === 0) {
    return (
      <Typography variant="body2">
        {t('form.version.none', { name })}
      </Typography>
    );
  }
  const isListed = choices.some(({ tag }) => tag === formData);
  return (
    <>
      {images.repositories.length > 1 && repository && (
        <SelectField
          label={t('form.version.repository')}
          value={repository}
          options={images.repositories.map(value => ({ value, text: value }))}
          onChange={value => {
            setRepository(value);
            onChange(undefined);
          }}
        />
      )}
      <SelectField
        label={uiSchema['ui:title'] ?? schema.title ?? t('form.version.label')}
        value={formData}
        options={[
          // Also a version of a link to the form, which may be older than these.
          ...(isListed
            ? []
            : [
                { value: formData, text: formData || t('form.version.choose') },
              ]),
          ...choices.map(({ tag, nextIn, runsIn }) => ({
            value: tag,
            text: [
              tag,
              runsIn.length > 0
                ? t('form.version.runsIn', { environments: runsIn.join(', ') })
                : [],
              nextIn.length > 0
                ? t('form.version.nextIn', { environments: nextIn.join(', ') })
                : [],
            ]
              .flat()
              .join(' · '),
          })),
        ]}
        onChange={value => onChange(value || undefined)}
        fullWidth
      />
      <UpdaterChoice
        images={images}
        repository={repository}
        choices={choices}
        chosen={formData}
      />
    </>
  );
}
