export {
  environments,
  filesPreview,
  formFields,
  serviceName,
  versionPicker,
} from './fields';
