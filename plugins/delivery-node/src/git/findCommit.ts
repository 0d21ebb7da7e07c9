import git, { type ReadCommitResult } from 'isomorphic-git';
import fs from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRemote } from './GitRemote';

/** How many commits of a branch to search. */
const SEARCHED = 200;

/**
 * A commit to look for, by a line of its message.
 *
 * @public
 */
export interface FindCommitOptions {
  /** Clone URL of the repository, on a host from `integrations`. */
  url: string;
  branch: string;
  /** A whole line of the message. */
  line: string;
  /** Older commits don't matter. */
  since: Date;
  /** An empty folder for fetched data; the caller removes it. */
  directory: string;
  signal?: AbortSignal;
}

/**
 * What a search for a commit found. `unclear`: there are too many commits to say that
 * it isn't there.
 *
 * @public
 */
export type CommitFound =
  | { kind: 'found'; revision: string }
  | { kind: 'none' }
  | { kind: 'unclear' };

/** Looks for a commit by a line of its message among the latest of a branch. */
export async function searchCommit(
  remote: GitRemote,
  { url, branch, directory, line, since }: FindCommitOptions,
): Promise<CommitFound> {
  const { refs, canOmitBlobs } = await remote.describe();
  if (!refs.has(`refs/heads/${branch}`)) {
    return { kind: 'none' };
  }
  const gitdir = join(directory, 'search');
  await mkdir(gitdir, { recursive: true });
  await git.init({ fs, gitdir, bare: true });
  await git.addRemote({ fs, gitdir, remote: 'origin', url });
  const repository = { gitdir, cache: {} };
  const head = await remote.fetch(repository, branch, {
    omitBlobs: canOmitBlobs,
    depth: SEARCHED,
  });
  const commits = head
    ? await git.log({ fs, ...repository, ref: head, depth: SEARCHED })
    : [];
  const found = commits.find(({ commit }) =>
    commit.message.split(/\r?\n/).includes(line),
  );
  if (found) {
    return { kind: 'found', revision: found.oid };
  }
  const isWhole =
    commits.length < SEARCHED ||
    commits.some(one => committedAt(one) < since.getTime());
  return { kind: isWhole ? 'none' : 'unclear' };
}

/** In milliseconds since 1970. */
function committedAt({ commit }: ReadCommitResult): number {
  return commit.committer.timestamp * 1000;
}
