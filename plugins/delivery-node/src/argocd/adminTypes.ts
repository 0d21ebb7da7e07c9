import type { JsonObject } from '@backstage/types';

/**
 * AppProjects of one Argo CD instance, as Argo CD sends them, undecoded. The methods
 * reject like those of `ArgoCdClient`.
 *
 * @public
 */
export interface ArgoCdProjects {
  /** Undefined if it doesn't exist. */
  getProject(
    name: string,
    options?: { signal?: AbortSignal },
  ): Promise<JsonObject | undefined>;

  /**
   * Creates a project. If there is one of the name, it resolves with that one if its
   * spec is the same, whatever its metadata is, and rejects with an
   * `ArgoCdInvalidRequestError` otherwise.
   */
  createProject(
    manifest: JsonObject,
    options?: { signal?: AbortSignal },
  ): Promise<JsonObject>;

  /**
   * Replaces a project. With the `resourceVersion` of the one that was read, it
   * rejects with an `ArgoCdConflictError` if another client has changed it since.
   * Besides the right to update the project, the account needs the right to update
   * the clusters and repositories that are added.
   */
  updateProject(
    manifest: JsonObject,
    options?: { signal?: AbortSignal },
  ): Promise<JsonObject>;
}

/**
 * ApplicationSets of one Argo CD instance, as Argo CD sends them, undecoded. The
 * methods reject like those of `ArgoCdClient`.
 *
 * @public
 */
export interface ArgoCdApplicationSets {
  /** Undefined if it doesn't exist. Default namespace: that of Argo CD itself. */
  getApplicationSet(
    ref: { name: string; namespace?: string },
    options?: { signal?: AbortSignal },
  ): Promise<JsonObject | undefined>;

  /**
   * Creates an ApplicationSet. If there is one of the name that is the same, it
   * resolves with that one. If it differs, `upsert` replaces its spec and adds labels
   * and annotations; without `upsert`, it rejects with an `ArgoCdInvalidRequestError`.
   */
  createApplicationSet(
    manifest: JsonObject,
    options?: { upsert?: boolean; signal?: AbortSignal },
  ): Promise<JsonObject>;
}
