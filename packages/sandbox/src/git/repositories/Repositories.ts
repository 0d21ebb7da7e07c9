import { randomUUID } from 'node:crypto';
import {
  access,
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../errors';
import { GitHostError } from '../errors';
import type { GitCommands } from '../GitCommands';
import { checkOwnerName, checkRepositoryName, isRefName } from '../names';
import { writeFirstCommit, type FirstCommit } from './firstCommit';

/** A bare repository on disk. */
export interface HostedRepository {
  owner: string;
  name: string;
  gitDir: string;
}

/** What the API returns about a repository, besides its name. */
export interface RepositoryDetails {
  description: string;
  defaultBranch: string;
  /** Whether it has no commit yet. */
  empty: boolean;
}

export interface NewRepository {
  owner: string;
  name: string;
  description?: string;
  /** Default: `main`. */
  defaultBranch?: string;
  firstCommit?: FirstCommit;
}

const DESCRIPTION = 'description';

const REPOSITORY_CONFIG = `[http]
	receivepack = true
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
`;

/**
 * The host's repositories: `<root>/<owner>/<name>.git`. These folders are the
 * only state, so everything survives a restart.
 */
export class Repositories {
  readonly #git: GitCommands;
  readonly #root: string;
  /**
   * For repositories being created or removed. Clients never see it, and every
   * start empties it.
   */
  readonly #limbo: string;

  constructor(options: { git: GitCommands; stateDir: string }) {
    this.#git = options.git;
    this.#root = join(options.stateDir, 'repositories');
    this.#limbo = join(options.stateDir, 'limbo');
  }

  /**
   * Prepares the folders, and completes what a killed process left half done.
   */
  async open(): Promise<void> {
    await rm(this.#limbo, { recursive: true, force: true });
    await mkdir(this.#limbo, { recursive: true });
    await mkdir(this.#root, { recursive: true });
    for (const owner of await this.owners()) {
      for (const repository of await this.list(owner)) {
        await this.adoptDefaultBranch(repository);
      }
    }
  }

  /**
   * Names of all users and organizations that have, or can have, repositories.
   */
  async owners(): Promise<string[]> {
    const entries = await readdir(this.#root, { withFileTypes: true });
    return entries
      .filter(it => it.isDirectory())
      .map(it => it.name)
      .sort();
  }

  /** Finds an owner by its name, ignoring case. */
  async findOwner(name: string): Promise<string | undefined> {
    return (await this.owners()).find(
      it => it.toLowerCase() === name.toLowerCase(),
    );
  }

  async createOwner(name: string): Promise<void> {
    checkOwnerName(name);
    await mkdir(join(this.#root, name), { recursive: true });
  }

  /**
   * The repositories of an owner, sorted by name. Empty for an unknown owner.
   */
  async list(owner: string): Promise<HostedRepository[]> {
    const folder = await this.findOwner(owner);
    if (!folder) {
      return [];
    }
    const names = (await readdir(join(this.#root, folder)))
      .filter(it => it.endsWith('.git'))
      .map(it => it.slice(0, -'.git'.length))
      .sort();
    return names.map(name => this.#at(folder, name));
  }

  /** Finds a repository by the names of a request, ignoring case. */
  async find(
    owner: string,
    name: string,
  ): Promise<HostedRepository | undefined> {
    checkOwnerName(owner);
    checkRepositoryName(name);
    if (await exists(join(this.#root, owner, `${name}.git`))) {
      return this.#at(owner, name);
    }
    return (await this.list(owner)).find(
      it => it.name.toLowerCase() === name.toLowerCase(),
    );
  }

  async details(repository: HostedRepository): Promise<RepositoryDetails> {
    const { gitDir } = repository;
    const [description, head] = await Promise.all([
      readFile(join(gitDir, DESCRIPTION), 'utf8'),
      this.#head(gitDir),
    ]);
    return {
      description,
      defaultBranch: head.branch,
      empty: !head.exists,
    };
  }

  /**
   * Creates a repository, with a first commit if one is given. It appears
   * completely or not at all.
   *
   * @throws GitHostError 404 for an unknown owner, 409 if it exists, 422 for an
   * invalid name
   */
  async create(options: NewRepository): Promise<HostedRepository> {
    const { name, defaultBranch = 'main' } = options;
    checkRepositoryName(name);
    if (!isRefName(defaultBranch)) {
      throw new GitHostError(
        422,
        `[DefaultBranch]: "${defaultBranch}" is not a valid branch name`,
      );
    }
    const owner = await this.findOwner(options.owner);
    if (!owner) {
      throw new GitHostError(404, `owner "${options.owner}" does not exist`);
    }
    if (await this.find(owner, name)) {
      throw alreadyExists();
    }
    const draft = join(this.#limbo, randomUUID());
    await this.#git.run([
      'init',
      '--bare',
      '--quiet',
      '--template=',
      `--initial-branch=${defaultBranch}`,
      '--',
      draft,
    ]);
    await appendFile(join(draft, 'config'), REPOSITORY_CONFIG);
    await writeFile(join(draft, DESCRIPTION), options.description ?? '');
    if (options.firstCommit) {
      await writeFirstCommit(this.#git, draft, options.firstCommit);
    }
    try {
      await rename(draft, join(this.#root, owner, `${name}.git`));
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '')) {
        throw alreadyExists();
      }
      throw error;
    }
    return this.#at(owner, name);
  }

  async remove(repository: HostedRepository): Promise<void> {
    const gone = join(this.#limbo, randomUUID());
    await rename(repository.gitDir, gone);
    await rm(gone, { recursive: true, force: true });
  }

  /**
   * Like Gitea, makes the first pushed branch the default one if the configured
   * default branch doesn't exist.
   */
  async adoptDefaultBranch({ gitDir }: HostedRepository): Promise<void> {
    if ((await this.#head(gitDir)).exists) {
      return;
    }
    const first = await this.#git.run(
      ['for-each-ref', '--count=1', '--format=%(refname)', 'refs/heads'],
      { gitDir },
    );
    const ref = first.toString('utf8').trim();
    if (ref) {
      await this.#git.run(['symbolic-ref', '--', 'HEAD', ref], { gitDir });
    }
  }

  #at(owner: string, name: string): HostedRepository {
    return { owner, name, gitDir: join(this.#root, owner, `${name}.git`) };
  }

  /**
   * Reads the files directly: every response needs this, and a git process
   * would be slow.
   */
  async #head(gitDir: string): Promise<{ branch: string; exists: boolean }> {
    const head = await readFile(join(gitDir, 'HEAD'), 'utf8');
    const ref = head.replace(/^ref: /, '').trim();
    const branch = ref.replace(/^refs\/heads\//, '');
    if (await exists(join(gitDir, ref))) {
      return { branch, exists: true };
    }
    const packed = await readFile(join(gitDir, 'packed-refs'), 'utf8').catch(
      error => {
        if (codeOf(error) === 'ENOENT') {
          return '';
        }
        throw error;
      },
    );
    return {
      branch,
      exists: packed.split('\n').some(it => it.endsWith(` ${ref}`)),
    };
  }
}

function alreadyExists(): GitHostError {
  return new GitHostError(
    409,
    'The repository with the same name already exists.',
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
