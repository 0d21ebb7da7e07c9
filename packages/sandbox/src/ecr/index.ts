export { EcrRegistry, type EcrRegistryOptions } from './EcrRegistry';
export {
  pushImage,
  type PushedImage,
  type PushImageOptions,
} from './client/pushImage';
export { RegistryRequestError } from './client/RegistryRequestError';
export { EcrJsonClient, type AwsCredentials } from './client/EcrJsonClient';
export { SEVERITIES } from './model/types';
