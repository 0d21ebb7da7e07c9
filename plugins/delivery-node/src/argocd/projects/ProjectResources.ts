import type { JsonObject } from '@backstage/types';
import type {
  ImageUpdaterResource,
  SyncWindows,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  ApplicationSyncDetails,
  ResourceComparison,
  RolloutDetails,
} from '../detailTypes';
import type {
  ArgoCdResources,
  ManagedResource,
  ResourceAction,
  ResourceEvent,
  ResourceLink,
  ResourceTree,
} from '../resourceTypes';
import type { ProjectClients } from './ProjectClients';

/** The objects of applications, each with the token of their project. */
export class ProjectResources implements ArgoCdResources {
  constructor(private readonly clients: ProjectClients) {}

  async tree(
    ...[ref, options = {}]: Parameters<ArgoCdResources['tree']>
  ): Promise<ResourceTree> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.tree(ref, own),
    );
  }

  async managed(
    ...[ref, options = {}]: Parameters<ArgoCdResources['managed']>
  ): Promise<ManagedResource[]> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.managed(ref, own),
    );
  }

  async syncDetails(
    ...[ref, options = {}]: Parameters<ArgoCdResources['syncDetails']>
  ): Promise<ApplicationSyncDetails> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.syncDetails(ref, own),
    );
  }

  async comparison(
    ...[ref, resource, options = {}]: Parameters<ArgoCdResources['comparison']>
  ): Promise<ResourceComparison | undefined> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.comparison(ref, resource, own),
    );
  }

  async rollouts(
    ...[ref, options = {}]: Parameters<ArgoCdResources['rollouts']>
  ): Promise<RolloutDetails[]> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.rollouts(ref, own),
    );
  }

  async imageUpdaters(
    ...[ref, options = {}]: Parameters<ArgoCdResources['imageUpdaters']>
  ): Promise<ImageUpdaterResource[]> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.imageUpdaters(ref, own),
    );
  }

  async syncWindows(
    ...[ref, options = {}]: Parameters<ArgoCdResources['syncWindows']>
  ): Promise<SyncWindows> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.syncWindows(ref, own),
    );
  }

  async events(
    ...[ref, options = {}]: Parameters<ArgoCdResources['events']>
  ): Promise<ResourceEvent[]> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.events(ref, own),
    );
  }

  async manifests(
    ...[ref, options = {}]: Parameters<ArgoCdResources['manifests']>
  ): Promise<JsonObject[]> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.manifests(ref, own),
    );
  }

  async links(
    ...[ref, options = {}]: Parameters<ArgoCdResources['links']>
  ): Promise<ResourceLink[]> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.links(ref, own),
    );
  }

  async actions(
    ...[ref, resource, options = {}]: Parameters<ArgoCdResources['actions']>
  ): Promise<ResourceAction[]> {
    return this.clients.call(ref, options, ({ resources }, own) =>
      resources.actions(ref, resource, own),
    );
  }

  async runAction(
    ...[ref, resource, action, options = {}]: Parameters<
      ArgoCdResources['runAction']
    >
  ): Promise<void> {
    await this.clients.call(ref, options, ({ resources }, own) =>
      resources.runAction(ref, resource, action, own),
    );
  }
}
