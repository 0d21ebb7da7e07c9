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
export {
  type MatchedApplication,
  type MatchedSettings,
  type MatchingRules,
  matchApplications,
} from './matching/matching';
export * from './problem';
export {
  type CompileOptions,
  CompiledPolicy,
  compilePolicy,
} from './select/CompiledPolicy';
export { type VersionChoice, VersionList } from './select/VersionList';
export {
  type PushVerdict,
  type PushedImage,
  judgePush,
  versionsOf,
} from './select/judgePush';
export type {
  BuildAge,
  ReadAge,
  ReadBuild,
  ReadVersion,
} from './select/readVersion';
export { liveImageOf, liveImages, needsUpdate } from './select/live';
export { heldVersion } from './select/heldVersion';
export { selectVersion } from './select/selectVersion';
export { selectTag, tagsToRead } from './select/selectTag';
export {
  type TagSortMode,
  parseTagSortMode,
  versionsInOrder,
} from './select/tagOrder';
export { nanosecondsOf } from './select/time';
export * from './select/types';
export {
  type ImagePolicy,
  type PushedRepository,
  hasPluginTarget,
  helmFileParameters,
  helmSpecParameters,
  imagePolicies,
  policyRepository,
} from './settings/images';
export type { Constraint } from './semver/constraint';
export type { Semver } from './semver/version';
export { imageUpdaterSpecSchema } from './settings/resource';
export * from './settings/types';
export { pullSecretProblem } from './settings/pullSecret';
export { UPDATE_STRATEGIES, strategyOf } from './strategies/registry';
export type {
  DatedVersion,
  StrategyName,
  UpdateStrategy,
} from './strategies/UpdateStrategy';
export type { TagMutability } from './tags/tagMutability';
export { type Platform, wantsPlatform } from './tags/platform';
export {
  type SourceTarget,
  type SourceType,
  applicationTypeOf,
  sourceOf,
  sourceTypeOf,
} from './writeBack/source';
export * from './writeBack/types';
export { gitSecretProblem } from './writeBack/credentials';
export { resolveWriteBack } from './writeBack/writeBack';
export {
  branchPrefix,
  isBranchOf,
  type WriteBranch,
  writeBranches,
} from './writeBack/writeBranches';
export * from './types';
export { listedRepositories, listsImages } from './listedRepositories';
export { lastUpdaterCommit } from './lastUpdaterCommit';
export * from './policyFor';
export * from './lint';
