import type { JsonObject } from '@backstage/types';
import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import type { ArgoCdCredentials, ArgoCdInstanceConfig } from '../config';
import {
  decodeApplication,
  decodeApplicationList,
  decodeTime,
  revisionMetadataSchema,
  versionSchema,
} from '../decode';
import type { ArgoCdAccounts } from '../accountTypes';
import type { ArgoCdApplicationSets, ArgoCdProjects } from '../adminTypes';
import type { ArgoCdResources } from '../resourceTypes';
import type {
  ApplicationAddress,
  ApplicationEvent,
  ApplicationList,
  ArgoCdClient,
  ArgoCdOperations,
  RevisionMetadata,
} from '../types';
import {
  objectSchema,
  orUndefined,
  parseAnswer,
  unexpectedAnswer,
} from './answers';
import { ArgoCdHttp, type ArgoCdRequest } from './ArgoCdHttp';
import { type ArgoCdAuth, readSecret, SessionAuth, TokenAuth } from './auth';
import { DefaultArgoCdAccounts } from './DefaultArgoCdAccounts';
import { DefaultArgoCdApplicationSets } from './DefaultArgoCdApplicationSets';
import { DefaultArgoCdOperations } from './DefaultArgoCdOperations';
import { DefaultArgoCdProjects } from './DefaultArgoCdProjects';
import { applicationPath, NameCheck } from './names';
import { DefaultArgoCdResources } from './resources/DefaultArgoCdResources';
import { readApplicationEvents } from './stream';
import { type ArgoCdTimeouts, DEFAULT_TIMEOUTS } from './timeouts';

const APPLICATIONS = '/api/v1/applications';

const sessionSchema = z.object({ token: z.string().min(1) });

/**
 * One Argo CD instance, accessed by its REST API, with its own connections,
 * tokens and certificate authorities.
 *
 * @public
 */
export class DefaultArgoCdClient implements ArgoCdClient {
  /** Makes no call. The first request signs in if needed. */
  static create(
    config: ArgoCdInstanceConfig,
    options: {
      timeouts?: Partial<ArgoCdTimeouts>;
      /** Milliseconds since the epoch. */
      now?: () => number;
      random?: () => number;
    } = {},
  ): DefaultArgoCdClient {
    const instance = config.name;
    const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
    const http = ArgoCdHttp.create({
      instance,
      url: config.url,
      ca: config.ca,
      timeouts,
      random: options.random ?? Math.random,
    });
    const authOf = (credentials: ArgoCdCredentials): ArgoCdAuth =>
      'token' in credentials
        ? new TokenAuth(instance, credentials.token)
        : new SessionAuth({
            instance,
            now: options.now ?? Date.now,
            logIn: async () => {
              const session = await http.json({
                method: 'POST',
                path: '/api/v1/session',
                body: {
                  username: credentials.username,
                  password: await readSecret(instance, credentials.password),
                },
                auth: 'none',
              });
              return parseAnswer(instance, sessionSchema, session).token;
            },
          });
    const read = authOf(config.credentials);
    http.useAuth({ read, write: config.write ? authOf(config.write) : read });
    return new DefaultArgoCdClient(config, http, timeouts);
  }

  readonly instance: string;
  readonly frontendUrl: string;
  readonly operations: ArgoCdOperations;
  readonly resources: ArgoCdResources;
  readonly accounts: ArgoCdAccounts;
  readonly projects: ArgoCdProjects;
  readonly applicationSets: ArgoCdApplicationSets;
  private readonly names: NameCheck;

  private constructor(
    config: ArgoCdInstanceConfig,
    private readonly http: ArgoCdHttp,
    private readonly timeouts: ArgoCdTimeouts,
  ) {
    this.instance = config.name;
    this.frontendUrl = config.frontendUrl;
    this.names = new NameCheck(config.name);
    const context = { instance: this.instance, http, names: this.names };
    this.operations = DefaultArgoCdOperations.create({
      ...context,
      timeouts,
    });
    this.resources = DefaultArgoCdResources.create(context);
    this.accounts = DefaultArgoCdAccounts.create(context);
    this.projects = DefaultArgoCdProjects.create(context);
    this.applicationSets = DefaultArgoCdApplicationSets.create(context);
  }

