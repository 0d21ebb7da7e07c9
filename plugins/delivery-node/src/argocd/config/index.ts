export {
  readArgoCdConfig,
  type ArgoCdConfig,
  type ArgoCdInstanceConfig,
} from './readArgoCdConfig';
export { readArgoCdNamespaces } from './readArgoCdNamespaces';
export type { ArgoCdCredentials } from './readCredentials';
export { SecretFile } from './SecretFile';
