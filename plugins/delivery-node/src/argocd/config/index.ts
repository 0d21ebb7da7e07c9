export {
  readArgoCdConfig,
  type ArgoCdConfig,
  type ArgoCdConnectionConfig,
  type ArgoCdInstanceConfig,
  type ArgoCdProjectsConfig,
} from './readArgoCdConfig';
export { readArgoCdNamespaces } from './readArgoCdNamespaces';
export type { ArgoCdCredentials } from './readCredentials';
export type { ArgoCdProjectCredentials } from './readProjectTokens';
export { SecretFile } from './SecretFile';
