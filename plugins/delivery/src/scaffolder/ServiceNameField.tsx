import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ScaffolderField } from '@backstage/plugin-scaffolder-react/alpha';
import FormHelperText from '@material-ui/core/FormHelperText';
import TextField from '@material-ui/core/TextField';
import { deliveryTranslationRef } from '../translation';
import type { NameCheck, ServiceDraft } from './FormsClient';
import { formText, formTexts } from './formValues';
import type { serviceNameSchema } from './schemas';
import { useDelayedRead } from './useDelayedRead';
import { useFormsClient } from './useFormsClient';

/** Shorter, and most requests would be for names that nobody wants. */
const TYPING_MS = 300;

/**
 * The name of a new service, checked on the server while it is typed, with the rules
 * of the step `delivery:service:check`.
 *
 * @internal
 */
export function ServiceNameField(props: typeof serviceNameSchema.TProps) {
  const { formData = '', onChange, schema, idSchema, uiSchema } = props;
  const { required, disabled, rawErrors = [], autofocus } = props;
  const client = useFormsClient();
  const draft = draftOf(formData, props.formContext, uiSchema['ui:options']);
  const read = useDelayedRead(
    formData === '' ? undefined : JSON.stringify(draft),
    signal => client.checkName(draft, signal),
    TYPING_MS,
  );
  const id = idSchema.$id;
  const isRefused = read.isCurrent && read.data?.state === 'refused';
  return (
    <ScaffolderField
      rawErrors={rawErrors}
      rawDescription={uiSchema['ui:description'] ?? schema.description}
      required={required}
      disabled={disabled}
    >
      <TextField
        id={id}
        fullWidth
        label={uiSchema['ui:title'] ?? schema.title}
        value={formData}
        required={required}
        disabled={disabled}
        error={rawErrors.length > 0 || isRefused}
        inputProps={{
          maxLength: schema.maxLength,
          'aria-describedby': `${id}-check`,
          autoComplete: 'off',
          spellCheck: false,
          autoFocus: autofocus,
        }}
        onChange={({ target }) => onChange(target.value || undefined)}
      />
      <FormHelperText id={`${id}-check`} role="status" error={isRefused}>
        {formData !== '' && <CheckText {...read} />}
      </FormHelperText>
    </ScaffolderField>
  );
}

function CheckText(props: {
  data?: NameCheck;
  error?: object;
  isCurrent: boolean;
}) {
  const { data, error, isCurrent } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  if (!isCurrent) {
    return <>{t('form.name.checking')}</>;
  }
  if (error || !data) {
    return <>{t('form.name.error')}</>;
  }
  switch (data.state) {
    case 'free':
      return <>{t('form.name.free')}</>;
    case 'own':
      return <>{t('form.name.own', { entityRef: data.entityRef })}</>;
    default:
      return (
        <>
          {t('form.name.refused', {
            message: data.message,
            interpolation: { escapeValue: false },
          })}
        </>
      );
  }
}

/** The service as far as it is known; also for the check before the next page. @internal */
export function draftOf(
  name: string,
  formContext: unknown,
  options: Partial<typeof serviceNameSchema.uiOptionsType> = {},
): ServiceDraft {
  const {
    systemField = 'system',
    ownerField = 'owner',
    environmentsField = 'environments',
  } = options;
  const system = formText(formContext, systemField);
  const owner = formText(formContext, ownerField);
  const environments = formTexts(formContext, environmentsField);
  return {
    name,
    ...(system && { system }),
    ...(owner && { owner }),
    ...(environments.length > 0 && { environments }),
  };
}
