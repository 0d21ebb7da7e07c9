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
  createArgoCdApplicationWaitAction,
  createCatalogAnnotateAction,
  createCatalogRegisterAction,
  createCatalogSuggestAction,
  createCatalogUnregisterAction,
  createEcrRepositoryDeleteAction,
  createEcrRepositoryEnsureAction,
  createGitCommitAction,
  createGitFoldersRemoveAction,
  createGitRepositoryInspectAction,
  createHelmValidateAction,
  createImageUpdaterConfigureAction,
  type RepositorySettingDifference,
} from './actions';
export { scaffolderModuleDelivery as default } from './module';
