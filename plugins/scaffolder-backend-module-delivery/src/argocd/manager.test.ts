import {
  ArgoCdForbiddenError,
  ArgoCdUnreachableError,
} from '@landfall/backstage-plugin-delivery-node';
import { managerOf } from './manager';

const TRACKING = 'argocd.argoproj.io/tracking-id';

function application(metadata: object = {}) {
  return JSON.parse(
    JSON.stringify({
      metadata: { name: 'api-dev', namespace: 'argocd', ...metadata },
    }),
  );
}

const tracked = (
  by = 'apps',
  kind = 'argoproj.io/Application',
  own = 'argocd/api-dev',
) => application({ annotations: { [TRACKING]: `${by}:${kind}:${own}` } });

const inGit = {
  group: 'argoproj.io',
  kind: 'Application',
  namespace: 'argocd',
  name: 'api-dev',
};

describe('managerOf', () => {
  const asked: object[] = [];
  const ask = (one: object, parent?: object | Error) =>
    managerOf(
      {
        instance: 'main',
        getApplicationManifest: async ref => {
          asked.push(ref);
          if (parent instanceof Error) {
            throw parent;
          }
          return parent && JSON.parse(JSON.stringify(parent));
        },
      },
      JSON.parse(JSON.stringify(one)),
    );
  const parentWith = (...resources: object[]) => ({ status: { resources } });

  beforeEach(() => {
    asked.length = 0;
  });

  it('is the ApplicationSet that owns it', async () => {
    const owned = application({
      ownerReferences: [{ kind: 'ApplicationSet', name: 'services' }],
    });
    await expect(ask(owned)).resolves.toEqual({
      kind: 'ApplicationSet',
      name: 'services',
    });
  });

  it.each([
    ['the annotation', tracked()],
    [
      'the label',
      application({ labels: { 'app.kubernetes.io/instance': 'apps' } }),
    ],
  ])('is the Application that tracks it by %s', async (_, one) => {
    await expect(ask(one, parentWith(inGit))).resolves.toEqual({
      kind: 'Application',
      name: 'apps',
    });
    expect(asked).toEqual([{ instance: 'main', name: 'apps' }]);
  });

  it('is an Application in another namespace', async () => {
    await ask(tracked('team_apps'), parentWith(inGit));
    expect(asked).toEqual([
      { instance: 'main', name: 'apps', namespace: 'team' },
    ]);
  });

  it.each([
    ['nothing tracks it', application()],
    ['the annotation is a copy', tracked('apps', undefined, 'argocd/other')],
    ['the annotation is of another kind', tracked('apps', 'apps/Deployment')],
    [
      'the label is its own name',
      application({ labels: { 'app.kubernetes.io/instance': 'api-dev' } }),
    ],
  ])('is nothing if %s', async (_, one) => {
    await expect(ask(one, parentWith(inGit))).resolves.toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each([
    ['is gone', undefined],
    ['has no resources', {}],
    ['has others', parentWith({ ...inGit, name: 'other' })],
    ['would prune it', parentWith({ ...inGit, requiresPruning: true })],
  ])('is nothing if the Application that tracks it %s', async (_, parent) => {
    await expect(ask(tracked(), parent)).resolves.toBeUndefined();
  });

  it('is uncertain if that may not be read', async () => {
    const options = { instance: 'main', status: 403 };
    await expect(
      ask(tracked(), new ArgoCdForbiddenError('no', options)),
    ).resolves.toEqual({
      kind: 'Application',
      name: 'apps',
      isUncertain: true,
    });
    await expect(
      ask(tracked(), new ArgoCdUnreachableError('away', options)),
    ).rejects.toThrow('away');
  });
});
