import type { JsonObject } from '@backstage/types';
import type { Application } from '@landfall/backstage-plugin-delivery-common';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { ArgoCdAccounts } from '../accountTypes';
import type { ArgoCdApplicationSets, ArgoCdProjects } from '../adminTypes';
import { type ArgoCdTimeouts, DefaultArgoCdClient } from '../client';
import type { ArgoCdProjectsConfig } from '../config';
import type { ArgoCdResources } from '../resourceTypes';
import type {
  ApplicationAddress,
  ApplicationEvent,
  ApplicationList,
  ArgoCdClient,
  ArgoCdOperations,
  RevisionMetadata,
} from '../types';
import { ProjectAccounts } from './ProjectAccounts';
import { NoProjects, ProjectApplicationSets } from './ProjectAdmin';
import { ProjectClients } from './ProjectClients';
import { ProjectOperations } from './ProjectOperations';
import { ProjectResources } from './ProjectResources';
import {
  DEFAULT_STREAM_OPTIONS,
  type ProjectStreamOptions,
  ProjectStreams,
} from './ProjectStreams';
import { brokenStreamError, unreadProjectError } from './unreadProjectError';

const CONCURRENT_LISTS = 4;

const projectSchema = z.object({
  spec: z.object({ project: z.string().min(1).default('default') }),
});

/**
 * One Argo CD instance whose tokens are each for one project, as those of a
 * managed Argo CD: lists and streams of all projects become one, and every other
 * call uses the token of its project. A project that can't be read doesn't
 * affect the others.
 *
 * @public
 */
export class ProjectScopedArgoCdClient implements ArgoCdClient {
  /** Makes no call. */
  static create(
    { projects, ...connection }: ArgoCdProjectsConfig,
    options: {
      timeouts?: Partial<ArgoCdTimeouts>;
      /** Times of the streams, in milliseconds. */
      streams?: {
        silenceMs?: number;
        settleMs?: number;
        firstBackoffMs?: number;
        maxBackoffMs?: number;
        random?: () => number;
      };
    } = {},
  ): ProjectScopedArgoCdClient {
    const all = projects.map(({ project, credentials, write }) => ({
      project,
      client: DefaultArgoCdClient.create(
        { ...connection, credentials, write },
        { timeouts: options.timeouts },
      ),
    }));
    return new ProjectScopedArgoCdClient(
      connection,
      all.map(({ client }) => client),
      new ProjectClients(connection.name, all),
      { ...DEFAULT_STREAM_OPTIONS, ...options.streams },
    );
  }

  readonly instance: string;
  readonly frontendUrl: string;
  readonly operations: ArgoCdOperations;
  readonly resources: ArgoCdResources;
  readonly accounts: ArgoCdAccounts;
  readonly projects: ArgoCdProjects;
  readonly applicationSets: ArgoCdApplicationSets;
  /** Why the stream of a project is broken at the moment. */
  private readonly broken = new Map<string, Error>();

  private constructor(
    { name, frontendUrl }: { name: string; frontendUrl: string },
    private readonly all: DefaultArgoCdClient[],
    private readonly clients: ProjectClients,
    private readonly streamOptions: ProjectStreamOptions,
  ) {
    this.instance = name;
    this.frontendUrl = frontendUrl;
    this.operations = new ProjectOperations(clients);
    this.resources = new ProjectResources(clients);
    this.accounts = new ProjectAccounts(clients, name);
    this.projects = new NoProjects(name);
    this.applicationSets = new ProjectApplicationSets(clients);
  }

