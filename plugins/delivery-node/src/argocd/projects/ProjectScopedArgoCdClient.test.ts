import { environmentOf } from '@landfall/backstage-plugin-delivery-common';
import { CLUSTER_ARN, ProjectArgoCd } from '../../__testUtils__/ProjectArgoCd';

const REF = { instance: 'main', namespace: 'argocd', name: 'api' };

let argocd: ProjectArgoCd;

beforeEach(async () => {
  argocd = await ProjectArgoCd.start();
  argocd.set('shop', 'api');
  argocd.set('shop', 'web');
  argocd.set('bank', 'ledger');
});

afterEach(async () => {
  await argocd.stop();
});

const names = ({
  applications,
}: {
  applications: { ref: { name: string } }[];
}) => applications.map(({ ref }) => ref.name);

describe('lists of an instance with a token for each project', () => {
  it('are those of all projects', async () => {
    const list = await argocd.client(['shop', 'bank']).listApplications();

    expect(names(list)).toEqual(['api', 'web', 'ledger']);
    expect(list).toMatchObject({ undecodable: [], unreadProjects: [] });
    expect(
      argocd.server.received.map(
        ({ url, headers }) => `${url} ${headers.authorization}`,
      ),
    ).toEqual([
      '/api/v1/applications?projects=shop Bearer shop-token',
      '/api/v1/applications?projects=bank Bearer bank-token',
    ]);
  });

  it('contain the other projects if one fails, and name that one', async () => {
    argocd.refused.add('bank');
    const list = await argocd.client(['shop', 'bank']).listApplications();

    expect(names(list)).toEqual(['api', 'web']);
    expect(list.unreadProjects).toEqual(['bank']);
    expect(list.undecodable.map(({ error }) => error.message)).toEqual([
      expect.stringMatching(
        /^The project 'bank' of Argo CD 'main' can't be listed, so its applications keep their last known state: .*token is expired/,
      ),
    ]);
  });

  it('fail if all projects do', async () => {
    argocd.refused.add('shop').add('bank');

    await expect(
      argocd.client(['shop', 'bank']).listApplications(),
    ).rejects.toMatchObject({ name: 'ArgoCdUnauthenticatedError' });
  });

  it('keep the ARN of a cluster as the destination, for environments', async () => {
    const { applications } = await argocd.client(['shop']).listApplications();

    expect(applications[0].destination.server).toBe(CLUSTER_ARN);
    expect(
      environmentOf(applications[0], [
        { name: 'prod', match: { cluster: CLUSTER_ARN } },
      ]),
    ).toBe('prod');
  });

  it('are limited to the given projects, and report one without a token', async () => {
    const client = argocd.client(['shop', 'bank']);

    expect(
      names(await client.listApplications({ projects: ['bank'] })),
    ).toEqual(['ledger']);
    expect(
      await client.listApplications({ projects: ['bank', 'games'] }),
    ).toMatchObject({
      unreadProjects: ['games'],
      undecodable: [
        { error: { message: expect.stringContaining('has no token') } },
      ],
    });
  });

  it('end with the signal', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));

    await expect(
      argocd.client(['shop']).listApplications({ signal }),
    ).rejects.toThrow('stopped');
  });
});

