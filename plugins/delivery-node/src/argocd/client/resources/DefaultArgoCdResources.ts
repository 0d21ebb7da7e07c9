import type { JsonObject } from '@backstage/types';
import {
  type ApplicationRef,
  IMAGE_UPDATER_GROUP,
  IMAGE_UPDATER_KIND,
  type ImageUpdaterResource,
  type SyncWindows,
} from '@landfall/backstage-plugin-delivery-common';
import type { z } from 'zod';
import { managedImageUpdatersSchema } from '../../decode';
import type {
  ApplicationSyncDetails,
  ResourceComparison,
  RolloutDetails,
} from '../../detailTypes';
import type {
  ArgoCdResources,
  ManagedResource,
  ResourceAction,
  ResourceEvent,
  ResourceLink,
  ResourceReadOptions,
  ResourceRef,
  ResourceTree,
} from '../../resourceTypes';
import { parseAnswer } from '../answers';
import type { ArgoCdHttp } from '../ArgoCdHttp';
import { applicationPath, type NameCheck } from '../names';
import type { Query } from '../query';
import { actionsSchema, linksSchema, toActions, toLinks } from './actions';
import { comparisonsSchema, toComparison } from './comparison';
import { eventsSchema, toEvents } from './events';
import {
  managedResourcesSchema,
  manifestsSchema,
  toManagedResources,
  toManifests,
} from './manifests';
import {
  ROLLOUT_GROUP,
  ROLLOUT_KIND,
  rolloutsSchema,
  toRollouts,
} from './rollouts';
import { syncDetailsSchema, toSyncDetails } from './syncDetails';
import { syncWindowsSchema, toSyncWindows } from './syncWindows';
import { toTree, treeSchema } from './tree';

/** The Kubernetes objects of the applications of one Argo CD instance. */
export class DefaultArgoCdResources implements ArgoCdResources {
  static create(options: {
    instance: string;
    http: ArgoCdHttp;
    names: NameCheck;
  }): DefaultArgoCdResources {
    return new DefaultArgoCdResources(options);
  }

  private constructor(
    private readonly context: Parameters<
      typeof DefaultArgoCdResources.create
    >[0],
  ) {}

  async tree(
    ref: ApplicationRef,
    options: ResourceReadOptions = {},
  ): Promise<ResourceTree> {
    return toTree(await this.read(ref, 'resource-tree', treeSchema, options));
  }

  async managed(
    ref: ApplicationRef,
    options: ResourceReadOptions = {},
  ): Promise<ManagedResource[]> {
    return toManagedResources(
      await this.read(
        ref,
        'managed-resources',
        managedResourcesSchema,
        options,
      ),
    );
  }

  async syncDetails(
    ref: ApplicationRef,
    options: ResourceReadOptions = {},
  ): Promise<ApplicationSyncDetails> {
    return toSyncDetails(
      await this.read(ref, undefined, syncDetailsSchema, options),
    );
  }

  async comparison(
    ref: ApplicationRef,
    resource: Omit<ResourceRef, 'version'>,
    options: ResourceReadOptions = {},
  ): Promise<ResourceComparison | undefined> {
    const { group, kind, namespace, name } = resource;
    return toComparison(
      await this.read(ref, 'managed-resources', comparisonsSchema, options, {
        group,
        kind,
        namespace,
        name,
      }),
      resource,
    );
  }

  async rollouts(
    ref: ApplicationRef,
    options: ResourceReadOptions = {},
  ): Promise<RolloutDetails[]> {
    return toRollouts(
      await this.read(ref, 'managed-resources', rolloutsSchema, options, {
        group: ROLLOUT_GROUP,
        kind: ROLLOUT_KIND,
      }),
    );
  }

  async imageUpdaters(
    ref: ApplicationRef,
    options: ResourceReadOptions = {},
  ): Promise<ImageUpdaterResource[]> {
    return this.read(
      ref,
      'managed-resources',
      managedImageUpdatersSchema,
      options,
      { group: IMAGE_UPDATER_GROUP, kind: IMAGE_UPDATER_KIND },
    );
  }

  async syncWindows(
    ref: ApplicationRef,
    options: ResourceReadOptions = {},
  ): Promise<SyncWindows> {
    return toSyncWindows(
      await this.read(ref, 'syncwindows', syncWindowsSchema, options),
    );
  }

  async events(
    ref: ApplicationRef,
    options: Parameters<ArgoCdResources['events']>[1] = {},
  ): Promise<ResourceEvent[]> {
    const { resource } = options;
    return toEvents(
      await this.read(ref, 'events', eventsSchema, options, {
        resourceNamespace: resource?.namespace,
        resourceName: resource?.name,
        resourceUID: resource?.uid,
      }),
    );
  }

  async manifests(
    ref: ApplicationRef,
    options: Parameters<ArgoCdResources['manifests']>[1] = {},
  ): Promise<JsonObject[]> {
    return toManifests(
      await this.read(ref, 'manifests', manifestsSchema, options, {
        revision: options.revision,
      }),
    );
  }

  async links(
    ref: ApplicationRef,
    options: ResourceReadOptions = {},
  ): Promise<ResourceLink[]> {
    return toLinks(await this.read(ref, 'links', linksSchema, options));
  }

  async actions(
    ref: ApplicationRef,
    resource: ResourceRef,
    options: ResourceReadOptions = {},
  ): Promise<ResourceAction[]> {
    return toActions(
      await this.read(ref, 'resource/actions', actionsSchema, options, {
        namespace: resource.namespace,
        resourceName: resource.name,
        version: resource.version,
        kind: resource.kind,
        group: resource.group,
      }),
    );
  }

  async runAction(
    ref: ApplicationRef,
    resource: ResourceRef,
    action: string,
    options: ResourceReadOptions = {},
  ): Promise<void> {
    const { http, names } = this.context;
    await http.json({
      method: 'POST',
      path: `${applicationPath(
        names,
        ref,
        options.project,
      )}/resource/actions/v2`,
      body: {
        namespace: resource.namespace,
        resourceName: resource.name,
        group: resource.group,
        kind: resource.kind,
        version: resource.version,
        action,
        appNamespace: ref.namespace,
        project: options.project,
      },
      signal: options.signal,
    });
  }

  private async read<T extends z.ZodType>(
    ref: ApplicationRef,
    /** Undefined: the application itself. */
    what: string | undefined,
    schema: T,
    options: ResourceReadOptions,
    query: Query = {},
  ): Promise<z.infer<T>> {
    const { http, names, instance } = this.context;
    const { project, signal, timeoutMs, maxBytes } = options;
    const path = applicationPath(names, ref, project);
    const answer = await http.json({
      path: what === undefined ? path : `${path}/${what}`,
      query: { ...query, appNamespace: ref.namespace, project },
      signal,
      timeoutMs,
      maxBytes,
    });
    return parseAnswer(instance, schema, answer);
  }
}
