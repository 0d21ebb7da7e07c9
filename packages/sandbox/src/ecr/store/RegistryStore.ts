import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../model/images';
import type { RepositorySettings } from '../model/types';
import { JOURNAL_FILE, RepositoryFolder } from './RepositoryFolder';

const TRASH = 'deleted-';

/** All repositories of the registry, by name. */
export class RegistryStore {
  readonly #repositories = new Map<string, RepositoryFolder>();

  private constructor(private readonly folder: string) {}

  /**
   * Loads the repositories. An empty or missing folder is an empty registry.
   */
  static load(stateDir: string): RegistryStore {
    const store = new RegistryStore(join(stateDir, 'repositories'));
    mkdirSync(store.folder, { recursive: true });
    for (const name of readdirSync(store.folder)) {
      const folder = join(store.folder, name);
      if (name.startsWith(TRASH) || !existsSync(join(folder, JOURNAL_FILE))) {
        // Left behind by a process that was killed while creating or deleting
        // it.
        rmSync(folder, { recursive: true, force: true });
        continue;
      }
      const repository = RepositoryFolder.load(folder);
      store.#repositories.set(repository.settings.name, repository);
    }
    return store;
  }

  get(name: string): RepositoryFolder | undefined {
    return this.#repositories.get(name);
  }

  /** Every repository, sorted by name. */
  list(): RepositoryFolder[] {
    return [...this.#repositories.values()].sort((a, b) =>
      compareText(a.settings.name, b.settings.name),
    );
  }

  create(settings: RepositorySettings): RepositoryFolder {
    // Repository names may be longer than file names.
    const hash = createHash('sha256').update(settings.name).digest('hex');
    const repository = RepositoryFolder.create(
      join(this.folder, hash),
      settings,
    );
    this.#repositories.set(settings.name, repository);
    return repository;
  }

  /** Removes a repository with its images and blobs. */
  delete(repository: RepositoryFolder): void {
    // The rename removes it atomically, even if the rest fails.
    const trash = join(this.folder, `${TRASH}${randomUUID()}`);
    renameSync(repository.folder, trash);
    this.#repositories.delete(repository.settings.name);
    rmSync(trash, { recursive: true, force: true });
  }
}
