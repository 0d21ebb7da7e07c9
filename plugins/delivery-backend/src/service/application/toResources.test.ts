import type {
  ResourceNode,
  ResourceSyncState,
} from '@landfall/backstage-plugin-delivery-node';
import { toResources } from './toResources';

function nodeOf(
  name: string,
  changes: Partial<ResourceNode> = {},
): ResourceNode {
  return {
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    namespace: 'dev',
    name,
    uid: `uid-of-${name}`,
    parents: [],
    images: [],
    info: [],
    externalUrls: [],
    ...changes,
  };
}

function stateOf(name: string, status: string): ResourceSyncState {
  return {
    group: 'apps',
    kind: 'Deployment',
    namespace: 'dev',
    name,
    status,
    requiresPruning: false,
    hook: false,
  };
}

describe('toResources', () => {
  it('joins each node with its sync state, by its full name', () => {
    const { nodes, parameters, syncResult } = toResources({
      tree: {
        nodes: [
          nodeOf('api'),
          nodeOf('api', { uid: 'other', namespace: 'prod' }),
          nodeOf('gone', { uid: undefined }),
        ],
        orphaned: [],
      },
      sync: {
        resources: [
          { ...stateOf('api', 'OutOfSync'), requiresPruning: true },
          stateOf('gone', 'OutOfSync'),
        ],
        syncResult: [{ group: 'apps', kind: 'Deployment', name: 'api' }],
        parameters: [[{ name: 'replicas', value: '3' }]],
      },
    });
    expect(nodes).toMatchObject([
      { id: 'uid-of-api', syncStatus: 'OutOfSync', requiresPruning: true },
      { id: 'apps/Deployment/dev/gone', syncStatus: 'OutOfSync' },
      { id: 'other', syncStatus: undefined },
    ]);
    expect(syncResult).toHaveLength(1);
    expect(parameters).toEqual([[{ name: 'replicas', value: '3' }]]);
  });

  it('shows what is known while there is no tree, or no sync state', () => {
    expect(
      toResources({
        sync: {
          resources: [stateOf('api', 'Synced')],
          syncResult: undefined,
          parameters: [],
        },
      }),
    ).toMatchObject({
      total: 1,
      nodes: [{ id: 'apps/Deployment/dev/api', syncStatus: 'Synced' }],
    });
    expect(
      toResources({ tree: { nodes: [nodeOf('api')], orphaned: [] } }),
    ).toMatchObject({ total: 1, nodes: [{ name: 'api' }] });
    expect(toResources({})).toEqual({
      total: 0,
      nodes: [],
      rollouts: [],
      syncResult: undefined,
    });
  });

  it('of too many, keeps what Git has and what is not well', () => {
    const pods = Array.from({ length: 1500 }, (_, index) =>
      nodeOf(`pod-${index}`, {
        kind: 'Pod',
        health: { status: index === 1499 ? 'Degraded' : 'Healthy' },
      }),
    );
    const { total, nodes } = toResources({
      tree: { nodes: [...pods, nodeOf('api')], orphaned: [] },
      sync: {
        resources: [stateOf('api', 'Synced')],
        syncResult: undefined,
        parameters: [],
      },
    });
    expect(total).toBe(1501);
    expect(nodes).toHaveLength(1000);
    expect(nodes.slice(0, 2).map(({ name }) => name)).toEqual([
      'api',
      'pod-1499',
    ]);
  });
});
