export { authorOf, commitInput, readClaim, readFiles } from './commitInput';
export { contentsUrl, fileUrl } from './contentsUrl';
export { fileLocation } from './fileLocation';
export {
  openPullRequest,
  type PullRequest,
  type PullRequestGit,
  type PullRequestHost,
} from './openPullRequest';
export { resolveRepository } from './resolveRepository';
