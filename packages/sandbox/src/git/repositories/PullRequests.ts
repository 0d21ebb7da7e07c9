import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { codeOf } from '../../errors';
import { HttpError } from '../../http/messages';
import type { GitCommands } from '../GitCommands';
import { isRefName } from '../names';
import { readObject } from './objects';
import type { HostedRepository } from './Repositories';

const pullSchema = z.object({
  number: z.int(),
  title: z.string(),
  user: z.string(),
  head: z.string(),
  base: z.string(),
  /** The latest commit of the branch, also once that is gone. */
  headCommit: z.string(),
  state: z.enum(['open', 'closed']),
  updatedAt: z.string(),
  mergedAt: z.string().optional(),
  mergeCommit: z.string().optional(),
  /** The common ancestor when it was merged. */
  mergeBase: z.string().optional(),
  /** What reviewers decided, oldest first. */
  reviews: z
    .array(z.object({ user: z.string(), state: z.string() }))
    .default([]),
});

/** A request to merge one branch of a repository into another. */
export type PullRequest = z.infer<typeof pullSchema>;

/**
 * The pull requests of repositories. Each repository's folder has them in a
 * file.
 */
export class PullRequests {
  /** One change at a time. */
  readonly #limit = pLimit(1);

  constructor(private readonly git: GitCommands) {}

  /** The newest first, with the current commits of open requests' branches. */
  async list(repository: HostedRepository): Promise<PullRequest[]> {
    const pulls = await readPulls(repository);
    const current = pulls.map(pull => this.#current(repository, pull));
    return (await Promise.all(current)).reverse();
  }

  /** @throws HttpError 404 if there is none */
  async get(
    repository: HostedRepository,
    number: number,
  ): Promise<PullRequest> {
    const pulls = await readPulls(repository);
    const pull = pulls.find(one => one.number === number);
    if (!pull) {
      throw new HttpError(404, "The target couldn't be found.");
    }
    return this.#current(repository, pull);
  }

  /** @throws HttpError 404 if a branch doesn't exist */
  async open(
    repository: HostedRepository,
    wanted: Pick<PullRequest, 'title' | 'user' | 'head' | 'base'>,
  ): Promise<PullRequest> {
    const headCommit = await this.#branch(repository, wanted.head);
    await this.#branch(repository, wanted.base);
    return this.#change(repository, async ({ length }) => ({
      ...wanted,
      number: length + 1,
      headCommit,
      reviews: [],
      state: 'open',
      updatedAt: now(),
    }));
  }

  /** Keeps what a reviewer decided on an open request. */
  async review(
    repository: HostedRepository,
    number: number,
    review: PullRequest['reviews'][number],
  ): Promise<PullRequest> {
    return this.#change(repository, async () => {
      const pull = await this.get(repository, number);
      const reviews = [...pull.reviews, review];
      return { ...pull, reviews, updatedAt: now() };
    });
  }

  /** Closes a request without merging it. */
  async close(
    repository: HostedRepository,
    number: number,
  ): Promise<PullRequest> {
    return this.#end(repository, number, async () => ({}));
  }

  /** @throws HttpError 405 if it can't be merged */
  async merge(
    repository: HostedRepository,
    number: number,
  ): Promise<PullRequest> {
    return this.#end(repository, number, async pull => ({
      mergedAt: now(),
      ...(await this.#mergeBranch(repository, pull)),
    }));
  }

  /** The commits of a request, oldest first, as arguments of `git log`. */
  async range(repository: HostedRepository, number: number): Promise<string[]> {
    const pull = await this.get(repository, number);
    const since = pull.mergeBase ?? (await this.#branch(repository, pull.base));
    return ['--reverse', pull.headCommit, `^${since}`];
  }

  async #end(
    repository: HostedRepository,
    number: number,
    how: (pull: PullRequest) => Promise<Partial<PullRequest>>,
  ): Promise<PullRequest> {
    return this.#change(repository, async () => {
      const open = await this.get(repository, number);
      if (open.state !== 'open') {
        throw new HttpError(405, 'The pull request is closed.');
      }
      const end = await how(open);
      return { ...open, ...end, state: 'closed', updatedAt: now() };
    });
  }

  async #mergeBranch(
    repository: HostedRepository,
    { number, title, head, base, headCommit, user }: PullRequest,
  ): Promise<Pick<PullRequest, 'mergeCommit' | 'mergeBase'>> {
    const { gitDir } = repository;
    const into = await this.#branch(repository, base);
    const run = async (args: string[], env: Record<string, string> = {}) =>
      (await this.git.run(args, { gitDir, env })).toString().trim();
    const mergeBase = await run(['merge-base', into, headCommit]);
    const tree = await run([
      'merge-tree',
      '--write-tree',
      into,
      headCommit,
    ]).catch(() => {
      throw new HttpError(405, 'The pull request has conflicts.');
    });
    const message = `Merge pull request '${title}' (#${number}) from ${head} into ${base}`;
    const email = `${user}@noreply.localhost`;
    const mergeCommit = await run(
      ['commit-tree', tree, '-p', into, '-p', headCommit, '-m', message],
      {
        GIT_AUTHOR_NAME: user,
        GIT_AUTHOR_EMAIL: email,
        GIT_COMMITTER_NAME: user,
        GIT_COMMITTER_EMAIL: email,
      },
    );
    await run(['update-ref', `refs/heads/${base}`, mergeCommit, into]);
    return { mergeCommit, mergeBase };
  }

  async #current(
    repository: HostedRepository,
    pull: PullRequest,
  ): Promise<PullRequest> {
    const headCommit =
      pull.state === 'open' && (await this.#headOf(repository, pull.head));
    return headCommit ? { ...pull, headCommit } : pull;
  }

  async #branch(repository: HostedRepository, name: string): Promise<string> {
    const commit = await this.#headOf(repository, name);
    if (!commit) {
      throw new HttpError(404, `There is no branch ${name}.`);
    }
    return commit;
  }

  async #headOf(
    { gitDir }: HostedRepository,
    branch: string,
  ): Promise<string | undefined> {
    const head = isRefName(branch)
      ? await readObject(this.git, gitDir, `refs/heads/${branch}`)
      : undefined;
    return head?.id;
  }

  /** Adds a request, or replaces the one of its number. */
  async #change(
    repository: HostedRepository,
    change: (pulls: PullRequest[]) => Promise<PullRequest>,
  ): Promise<PullRequest> {
    return this.#limit(async () => {
      const pulls = await readPulls(repository);
      const pull = await change(pulls);
      pulls[pull.number - 1] = pull;
      const draft = `${fileOf(repository)}.draft`;
      await writeFile(draft, JSON.stringify(pulls));
      await rename(draft, fileOf(repository));
      return pull;
    });
  }
}

function fileOf({ gitDir }: HostedRepository): string {
  return join(gitDir, 'pull-requests.json');
}

async function readPulls(repository: HostedRepository): Promise<PullRequest[]> {
  try {
    const text = await readFile(fileOf(repository), 'utf8');
    return z.array(pullSchema).parse(JSON.parse(text));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

function now(): string {
  return new Date().toISOString();
}