  async listApplications(
    options: Parameters<ArgoCdClient['listApplications']>[0] = {},
  ): Promise<ApplicationList> {
    options.projects?.forEach(project => this.names.project(project));
    try {
      return await this.http.read(
        {
          path: APPLICATIONS,
          query: { selector: options.selector, projects: options.projects },
          signal: options.signal,
          timeoutMs: options.timeoutMs ?? this.timeouts.listMs,
          idleMs: options.idleTimeoutMs ?? this.timeouts.listIdleMs,
        },
        body => decodeApplicationList(this.instance, body),
      );
    } catch (error) {
      throw error instanceof z.ZodError
        ? unexpectedAnswer(this.instance, error)
        : error;
    }
  }

  async getApplication(
    ref: ApplicationAddress,
    options: Parameters<ArgoCdClient['getApplication']>[1] = {},
  ): Promise<Application | undefined> {
    const raw = await this.read(ref, options);
    return raw === undefined ? undefined : this.decode(raw);
  }

  async getApplicationManifest(
    ref: ApplicationAddress,
    options: Parameters<ArgoCdClient['getApplicationManifest']>[1] = {},
  ): Promise<JsonObject | undefined> {
    const raw = await this.read(ref, options);
    return raw === undefined
      ? undefined
      : parseAnswer(this.instance, objectSchema, raw);
  }

  async *streamApplications(
    options: Parameters<ArgoCdClient['streamApplications']>[0],
  ): AsyncGenerator<ApplicationEvent> {
    const { signal, isKnown, projects } = options;
    projects?.forEach(project => this.names.project(project));
    try {
      const response = await this.http.events({
        path: '/api/v1/stream/applications',
        query: { projects },
        signal,
      });
      if (response.body) {
        yield* readApplicationEvents(this.instance, response.body, isKnown);
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      throw this.http.unreachable(error);
    }
  }

  async getRevisionMetadata(
    ref: ApplicationRef,
    revision: string,
    options: Parameters<ArgoCdClient['getRevisionMetadata']>[2] = {},
  ): Promise<RevisionMetadata> {
    this.names.revision(revision);
    const raw = await this.http.json({
      path: `${applicationPath(
        this.names,
        ref,
        options.project,
      )}/revisions/${encodeURIComponent(revision)}/metadata`,
      query: {
        appNamespace: ref.namespace,
        project: options.project,
        sourceIndex: options.sourceIndex,
        versionId: options.historyId,
      },
      signal: options.signal,
    });
    const { author, date, message, tags } = parseAnswer(
      this.instance,
      revisionMetadataSchema,
      raw,
    );
    return {
      author: author ?? '',
      date: decodeTime(date) ?? date,
      message: message ?? '',
      tags: tags ?? [],
    };
  }

  async createApplication(
    manifest: JsonObject,
    options: Parameters<ArgoCdClient['createApplication']>[1] = {},
  ): Promise<Application> {
    this.names.manifest(manifest);
    const raw = await this.http.json({
      method: 'POST',
      path: APPLICATIONS,
      query: { upsert: options.upsert, validate: options.validate },
      body: manifest,
      signal: options.signal,
    });
    return this.decode(raw);
  }

  async updateApplication(
    manifest: JsonObject,
    options: Parameters<ArgoCdClient['updateApplication']>[1],
  ): Promise<Application> {
    const { name, namespace } = this.names.manifest(manifest);
    const ref = { instance: this.instance, name, namespace };
    const raw = await this.http.json({
      method: 'PUT',
      path: applicationPath(this.names, ref, options.project),
      query: { project: options.project, validate: options.validate },
      body: manifest,
      signal: options.signal,
    });
    return this.decode(raw);
  }

  async version(options: { signal?: AbortSignal } = {}): Promise<string> {
    const raw = await this.http.json({
      path: '/api/version',
      auth: 'none',
      signal: options.signal,
    });
    return parseAnswer(this.instance, versionSchema, raw).Version;
  }

  /** Closes the connections; open streams and calls fail. */
  async close(): Promise<void> {
    await this.http.close();
  }

  private async read(
    ref: ApplicationAddress,
    options: {
      project?: string;
      refresh?: 'normal' | 'hard';
      signal?: AbortSignal;
    },
  ): Promise<unknown> {
    const request: ArgoCdRequest = {
      path: applicationPath(this.names, ref, options.project),
      query: {
        appNamespace: ref.namespace,
        project: options.project,
        refresh: options.refresh,
      },
      signal: options.signal,
      timeoutMs: options.refresh ? this.timeouts.refreshMs : undefined,
    };
    return orUndefined(this.http.json(request));
  }

  private decode(raw: unknown): Application {
    const decoded = decodeApplication(this.instance, raw);
    if (!decoded.ok) {
      throw unexpectedAnswer(this.instance, decoded.error);
    }
    return decoded.application;
  }
}
