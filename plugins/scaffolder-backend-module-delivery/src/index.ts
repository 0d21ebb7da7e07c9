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
  createApplicationsReadAction,
  createArgoCdApplicationApplyAction,
  createArgoCdApplicationDeleteAction,
  createArgoCdApplicationSetApplyAction,
  createArgoCdApplicationReleaseAction,
  createArgoCdApplicationWaitAction,
  createCatalogAnnotateAction,
  createArgoCdProjectApplyAction,
  createCatalogRegisterAction,
  createCatalogSuggestAction,
  createCatalogUnregisterAction,
  createEcrRepositoryDeleteAction,
  createEcrRepositoryEnsureAction,
  createGitCommitAction,
  createGitFoldersRemoveAction,
  createGitPullRequestAction,
  createGitRepositoryInspectAction,
  createHelmValidateAction,
  createImageUpdaterConfigureAction,
  createPromoteAction,
  createVersionReadAction,
  type RepositorySettingDifference,
} from './actions';
export type { PromotedChange, RunningVersion } from './delivery';
export type { ProjectSettingDifference } from './argocd';
export type { PullRequestGit, PullRequestHost } from './git';
export { scaffolderModuleDelivery as default } from './module';
