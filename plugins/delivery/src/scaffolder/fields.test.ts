import { createExtensionTester } from '@backstage/frontend-test-utils';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import {
  environmentsField,
  filesPreviewField,
  serviceNameField,
  versionPickerField,
} from '../plugin';

describe('form fields of the new frontend system', () => {
  it.each([
    ['DeliveryServiceName', serviceNameField],
    ['DeliveryEnvironments', environmentsField],
    ['DeliveryVersionPicker', versionPickerField],
    ['DeliveryFilesPreview', filesPreviewField],
  ])('include %s', async (name, extension) => {
    const load = createExtensionTester(extension).get(
      FormFieldBlueprint.dataRefs.formFieldLoader,
    );
    await expect(load()).resolves.toMatchObject({ name });
  });
});
