import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ScaffolderField } from '@backstage/plugin-scaffolder-react/alpha';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormLabel from '@material-ui/core/FormLabel';
import Typography from '@material-ui/core/Typography';
import { deliveryApiRef } from '../api';
import { ErrorNotice } from '../components/ErrorNotice';
import { Skeleton } from '../components/Skeleton';
import { deliveryTranslationRef } from '../translation';
import { environmentChoices, toggled } from './environmentChoices';
import { formEntity } from './formValues';
import type { environmentsSchema } from './schemas';
import { useDelayedRead } from './useDelayedRead';
import { useFormsClient } from './useFormsClient';

/**
 * The environments of the portal's configuration, or those of a service that another
 * field of the form chooses.
 *
 * @internal
 */
export function EnvironmentsField(props: typeof environmentsSchema.TProps) {
  const { schema, idSchema, uiSchema, formContext } = props;
  const { required, disabled, rawErrors = [], onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const client = useFormsClient();
  const deliveryApi = useApi(deliveryApiRef);
  const { entityField } = uiSchema['ui:options'] ?? {};
  const entity = entityField ? formEntity(formContext, entityField) : undefined;
  const isServiceMissing = entityField !== undefined && !entity;
  const readKey = entity ? stringifyEntityRef(entity) : 'all';
  const read = useDelayedRead(
    isServiceMissing ? undefined : readKey,
    async signal => {
      if (!entity) {
        return client.getEnvironments(signal);
      }
      const { environments } = await deliveryApi.getDeployments(entity, {
        signal,
      });
      return environments.map(({ environment }) => environment);
    },
    0,
  );
  // The form fills an array that has `minItems` with empty items.
  const chosen = (props.formData ?? []).filter(Boolean);
  const choices = environmentChoices(read.data ?? [], schema, chosen);
  const labelId = `${idSchema.$id}-label`;
  return (
    <ScaffolderField
      rawErrors={rawErrors}
      rawDescription={uiSchema['ui:description'] ?? schema.description}
      required={required}
      disabled={disabled}
    >
      <FormLabel
        id={labelId}
        component="div"
        required={required}
        error={rawErrors.length > 0}
      >
        {uiSchema['ui:title'] ?? schema.title}
      </FormLabel>
      {isServiceMissing && (
        <Typography variant="body2">{t('form.chooseService')}</Typography>
      )}
      {!isServiceMissing && !read.isCurrent && (
        <Skeleton lines={1} label={t('form.environments.loading')} />
      )}
      {read.error && (
        <ErrorNotice
          sentence={t('form.environments.error')}
          error={read.error}
          onRetry={read.retry}
        />
      )}
      {read.isCurrent && !read.error && choices.length === 0 && (
        <Typography variant="body2">
          {t(
            entity
              ? 'form.environments.noneOfService'
              : 'form.environments.none',
          )}
        </Typography>
      )}
      {read.isCurrent && !read.error && (
        <FormGroup row role="group" aria-labelledby={labelId}>
          {choices.map(({ name, isUnknown }) => (
            <FormControlLabel
              key={name}
              disabled={disabled}
              label={
                isUnknown ? t('form.environments.unknown', { name }) : name
              }
              control={
                <Checkbox
                  color="primary"
                  checked={chosen.includes(name)}
                  onChange={() => onChange(toggled(choices, chosen, name))}
                />
              }
            />
          ))}
        </FormGroup>
      )}
    </ScaffolderField>
  );
}
