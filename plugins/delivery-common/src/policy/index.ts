export {
  type ContainerImage,
  type ContainerImageTag,
  findImage,
  fullImageName,
  fullImageReference,
  hasRegistryPrefix,
  imageListEntry,
  parseContainerImage,
  sameImageTag,
  tagText,
  tagWithDigest,
  withImageTag,
  withoutRegistryPrefix,
} from './image/image';
export { isRepositoryName } from './image/reference';
export {
  type MatchedApplication,
  type MatchedSettings,
  matchApplications,
} from './matching/matching';
export * from './problem';
export {
  type CandidateTag,
  type Selection,
  type TagPolicy,
  filterTags,
  selectTag,
} from './select/select';
export {
  type ImagePolicy,
  type PushedRepository,
  hasPluginTarget,
  helmFileParameters,
  helmSpecParameters,
  imagePolicies,
} from './settings/images';
export { imageUpdaterSpecSchema } from './settings/resource';
export * from './settings/types';
export { parseAllowTags } from './tags/allowTags';
export { type Platform, parsePlatforms, wantsPlatform } from './tags/platform';
export { type UpdateStrategy, needsMetadata } from './tags/strategy';
export { applicationTypeOf, sourceOf, sourceTypeOf } from './writeBack/source';
export * from './writeBack/types';
export { resolveWriteBack } from './writeBack/writeBack';
