export {
  readArgoCdConfig,
  type ArgoCdConfig,
  type ArgoCdCredentials,
  type ArgoCdInstanceConfig,
} from './readArgoCdConfig';
export { readArgoCdNamespaces } from './readArgoCdNamespaces';
