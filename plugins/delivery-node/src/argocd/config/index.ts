export {
  readArgoCdConfig,
  type ArgoCdConfig,
  type ArgoCdInstanceConfig,
} from './readArgoCdConfig';
export type { ArgoCdCredentials } from './readCredentials';
export { SecretFile } from './SecretFile';
