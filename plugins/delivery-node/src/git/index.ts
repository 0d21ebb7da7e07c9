export { commitUrl } from './links';
export {
  GitClient,
  type CommitFilesOptions,
  type CommitFilesResult,
  type GitFile,
} from './GitClient';
export { GitCredentialsProvider, type GitCredentials } from './credentials';
