import type {
  ApplicationResourceNode,
  ApplicationResources,
  ResourceRef,
  SyncActionRequest,
} from '@landfall/backstage-plugin-delivery-common';

/** What somebody chose in the dialog of a sync. @internal */
export interface SyncChoice {
  /** Ids of the resources that stay as they are. */
  excluded: ReadonlySet<string>;
  prune: boolean;
  force: boolean;
  replace: boolean;
}

/** All resources, and nothing that could destroy something. @internal */
export const NO_CHOICE: SyncChoice = {
  excluded: new Set(),
  prune: false,
  force: false,
  replace: false,
};

/** What differs from Git, or is no longer in it. @internal */
export function outOfSyncOf(
  resources: Pick<ApplicationResources, 'nodes'> | undefined,
): ApplicationResourceNode[] {
  return (resources?.nodes ?? []).filter(
    ({ syncStatus, hook }) => syncStatus === 'OutOfSync' && !hook,
  );
}

/** The options of a sync request. @internal */
export function toSyncOptions(
  choice: SyncChoice,
  nodes: readonly ApplicationResourceNode[],
): Pick<SyncActionRequest, 'resources' | 'prune' | 'force' | 'replace'> {
  const { excluded, prune, force, replace } = choice;
  const chosen = nodes.filter(({ id }) => !excluded.has(id));
  return {
    ...(chosen.length < nodes.length && { resources: chosen.map(toRef) }),
    ...(prune && { prune }),
    ...(force && { force }),
    ...(replace && { replace }),
  };
}

function toRef(node: ApplicationResourceNode): ResourceRef {
  const { group, kind, namespace, name } = node;
  return {
    ...(group && { group }),
    kind,
    ...(namespace && { namespace }),
    name,
  };
}
