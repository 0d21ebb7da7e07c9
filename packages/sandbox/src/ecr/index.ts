export { EcrRegistry } from './EcrRegistry';
export { pushImage, type PushImageOptions } from './client/pushImage';
export { RegistryRequestError } from './client/RegistryRequestError';
export { EcrJsonClient } from './client/EcrJsonClient';
export { SEVERITIES } from './model/types';
