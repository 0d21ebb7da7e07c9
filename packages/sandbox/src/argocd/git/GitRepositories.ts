import { basicAuthorization, GitError } from '@landfall/testing-kit';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { credentialFor, type RepositoryCredential } from '../../config';
import { messageOf } from '../../errors';
import { GitCommands } from '../../git/GitCommands';
import { request, RequestError } from '../../http/request';
import { timestamp } from '../time';
import { GitTree } from './GitTree';

/**
 * Number of trees kept per repository: a rendering needs one, a rollback
 * another.
 */
const KEPT_TREES = 8;

/** A host that doesn't answer must not stop the polling. */
const TIMEOUT_MS = 60_000;

/** Refusals of a Git host, in the words of Argo CD's client. */
const REFUSALS: Record<number, string> = {
  401: 'authentication required: ',
  403: 'authorization failed: ',
  404: 'repository not found: ',
};

export interface RevisionMetadata {
  author: string;
  date: string;
  message: string;
  tags?: string[];
}

/** Ref names and their commits: `HEAD`, `refs/heads/main`, … */
type Refs = Map<string, string>;

interface Repository {
  /** One fetch at a time. */
  limit: ReturnType<typeof pLimit>;
  trees: Map<string, Promise<GitTree>>;
}

/** Local mirrors of the repositories that applications use. */
export class GitRepositories {
  readonly #repositories = new Map<string, Repository>();
  readonly #git = new GitCommands();

  constructor(
    private readonly folder: string,
    private readonly credentials: RepositoryCredential[],
  ) {}

  #repository(url: string): Repository {
    const repository = this.#repositories.get(url) ?? {
      limit: pLimit(1),
      trees: new Map(),
    };
    this.#repositories.set(url, repository);
    return repository;
  }

  #gitDir(url: string): string {
    const id = createHash('sha256').update(url).digest('hex');
    return join(this.folder, id.slice(0, 24));
  }

  #authorization(url: string): string | undefined {
    const credential = credentialFor(this.credentials, url);
    return credential && basicAuthorization(credential);
  }

  /** Reads the heads from Git's smart HTTP; as each poll does it, without git. */
  async refs(url: string): Promise<Refs> {
    const authorization = this.#authorization(url);
    try {
      const response = await request(
        `${url.replace(/\/$/, '')}/info/refs?service=git-upload-pack`,
        { headers: authorization ? { authorization } : {} },
      );
      const lines = (await response.text()).matchAll(
        /([0-9a-f]{40})[ \t]([^\0\n]+)/g,
      );
      return new Map([...lines].map(([, sha, name]) => [name, sha]));
    } catch (error) {
      throw new Error(`failed to list refs: ${reasonOf(error)}`);
    }
  }

  /** The commit that a branch, tag or SHA refers to. */
  async resolve(url: string, revision: string | undefined): Promise<string> {
    const name = revision || 'HEAD';
    if (/^[0-9a-f]{40}$/.test(name)) {
      return name;
    }
    const refs = await this.refs(url);
    const sha =
      refs.get(`refs/heads/${name}`) ??
      refs.get(`refs/tags/${name}^{}`) ??
      refs.get(`refs/tags/${name}`) ??
      refs.get(name) ??
      (/^[0-9a-f]{7,39}$/.test(name) ? name : undefined);
    if (!sha) {
      throw new Error(`unable to resolve '${name}' to a commit SHA`);
    }
    return sha;
  }

  /**
   * The files of a commit; fetches the commit if it isn't in the mirror yet.
   */
  async tree(url: string, sha: string): Promise<GitTree> {
    const { trees } = this.#repository(url);
    let tree = trees.get(sha);
    if (!tree) {
      tree = this.#ensure(url, sha).then(full =>
        GitTree.read(this.#git, this.#gitDir(url), full),
      );
      trees.set(sha, tree);
      tree.catch(() => trees.delete(sha));
      for (const old of [...trees.keys()].slice(0, -KEPT_TREES)) {
        trees.delete(old);
      }
    }
    return await tree;
  }

  /** Author, author date and message of a commit. */
  async metadata(url: string, sha: string): Promise<RevisionMetadata> {
    const full = await this.#ensure(url, sha);
    const read = async (...args: string[]) =>
      (await this.#git.run(args, { gitDir: this.#gitDir(url) })).toString();
    const format = '--format=%an <%ae>%n%aI%n%B';
    const shown = await read('show', '-s', format, `${full}^{commit}`);
    const [author, date, ...message] = shown.split('\n');
    const tags = (await read('tag', '--points-at', full)).split('\n');
    return {
      author,
      date: timestamp(Date.parse(date)),
      ...(tags[0] ? { tags: tags.filter(Boolean) } : {}),
      message: message.join('\n').trim(),
    };
  }

  /** Fetches a commit if it is missing. Resolves to the full SHA. */
  async #ensure(url: string, sha: string): Promise<string> {
    const gitDir = this.#gitDir(url);
    const known = await this.#find(gitDir, sha);
    if (known) {
      return known;
    }
    const { limit } = this.#repository(url);
    await limit(() => this.#fetch(url, gitDir, sha));
    const found = await this.#find(gitDir, sha);
    if (!found) {
      throw checkoutError(sha, `not our ref ${sha}`);
    }
    return found;
  }

  async #find(gitDir: string, sha: string): Promise<string | undefined> {
    if (!existsSync(gitDir)) {
      return undefined;
    }
    const args = ['rev-parse', '--verify', '--quiet', `${sha}^{commit}`];
    try {
      return (await this.#git.run(args, { gitDir })).toString().trim();
    } catch (error) {
      if (error instanceof GitError) {
        return undefined;
      }
      throw error;
    }
  }

  async #fetch(url: string, gitDir: string, sha: string): Promise<void> {
    if (!existsSync(gitDir)) {
      await mkdir(this.folder, { recursive: true });
      await this.#git.run(['init', '--bare', '--quiet', gitDir]);
    }
    const authorization = this.#authorization(url);
    const header = `http.${new URL(url).origin}/.extraHeader`;
    const config: Record<string, string> = {
      'gc.auto': '0',
      ...(authorization && { [header]: `Authorization: ${authorization}` }),
    };
    const fetch = async (...refs: string[]) => {
      const args = ['fetch', '--quiet', '--force', '--', url, ...refs];
      await this.#git.run(args, { gitDir, config, timeoutMs: TIMEOUT_MS });
    };
    try {
      await fetch('+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*');
      if (!(await this.#find(gitDir, sha))) {
        await fetch(sha);
      }
    } catch (error) {
      throw checkoutError(sha, reasonOf(error));
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof GitError) {
    return error.stderr.trim();
  }
  const { status } = error instanceof RequestError ? error : {};
  return status === undefined
    ? messageOf(error)
    : REFUSALS[status] ?? `unexpected status ${status}`;
}

function checkoutError(sha: string, reason: string): Error {
  return new Error(
    `failed to initialize repository resources: rpc error: code = Internal desc = Failed to checkout revision ${sha}: ${reason}`,
  );
}
