import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { FormsClient } from './FormsClient';
import type { serviceNameSchema } from './schemas';
import { draftOf } from './ServiceNameField';

/**
 * Keeps the form on its page while the server refuses the name. If it can't be asked,
 * the form goes on, since the template's first step checks the same.
 *
 * @internal
 */
export const validateName: CustomFieldValidator<
  string,
  typeof serviceNameSchema.uiOptionsType
> = async (name, field, { apiHolder, formData, uiSchema }) => {
  const discoveryApi = apiHolder.get(discoveryApiRef);
  const fetchApi = apiHolder.get(fetchApiRef);
  if (!name || !discoveryApi || !fetchApi) {
    return;
  }
  const draft = draftOf(name, { formData }, uiSchema?.['ui:options']);
  const check = await new FormsClient({ discoveryApi, fetchApi })
    .checkName(draft)
    .catch(() => undefined);
  if (check?.state === 'refused') {
    field.addError(check.message);
  }
};
