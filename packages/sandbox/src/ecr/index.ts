export { EcrRegistry, type EcrRegistryOptions } from './EcrRegistry';
export {
  pushImage,
  type PushedImage,
  type PushImageOptions,
} from './client/pushImage';
export { RegistryRequestError } from './client/RegistryRequestError';
export { EcrJsonClient } from './client/EcrJsonClient';
export type { AwsCredentials } from './client/signature';
export { SEVERITIES } from './model/types';
