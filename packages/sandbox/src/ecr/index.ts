export { EcrRegistry } from './EcrRegistry';
export {
  buildImage,
  buildIndex,
  buildManifest,
  type BuiltImage,
  type Content,
  contentOf,
  MEDIA_TYPES,
} from './client/buildImage';
export { EcrJsonClient } from './client/EcrJsonClient';
export { RegistryRequestError } from './client/http';
export {
  pushBuilt,
  pushImage,
  type PushImageOptions,
} from './client/pushImage';
