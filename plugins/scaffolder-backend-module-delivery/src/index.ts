/**
 * Scaffolder actions for GitOps delivery.
 *
 * @packageDocumentation
 */
export {
  EntityOwnership,
  type EntityOwnershipOptions,
  type OwnedEntity,
} from './access';
export {
  createArgoCdApplicationApplyAction,
  createArgoCdApplicationDeleteAction,
  createArgoCdApplicationWaitAction,
  createCatalogRegisterAction,
  createEcrRepositoryDeleteAction,
  createEcrRepositoryEnsureAction,
  createGitCommitAction,
  createGitPullRequestAction,
  createGitRepositoryInspectAction,
  createHelmValidateAction,
  createImageUpdaterConfigureAction,
  createPromoteAction,
  createVersionReadAction,
  type RepositorySettingDifference,
} from './actions';
export type { PromotedChange, RunningVersion } from './delivery';
export type { PullRequestGit, PullRequestHost } from './git';
export { scaffolderModuleDelivery as default } from './module';
