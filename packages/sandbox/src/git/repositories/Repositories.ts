import { randomUUID } from 'node:crypto';
import {
  access,
  appendFile,
  mkdir,
  readdir,
  rename,
  rm,
} from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../errors';
import { HttpError } from '../../http/messages';
import type { GitCommands } from '../GitCommands';
import { checkOwnerName, checkRepositoryName } from '../names';

/** The default branch of every repository, whatever is pushed to it. */
export const DEFAULT_BRANCH = 'main';

/** A bare repository on disk. */
export interface HostedRepository {
  owner: string;
  name: string;
  gitDir: string;
}

interface NewRepository {
  owner: string;
  name: string;
  firstCommit?: {
    /** A user name. */
    author: string;
    message: string;
    /** The folder with the files. A `.git` in it is ignored. */
    folder: string;
  };
}

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
  /** Prepares the folders, and clears what a killed process left half done. */
  static async open(git: GitCommands, stateDir: string): Promise<Repositories> {
    const limbo = join(stateDir, 'limbo');
    const root = join(stateDir, 'repositories');
    await rm(limbo, { recursive: true, force: true });
    await mkdir(limbo, { recursive: true });
    await mkdir(root, { recursive: true });
    return new Repositories(git, root, limbo);
  }

  /**
   * @param limbo - for repositories being created or removed. Clients never see
   * it, and every start empties it.
   */
  private constructor(
    private readonly git: GitCommands,
    private readonly root: string,
    private readonly limbo: string,
  ) {}

  /** Whether there is a user or an organization of that name. */
  async hasOwner(name: string): Promise<boolean> {
    checkOwnerName(name);
    return exists(join(this.root, name));
  }

  async createOwner(name: string): Promise<void> {
    checkOwnerName(name);
    await mkdir(join(this.root, name), { recursive: true });
  }

  /** The repositories of an existing owner, sorted by name. */
  async list(owner: string): Promise<HostedRepository[]> {
    return (await readdir(join(this.root, owner)))
      .filter(it => it.endsWith('.git'))
      .sort()
      .map(it => this.#at(owner, it.slice(0, -'.git'.length)));
  }

  async find(
    owner: string,
    name: string,
  ): Promise<HostedRepository | undefined> {
    checkOwnerName(owner);
    checkRepositoryName(name);
    const repository = this.#at(owner, name);
    return (await exists(repository.gitDir)) ? repository : undefined;
  }

  /**
   * Creates a repository, with a first commit if one is given. It appears
   * completely or not at all.
   *
   * @throws HttpError 409 if it exists, 422 for an invalid name
   */
  async create(options: NewRepository): Promise<HostedRepository> {
    const { owner, name } = options;
    if (await this.find(owner, name)) {
      throw alreadyExists();
    }
    const draft = join(this.limbo, randomUUID());
    await this.git.run([
      'init',
      '--bare',
      '--quiet',
      '--template=',
      `--initial-branch=${DEFAULT_BRANCH}`,
      '--',
      draft,
    ]);
    await appendFile(join(draft, 'config'), REPOSITORY_CONFIG);
    if (options.firstCommit) {
      await this.#commit(draft, options.firstCommit);
    }
    try {
      await rename(draft, join(this.root, owner, `${name}.git`));
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
    const gone = join(this.limbo, randomUUID());
    await rename(repository.gitDir, gone);
    await rm(gone, { recursive: true, force: true });
  }

  /**
   * Commits a folder's files to the branch that `HEAD` of an empty bare
   * repository points to.
   */
  async #commit(
    gitDir: string,
    { author, message, folder }: NonNullable<NewRepository['firstCommit']>,
  ): Promise<void> {
    const indexFile = join(gitDir, 'first-commit-index');
    const email = `${author.toLowerCase()}@noreply.localhost`;
    const env = {
      GIT_WORK_TREE: folder,
      GIT_INDEX_FILE: indexFile,
      GIT_AUTHOR_NAME: author,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: author,
      GIT_COMMITTER_EMAIL: email,
    };
    const options = { gitDir, env };
    await this.git.run(['add', '--all', '--force', '--', folder], options);
    await this.git.run(['commit', '--quiet', '--message', message], options);
    await rm(indexFile);
  }

  #at(owner: string, name: string): HostedRepository {
    return { owner, name, gitDir: join(this.root, owner, `${name}.git`) };
  }
}

function alreadyExists(): HttpError {
  return new HttpError(
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