describe('calls about an application', () => {
  it('use the token of the given project, and that for writing', async () => {
    const { operations, resources } = argocd.client(['bank', 'shop']);
    await operations.refresh(REF, { hard: true }, { project: 'shop' });
    await operations.sync(REF, {}, { project: 'shop' });
    await operations.rollback(REF, { historyId: 1 }, { project: 'shop' });
    await operations.terminate(REF, { project: 'shop' });
    await operations.deleteApplication(REF, { project: 'shop' });
    await resources.runAction(
      REF,
      { version: 'v1', kind: 'Pod', name: 'a', namespace: 'shop' },
      'restart',
      { project: 'shop' },
    );

    const path = '/api/v1/applications/api';
    expect(argocd.calls).toEqual([
      `GET ${path} Bearer shop-token`,
      `POST ${path}/sync Bearer shop-write`,
      `POST ${path}/rollback Bearer shop-write`,
      `DELETE ${path}/operation Bearer shop-write`,
      `DELETE ${path} Bearer shop-write`,
      `POST ${path}/resource/actions/v2 Bearer shop-write`,
    ]);
  });

  it('use the project that the list showed', async () => {
    const client = argocd.client(['bank', 'shop']);
    await client.listApplications();
    await client.operations.sync(REF);
    await client.getApplication(REF);

    expect(argocd.calls).toEqual([
      'POST /api/v1/applications/api/sync Bearer shop-write',
      'GET /api/v1/applications/api Bearer shop-token',
    ]);
  });

  it('search the projects for an application that was not read before', async () => {
    const client = argocd.client(['bank', 'shop']);

    expect(
      await client.getApplication({ instance: 'main', name: 'api' }),
    ).toMatchObject({ project: 'shop' });
    expect(await client.getApplicationManifest(REF)).toMatchObject({
      spec: { project: 'shop' },
    });
    expect(
      await client.getApplication({ ...REF, name: 'missing' }),
    ).toBeUndefined();
    await expect(
      client.operations.sync({ ...REF, name: 'missing' }),
    ).rejects.toMatchObject({
      name: 'ArgoCdNotFoundError',
      message: "Argo CD 'main' has no application 'missing' in bank, shop",
    });
  });

  it('don’t take an application for missing while a project can’t be read', async () => {
    argocd.refused.add('bank');
    const client = argocd.client(['bank', 'shop']);

    await expect(
      client.getApplication({ ...REF, name: 'ledger' }),
    ).rejects.toMatchObject({ name: 'ArgoCdUnauthenticatedError' });
    expect(await client.getApplication(REF)).toMatchObject({
      project: 'shop',
    });
  });

  it('are refused without a request for a project without a token', async () => {
    const client = argocd.client(['shop']);

    await expect(
      client.operations.sync(REF, {}, { project: 'games' }),
    ).rejects.toMatchObject({
      name: 'ArgoCdForbiddenError',
      message:
        "Argo CD 'main' was not called: the project 'games' has no token. Add one to the instance's projectTokens. Projects with a token: shop",
    });
    expect(argocd.server.received).toEqual([]);
  });
});

describe('other calls', () => {
  it('create an application with the token of the project in its manifest', async () => {
    const client = argocd.client(['bank', 'shop']);
    const manifest = {
      metadata: { name: 'api', namespace: 'argocd' },
      spec: { project: 'shop' },
    };
    await client.createApplication(manifest, { upsert: true });
    await client.updateApplication(manifest, { project: 'shop' });
    await expect(
      client.createApplication({ metadata: { name: 'api' }, spec: {} }),
    ).rejects.toThrow("the project 'default' has no token");

    expect(
      argocd.server.received.map(({ method, headers }) => [
        method,
        headers.authorization,
      ]),
    ).toEqual([
      ['POST', 'Bearer shop-write'],
      ['PUT', 'Bearer shop-write'],
    ]);
  });

  it('ask for permissions with the token of the project', async () => {
    const { accounts } = argocd.client(['bank', 'shop']);
    const right = { resource: 'applications', action: 'get' };

    expect(await accounts.canI({ ...right, object: 'shop/*' })).toBe(true);
    expect(await accounts.canI({ ...right, object: 'games/*' })).toBe(false);
    expect(argocd.calls).toEqual([
      'GET /api/v1/account/can-i/applications/get/shop/* Bearer shop-token',
    ]);
  });

  it('create an ApplicationSet with the token of the project in its template', async () => {
    const { applicationSets } = argocd.client(['bank', 'shop']);
    const template = { spec: { project: 'shop' } };
    await applicationSets.createApplicationSet({
      metadata: { name: 'services' },
      spec: { template },
    });
    await applicationSets.getApplicationSet({ name: 'services' });

    expect(argocd.calls).toEqual([
      'POST /api/v1/applicationsets Bearer shop-write',
      'GET /api/v1/applicationsets/services Bearer bank-token',
    ]);
  });

  it('can neither read nor change projects', async () => {
    const { projects } = argocd.client(['shop']);
    for (const call of [
      () => projects.getProject('shop'),
      () => projects.createProject({ metadata: { name: 'shop' } }),
      () => projects.updateProject({ metadata: { name: 'shop' } }),
    ]) {
      await expect(call()).rejects.toThrow('Configure an account for that');
    }
    expect(argocd.server.received).toEqual([]);
  });

  it('refuse tokens of accounts, and read the version', async () => {
    const client = argocd.client(['shop']);

    await expect(
      client.accounts.createAccountToken('ci', {}),
    ).rejects.toMatchObject({ name: 'ArgoCdInvalidRequestError' });
    expect(await client.version()).toBe('v3.5.1');
  });
});
