import { createExtensionTester } from '@backstage/frontend-test-utils';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import {
  environmentsField,
  filesPreviewField,
  serviceNameField,
  versionPickerField,
} from '../plugin';

const { formFieldLoader } = FormFieldBlueprint.dataRefs;

describe('form fields of the new frontend system', () => {
  it.each([
    [
      'DeliveryServiceName',
      () => createExtensionTester(serviceNameField).get(formFieldLoader),
    ],
    [
      'DeliveryEnvironments',
      () => createExtensionTester(environmentsField).get(formFieldLoader),
    ],
    [
      'DeliveryVersionPicker',
      () => createExtensionTester(versionPickerField).get(formFieldLoader),
    ],
    [
      'DeliveryFilesPreview',
      () => createExtensionTester(filesPreviewField).get(formFieldLoader),
    ],
  ])('include %s', async (name, find) => {
    await expect(find()()).resolves.toMatchObject({ name });
  });
});
