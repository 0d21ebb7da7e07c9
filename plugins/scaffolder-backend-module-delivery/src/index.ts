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
  createArgoCdApplicationWaitAction,
  createCatalogRegisterAction,
  createEcrRepositoryDeleteAction,
  createEcrRepositoryEnsureAction,
  createGitCommitAction,
  createGitRepositoryInspectAction,
  createHelmValidateAction,
  createImageUpdaterConfigureAction,
  createVersionReadAction,
  type RepositorySettingDifference,
} from './actions';
export type { RunningVersion } from './delivery';
export { scaffolderModuleDelivery as default } from './module';
