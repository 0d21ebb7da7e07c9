import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryCredential } from '../../config';
import { GitTree } from './GitTree';
import { CheckoutError } from './CheckoutError';
import { git, GitError } from './process';
import { credentialConfig, credentialFor, listRefs, type Refs } from './refs';

/**
 * Number of trees kept per repository: a rendering needs one, a rollback
 * another.
 */
const KEPT_TREES = 8;

export interface RevisionMetadata {
  author: string;
  date: string;
  message: string;
  tags?: string[];
}

interface Repository {
  refs?: { at: number; result: Promise<Refs> };
  fetching: Promise<void>;
  trees: Map<string, Promise<GitTree>>;
}

/** Local mirrors of the repositories that applications use. */
export class GitRepositories {
  readonly #folder: string;
  readonly #credentials: RepositoryCredential[];
  readonly #maxAgeMs: number;
  readonly #repositories = new Map<string, Repository>();

  /** @param maxAgeMs - how long heads count as current after they were read */
  constructor(
    folder: string,
    credentials: RepositoryCredential[],
    maxAgeMs: number,
  ) {
    this.#folder = folder;
    this.#credentials = credentials;
    this.#maxAgeMs = maxAgeMs;
  }

  #repository(url: string): Repository {
    let repository = this.#repositories.get(url);
    if (!repository) {
      repository = { fetching: Promise.resolve(), trees: new Map() };
      this.#repositories.set(url, repository);
    }
    return repository;
  }

  #gitDir(url: string): string {
    return join(
      this.#folder,
      createHash('sha256').update(url).digest('hex').slice(0, 24),
    );
  }

  /**
   * The repository's heads, shared by all callers within the polling interval.
   */
  async refs(url: string, options: { fresh?: boolean } = {}): Promise<Refs> {
    const repository = this.#repository(url);
    const known = repository.refs;
    if (known && !options.fresh && Date.now() - known.at < this.#maxAgeMs) {
      return await known.result;
    }
    const result = listRefs(url, credentialFor(url, this.#credentials));
    repository.refs = { at: Date.now(), result };
    // Callers that wait for the result get the error. This handler covers the
    // case that none is waiting.
    result.catch(() => {});
    return await result;
  }

  /** The commit that a branch, tag or SHA refers to. */
  async resolve(
    url: string,
    revision: string | undefined,
    options: { fresh?: boolean } = {},
  ): Promise<string> {
    const name = revision || 'HEAD';
    if (/^[0-9a-f]{40}$/.test(name)) {
      return name;
    }
    const refs = await this.refs(url, options);
    const sha =
      refs.get(`refs/heads/${name}`) ??
      refs.get(`refs/tags/${name}^{}`) ??
      refs.get(`refs/tags/${name}`) ??
      refs.get(name);
    if (sha) {
      return sha;
    }
    if (/^[0-9a-f]{7,39}$/.test(name)) {
      return name;
    }
    throw new Error(`unable to resolve '${name}' to a commit SHA`);
  }

  /**
   * The files of a commit; fetches the commit if it isn't in the mirror yet.
   */
  async tree(url: string, sha: string): Promise<GitTree> {
    const { trees } = this.#repository(url);
    const known = trees.get(sha);
    if (known) {
      return await known;
    }
    const tree = this.#ensure(url, sha).then(full =>
      GitTree.read(this.#gitDir(url), full),
    );
    trees.set(sha, tree);
    tree.catch(() => trees.delete(sha));
    for (const old of [...trees.keys()].slice(0, -KEPT_TREES)) {
      trees.delete(old);
    }
    return await tree;
  }

  /** Author, author date and message of a commit. */
  async metadata(url: string, sha: string): Promise<RevisionMetadata> {
    const full = await this.#ensure(url, sha);
    const gitDir = this.#gitDir(url);
    const out = await git(
      ['show', '-s', '--format=%an <%ae>%n%aI%n%B', `${full}^{commit}`],
      { gitDir },
    );
    const [author, date, ...message] = out.toString('utf8').split('\n');
    const tagged = await git(['tag', '--points-at', full], { gitDir });
    const tags = tagged.toString('utf8').split('\n').filter(Boolean);
    return {
      author,
      date: new Date(date).toISOString().replace('.000Z', 'Z'),
      ...(tags.length ? { tags } : {}),
      message: message.join('\n').trim(),
    };
  }

  /**
   * Fetches a commit if it is missing, with one fetch at a time per repository.
   * Resolves to the full SHA.
   */
  async #ensure(url: string, sha: string): Promise<string> {
    const gitDir = this.#gitDir(url);
    const found = await this.#find(gitDir, sha);
    if (found) {
      return found;
    }
    const repository = this.#repository(url);
    const fetching = repository.fetching
      .catch(() => {})
      .then(() => this.#fetch(url, gitDir, sha));
    repository.fetching = fetching;
    await fetching;
    const fetched = await this.#find(gitDir, sha);
    if (!fetched) {
      throw new CheckoutError(
        sha,
        `fatal: remote error: upload-pack: not our ref ${sha}`,
      );
    }
    return fetched;
  }

  async #find(gitDir: string, sha: string): Promise<string | undefined> {
    if (!existsSync(gitDir)) {
      return undefined;
    }
    try {
      const out = await git(
        ['rev-parse', '--verify', '--quiet', `${sha}^{commit}`],
        { gitDir },
      );
      return out.toString('utf8').trim();
    } catch (error) {
      if (error instanceof GitError) {
        return undefined;
      }
      throw error;
    }
  }

  async #fetch(url: string, gitDir: string, sha: string): Promise<void> {
    if (!existsSync(gitDir)) {
      await mkdir(this.#folder, { recursive: true });
      await git(['init', '--bare', '--quiet', gitDir]);
    }
    if (await this.#find(gitDir, sha)) {
      return;
    }
    const config = credentialConfig(url, credentialFor(url, this.#credentials));
    const fetch = async (...refs: string[]) =>
      await git(['fetch', '--quiet', '--force', '--', url, ...refs], {
        gitDir,
        config,
      });
    try {
      await fetch('+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*');
      if (!(await this.#find(gitDir, sha))) {
        await fetch(sha);
      }
    } catch (error) {
      throw error instanceof GitError
        ? new CheckoutError(sha, error.stderr.trim())
        : error;
    }
  }
}
