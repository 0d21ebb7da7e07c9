export { CREDENTIALS, defaultConfig } from './defaults';
export {
  buildImage,
  buildIndex,
  buildManifest,
  type BuiltImage,
  type Content,
  contentOf,
  EcrJsonClient,
  MEDIA_TYPES,
  pushImage,
} from './ecr';
export { startSandbox } from './main';
export type { PartLogger } from './part';