  async listApplications(
    options: Parameters<ArgoCdClient['listApplications']>[0] = {},
  ): Promise<ApplicationList> {
    const projects = options.projects ?? this.clients.names();
    const limit = pLimit(CONCURRENT_LISTS);
    const results = await Promise.allSettled(
      projects.map(project =>
        limit(async () => this.listProject(project, options)),
      ),
    );
    options.signal?.throwIfAborted();
    const list: ApplicationList = { applications: [], undecodable: [] };
    const failed: { project: string; error: unknown }[] = [];
    results.forEach((result, index) => {
      const project = projects[index];
      if (result.status === 'rejected') {
        failed.push({ project, error: result.reason });
        return;
      }
      list.applications.push(...result.value.applications);
      list.undecodable.push(...result.value.undecodable);
      const broken = this.broken.get(project);
      if (broken) {
        list.undecodable.push({
          error: brokenStreamError(this.instance, project, broken),
        });
      }
    });
    if (failed.length > 0 && failed.length === projects.length) {
      throw failed[0].error;
    }
    for (const { project, error } of failed) {
      list.undecodable.push({
        error: unreadProjectError(this.instance, project, error),
      });
    }
    return { ...list, unreadProjects: failed.map(({ project }) => project) };
  }

  async *streamApplications(
    options: Parameters<ArgoCdClient['streamApplications']>[0],
  ): AsyncGenerator<ApplicationEvent> {
    this.broken.clear();
    const streams = new ProjectStreams({
      instance: this.instance,
      projects: options.projects ?? this.clients.names(),
      clientOf: project => this.clients.of(project),
      hasApplications: project => this.clients.hasApplications(project),
      isKnown: options.isKnown,
      onFailure: (project, error) =>
        error ? this.broken.set(project, error) : this.broken.delete(project),
      options: this.streamOptions,
    });
    for await (const event of streams.events(options.signal)) {
      if (event.type === 'changed') {
        this.clients.note(event.application);
      } else if (event.type === 'deleted') {
        this.clients.forget(event.ref);
      }
      yield event;
    }
  }

  async getApplication(
    ref: ApplicationAddress,
    options: Parameters<ArgoCdClient['getApplication']>[1] = {},
  ): Promise<Application | undefined> {
    const project =
      options.project ?? (await this.clients.find(ref, options.signal));
    return project === undefined
      ? undefined
      : this.clients.of(project).getApplication(ref, { ...options, project });
  }

  async getApplicationManifest(
    ref: ApplicationAddress,
    options: Parameters<ArgoCdClient['getApplicationManifest']>[1] = {},
  ): Promise<JsonObject | undefined> {
    const project =
      options.project ?? (await this.clients.find(ref, options.signal));
    return project === undefined
      ? undefined
      : this.clients
          .of(project)
          .getApplicationManifest(ref, { ...options, project });
  }

  async getRevisionMetadata(
    ...[ref, revision, options = {}]: Parameters<
      ArgoCdClient['getRevisionMetadata']
    >
  ): Promise<RevisionMetadata> {
    return this.clients.call(ref, options, (client, own) =>
      client.getRevisionMetadata(ref, revision, own),
    );
  }

  async createApplication(
    manifest: JsonObject,
    options: Parameters<ArgoCdClient['createApplication']>[1] = {},
  ): Promise<Application> {
    const parsed = projectSchema.safeParse(manifest);
    const client = parsed.success
      ? this.clients.of(parsed.data.spec.project)
      : // Which refuses the manifest.
        this.clients.any();
    return client.createApplication(manifest, options);
  }

  async updateApplication(
    manifest: JsonObject,
    options: Parameters<ArgoCdClient['updateApplication']>[1],
  ): Promise<Application> {
    return this.clients
      .of(options.project)
      .updateApplication(manifest, options);
  }

  async version(options: { signal?: AbortSignal } = {}): Promise<string> {
    return this.clients.any().version(options);
  }

  /** Closes the connections; open streams and calls fail. */
  async close(): Promise<void> {
    await Promise.all(this.all.map(client => client.close()));
  }

  private async listProject(
    project: string,
    options: Parameters<ArgoCdClient['listApplications']>[0],
  ): Promise<ApplicationList> {
    const list = await this.clients
      .of(project)
      .listApplications({ ...options, projects: [project] });
    if (options?.selector === undefined) {
      this.clients.replace(
        project,
        list.applications.map(({ ref }) => ref),
      );
    }
    return list;
  }
}
