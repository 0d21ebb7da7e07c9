import type {
  ApplicationResourceNode,
  ApplicationResources,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  ApplicationSyncDetails,
  ResourceNode,
  ResourceSyncState,
  ResourceTree,
  RolloutDetails,
} from '@landfall/backstage-plugin-delivery-node';

/** More can't be overlooked; Argo CD's own page has them. */
const MAX_NODES = 1000;

type Named = Pick<ResourceNode, 'group' | 'kind' | 'namespace' | 'name'>;

/** What was read of an application's resources; undefined if it couldn't be. */
interface ResourceParts {
  tree?: ResourceTree;
  sync?: ApplicationSyncDetails;
  rollouts?: RolloutDetails[];
}

/**
 * The resources as the API sends them. Without a tree, those that the latest
 * comparison found.
 *
 * @internal
 */
export function toResources({
  tree,
  sync,
  rollouts = [],
}: ResourceParts): Omit<ApplicationResources, 'problems'> {
  const states = new Map(
    sync?.resources.map(state => [nameKey(state), state]) ?? [],
  );
  const nodes = tree
    ? tree.nodes.map(node => toNode(node, states.get(nameKey(node))))
    : [...states.values()].map(state =>
        toNode({ ...state, parents: [], images: [], info: [] }, state),
      );
  return {
    total: nodes.length,
    nodes: nodes.sort(importantFirst).slice(0, MAX_NODES),
    rollouts,
    syncResult: sync?.syncResult,
    parameters: sync?.parameters,
  };
}

function toNode(
  {
    group,
    kind,
    namespace,
    name,
    uid,
    parents,
    health,
    images,
    info,
    createdAt,
  }: Omit<ResourceNode, 'version' | 'externalUrls'>,
  state: ResourceSyncState | undefined,
): ApplicationResourceNode {
  return {
    id: uid ?? nameKey({ group, kind, namespace, name }),
    parents,
    group,
    kind,
    namespace,
    name,
    health,
    syncStatus: state?.status,
    ...(state?.requiresPruning && { requiresPruning: true }),
    ...(state?.hook && { hook: true }),
    images,
    info,
    createdAt,
  };
}

/** If some are left out, it should be those that nobody has to look at. */
function importantFirst(
  a: ApplicationResourceNode,
  b: ApplicationResourceNode,
): number {
  return importance(b) - importance(a) || a.name.localeCompare(b.name);
}

function importance({ syncStatus, health }: ApplicationResourceNode): number {
  const isUnwell = health && health.status !== 'Healthy';
  return (syncStatus ? 2 : 0) + (isUnwell ? 1 : 0);
}

function nameKey({ group, kind, namespace = '', name }: Named): string {
  return [group, kind, namespace, name].join('/');
}
