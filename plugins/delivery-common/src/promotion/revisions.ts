const GIT_SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * Whether a revision is the id of a commit, not a branch or a chart's version.
 *
 * @internal
 */
export function isCommitId(revision: string): boolean {
  return GIT_SHA.test(revision);
}
