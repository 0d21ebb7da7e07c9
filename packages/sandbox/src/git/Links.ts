import type { ResolvedRef } from './repositories/objects';

interface RepositoryName {
  owner: string;
  name: string;
}

/** The URLs of the host: those that Gitea itself has. */
export class Links {
  readonly #base: () => string;

  /** @param base - the host's URL without a trailing slash; known only once it listens */
  constructor(base: () => string) {
    this.#base = base;
  }

  get base(): string {
    return this.#base();
  }

  /** The documentation that Gitea's errors point to. */
  get swagger(): string {
    return `${this.base}/api/swagger`;
  }

  owner(owner: string): string {
    return `${this.base}/${owner}`;
  }

  repository({ owner, name }: RepositoryName): string {
    return `${this.base}/${owner}/${name}`;
  }

  clone(repository: RepositoryName): string {
    return `${this.repository(repository)}.git`;
  }

  api({ owner, name }: RepositoryName): string {
    return `${this.base}/api/v1/repos/${owner}/${name}`;
  }

  commit(repository: RepositoryName, id: string): string {
    return `${this.repository(repository)}/commit/${id}`;
  }

  commits(
    repository: RepositoryName,
    ref: Pick<ResolvedRef, 'kind' | 'name'>,
    path: readonly string[] = [],
  ): string {
    return this.#below(repository, 'commits', ref, path);
  }

  source(
    repository: RepositoryName,
    ref: Pick<ResolvedRef, 'kind' | 'name'>,
    path: readonly string[] = [],
  ): string {
    return this.#below(repository, 'src', ref, path);
  }

  raw(
    repository: RepositoryName,
    ref: Pick<ResolvedRef, 'kind' | 'name'>,
    path: readonly string[],
  ): string {
    return this.#below(repository, 'raw', ref, path);
  }

  #below(
    repository: RepositoryName,
    page: string,
    ref: Pick<ResolvedRef, 'kind' | 'name'>,
    path: readonly string[],
  ): string {
    return [
      this.repository(repository),
      page,
      ref.kind,
      ...[...ref.name.split('/'), ...path].map(encodeURIComponent),
    ].join('/');
  }
}
