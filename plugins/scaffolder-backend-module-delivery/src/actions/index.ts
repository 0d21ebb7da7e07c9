export { createApplicationsReadAction } from './applicationsRead';
export { createArgoCdApplicationApplyAction } from './argocdApplicationApply';
export { createArgoCdApplicationDeleteAction } from './argocdApplicationDelete';
export { createArgoCdApplicationSetApplyAction } from './argocdApplicationSetApply';
export { createArgoCdApplicationReleaseAction } from './argocdApplicationRelease';
export { createArgoCdApplicationWaitAction } from './argocdApplicationWait';
export { createCatalogAnnotateAction } from './catalogAnnotate';
export { createArgoCdProjectApplyAction } from './argocdProjectApply';
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
export { createGitPullRequestAction } from './gitPullRequest';
export { createGitRepositoryInspectAction } from './gitRepositoryInspect';
export { createHelmValidateAction } from './helmValidate';
export { createImageUpdaterConfigureAction } from './imageUpdaterConfigure';
export { createPromoteAction } from './promote';
export { createServiceCheckAction } from './serviceCheck';
export { createVersionReadAction } from './versionRead';
