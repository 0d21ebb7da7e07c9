export { createApplicationsReadAction } from './applicationsRead';
export { createArgoCdApplicationApplyAction } from './argocdApplicationApply';
export { createArgoCdApplicationWaitAction } from './argocdApplicationWait';
export { createCatalogAnnotateAction } from './catalogAnnotate';
export { createCatalogRegisterAction } from './catalogRegister';
export { createCatalogSuggestAction } from './catalogSuggest';
export { createCatalogUnregisterAction } from './catalogUnregister';
export { createEcrRepositoryDeleteAction } from './ecrRepositoryDelete';
export {
  createEcrRepositoryEnsureAction,
  type RepositorySettingDifference,
} from './ecrRepositoryEnsure';
export { createGitCommitAction } from './gitCommit';
export { createGitFoldersRemoveAction } from './gitFoldersRemove';
export { createGitRepositoryInspectAction } from './gitRepositoryInspect';
export { createHelmValidateAction } from './helmValidate';
export { createImageUpdaterConfigureAction } from './imageUpdaterConfigure';
export { createServiceCheckAction } from './serviceCheck';
