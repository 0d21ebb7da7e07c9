export { bitbucketServerPage, commitUrl, compareUrl } from './links';
export { repositoryOfPage } from './repositoryOfPage';
export {
  GitClient,
  type InspectRepositoryOptions,
  type RepositoryState,
} from './GitClient';
export type { CommitFilesOptions, CommitFilesResult } from './commitOptions';
export {
  type ConfigCommit,
  type ConfigEdit,
  ConfigRepositoryEditor,
  type ConfigRequestOptions,
} from './ConfigRepositoryEditor';
export type { CommitFound, FindCommitOptions } from './findCommit';
export type { RepositoryFiles } from './RepositoryFiles';
export { GitCredentialsProvider, type GitCredentials } from './credentials';
export { FOLDER_MARK_FILE, type FolderClaim } from './folderClaims';
export { checkedRepositoryUrl } from './repositoryUrl';
export { type GitFile } from './trees';
export * from './history';
