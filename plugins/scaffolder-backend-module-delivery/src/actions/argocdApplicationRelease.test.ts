import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { ArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import { FakeApplications } from '../__testUtils__/fakeApplications';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { createArgoCdApplicationReleaseAction } from './argocdApplicationRelease';

const CHILD = {
  metadata: {
    name: 'api-dev',
    namespace: 'argocd',
    annotations: {
      'landfall.io/entity-ref': 'component:default/api',
      'argocd.argoproj.io/tracking-id':
        'apps:argoproj.io/Application:argocd/api-dev',
    },
  },
  spec: { project: 'shop' },
};

const UNMANAGED = {
  ...CHILD,
  metadata: {
    ...CHILD.metadata,
    annotations: { 'landfall.io/entity-ref': 'component:default/api' },
  },
};

/** An app of apps that has the child in Git, or would prune it. */
function parent(requiresPruning?: boolean) {
  return {
    metadata: { name: 'apps', namespace: 'argocd' },
    spec: { project: 'default' },
    status: {
      resources: [
        {
          group: 'argoproj.io',
          kind: 'Application',
          namespace: 'argocd',
          name: 'api-dev',
          ...(requiresPruning && { requiresPruning }),
        },
      ],
    },
  };
}

/** An Argo CD whose app of apps reads Git when it is asked to. */
class RefreshedApplications extends FakeApplications {
  onRefresh: () => void = () => {};

  override getApplication: ArgoCdClient['getApplication'] = async (
    ref,
    options,
  ) => {
    this.reads.push({ ref, refresh: options?.refresh });
    this.onRefresh();
    return undefined;
  };
}

async function release(
  argocd: FakeApplications,
  more: { timeoutSeconds?: number; checkOnly?: boolean } = {},
) {
  const ctx = createMockActionContext({
    input: {
      name: 'api-dev',
      project: 'shop',
      entityRef: 'component:api',
      timeoutSeconds: 30,
      ...more,
    },
  });
  await createArgoCdApplicationReleaseAction({
    instances: instancesOf(argocd),
    intervalSeconds: 0.01,
  }).handler(ctx);
  return Object.fromEntries(jest.mocked(ctx.output).mock.calls);
}

describe('delivery:argocd:application:release', () => {
  it.each<[string, object[], object]>([
    ['gone', [], { state: 'gone' }],
    ['nothing manages it', [UNMANAGED], { state: 'free' }],
    [
      'its app of apps would prune it',
      [CHILD, parent(true)],
      { state: 'free' },
    ],
  ])('ends if %s', async (_, applications, expected) => {
    const argocd = new FakeApplications({
      applications: JSON.parse(JSON.stringify(applications)),
    });
    await expect(release(argocd)).resolves.toEqual(expected);
  });

  it('has the app of apps read Git once, and waits for it', async () => {
    const argocd = new RefreshedApplications({
      applications: [CHILD, parent()],
    });
    argocd.onRefresh = () => {
      setTimeout(() => argocd.put(parent(true)), 30);
    };
    await expect(release(argocd)).resolves.toEqual({ state: 'free' });
    expect(argocd.reads).toEqual([
      {
        ref: { instance: 'main', name: 'apps', namespace: undefined },
        refresh: 'normal',
      },
    ]);
  });

  it('says what to do if Git still has it', async () => {
    const argocd = new RefreshedApplications({
      applications: [CHILD, parent()],
    });
    await expect(release(argocd, { timeoutSeconds: 0.05 })).rejects.toThrow(
      'The Application apps still manages the Application api-dev after 0.05 s',
    );
    expect(argocd.writes).toEqual([]);
  });

  it('says which right is missing to read the app of apps', async () => {
    const argocd = new RefreshedApplications({
      applications: [CHILD, parent(true)],
      hidden: ['default'],
    });
    await expect(release(argocd, { timeoutSeconds: 0.05 })).rejects.toThrow(
      'Grant the account "applications, get" for apps',
    );
  });

  it('refuses an Application of an ApplicationSet', async () => {
    const argocd = new FakeApplications({
      applications: [
        {
          ...CHILD,
          metadata: {
            ...CHILD.metadata,
            ownerReferences: [{ kind: 'ApplicationSet', name: 'all' }],
          },
        },
      ],
    });
    await expect(release(argocd)).rejects.toThrow(
      'The ApplicationSet all generates the Application api-dev',
    );
  });

  it.each<[string, object | undefined, string]>([
    [
      'another entity',
      { 'landfall.io/entity-ref': 'component:default/web' },
      'belongs to component:default/web',
    ],
    ['nobody', undefined, 'has no annotation landfall.io/entity-ref'],
  ])('refuses an Application of %s', async (_, annotations, message) => {
    const argocd = new FakeApplications({
      applications: [
        JSON.parse(
          JSON.stringify({
            ...CHILD,
            metadata: { ...CHILD.metadata, annotations },
          }),
        ),
      ],
    });
    await expect(release(argocd, { checkOnly: true })).rejects.toThrow(message);
    await expect(release(argocd)).rejects.toThrow(message);
  });

  it('only checks it if told so', async () => {
    const argocd = new RefreshedApplications({
      applications: [CHILD, parent()],
    });
    await expect(release(argocd, { checkOnly: true })).resolves.toEqual({
      state: 'managed',
    });
    expect(argocd.reads).toEqual([]);
  });
});
