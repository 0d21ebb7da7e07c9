export { commitUrl } from './links';
export {
  GitClient,
  type CommitFilesOptions,
  type CommitFilesResult,
  type InspectRepositoryOptions,
  type RepositoryState,
} from './GitClient';
export { GitCredentialsProvider, type GitCredentials } from './credentials';
export { FOLDER_MARK_FILE, type FolderClaim } from './folderClaims';
export { checkedRepositoryUrl } from './repositoryUrl';
export { type GitFile } from './trees';
export * from './history';
