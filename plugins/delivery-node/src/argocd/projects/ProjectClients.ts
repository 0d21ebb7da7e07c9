import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import { ArgoCdForbiddenError, ArgoCdNotFoundError } from '../client';
import type { ApplicationAddress, ArgoCdClient } from '../types';

/** A client and the project that its token is for. */
export interface ProjectClient {
  project: string;
  client: ArgoCdClient;
}

/** Options of calls about one application. */
export interface ProjectCallOptions {
  project?: string;
  signal?: AbortSignal;
}

/**
 * The clients of an instance's projects, and which project each application
 * belongs to, as far as it was read.
 */
export class ProjectClients {
  private readonly clients: ReadonlyMap<string, ArgoCdClient>;
  private readonly projects = new Map<string, string>();

  constructor(private readonly instance: string, all: ProjectClient[]) {
    this.clients = new Map(all.map(({ project, client }) => [project, client]));
  }

  names(): string[] {
    return [...this.clients.keys()];
  }

  has(project: string): boolean {
    return this.clients.has(project);
  }

  /** @throws ArgoCdForbiddenError if the project has no token */
  of(project: string): ArgoCdClient {
    const client = this.clients.get(project);
    if (!client) {
      throw new ArgoCdForbiddenError(
        `Argo CD '${
          this.instance
        }' was not called: the project '${project}' has no token. Add one to the instance's projectTokens. Projects with a token: ${this.names().join(
          ', ',
        )}`,
        { instance: this.instance },
      );
    }
    return client;
  }

  /** A client for calls that don't concern a project. */
  any(): ArgoCdClient {
    return this.of(this.names()[0]);
  }

  note({ ref, project }: Pick<Application, 'ref' | 'project'>): void {
    this.projects.set(keyOf(ref), project);
  }

  forget(ref: ApplicationRef): void {
    this.projects.delete(keyOf(ref));
  }

  /** Replaces what is known of a project's applications. */
  replace(project: string, refs: ApplicationRef[]): void {
    for (const [key, known] of this.projects) {
      if (known === project) {
        this.projects.delete(key);
      }
    }
    refs.forEach(ref => this.note({ ref, project }));
  }

  /** Whether a project is known to have applications. */
  hasApplications(project: string): boolean {
    return [...this.projects.values()].includes(project);
  }

  /**
   * Calls Argo CD about one application, with the token of its project: the given
   * one, else the known one, else the first in which the application is found.
   */
  async call<T, O extends ProjectCallOptions>(
    ref: ApplicationAddress,
    options: O,
    run: (client: ArgoCdClient, options: O & { project: string }) => Promise<T>,
  ): Promise<T> {
    const project = options.project ?? (await this.find(ref, options.signal));
    if (project === undefined) {
      throw new ArgoCdNotFoundError(
        `Argo CD '${this.instance}' has no application '${
          ref.name
        }' in ${this.names().join(', ')}`,
        { instance: this.instance },
      );
    }
    return run(this.of(project), { ...options, project });
  }

  /**
   * The project of an application; undefined if none of those with a token has
   * it.
   */
  async find(
    ref: ApplicationAddress,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const known =
      ref.namespace === undefined
        ? undefined
        : this.projects.get(keyOf({ ...ref, namespace: ref.namespace }));
    if (known !== undefined) {
      return known;
    }
    let failure: unknown;
    for (const project of this.names()) {
      try {
        const found = await this.of(project).getApplication(ref, {
          project,
          signal,
        });
        if (found) {
          this.note(found);
          return project;
        }
      } catch (error) {
        signal?.throwIfAborted();
        failure ??= error;
      }
    }
    // It may be in the project that could not be read.
    if (failure !== undefined) {
      throw failure;
    }
    return undefined;
  }
}

function keyOf({ namespace, name }: ApplicationRef): string {
  return `${namespace}/${name}`;
}
