import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { EnvironmentsField } from './EnvironmentsField';
import { FilesPreview } from './FilesPreview';
import {
  environmentsSchema,
  filesPreviewSchema,
  serviceNameSchema,
  versionPickerSchema,
} from './schemas';
import { ServiceNameField } from './ServiceNameField';
import { validateName } from './validateName';
import { VersionPicker } from './VersionPicker';

/** @internal */
export const serviceName = {
  name: 'DeliveryServiceName',
  component: ServiceNameField,
  validation: validateName,
  schema: serviceNameSchema,
};

/** @internal */
export const environments = {
  name: 'DeliveryEnvironments',
  component: EnvironmentsField,
  schema: environmentsSchema,
};

/** @internal */
export const versionPicker = {
  name: 'DeliveryVersionPicker',
  component: VersionPicker,
  schema: versionPickerSchema,
};

/** @internal */
export const filesPreview = {
  name: 'DeliveryFilesPreview',
  component: FilesPreview,
  schema: filesPreviewSchema,
};

/** For the new frontend system. @internal */
export const formFields = {
  serviceName: createFormField(serviceName),
  environments: createFormField(environments),
  versionPicker: createFormField(versionPicker),
  filesPreview: createFormField(filesPreview),
};
