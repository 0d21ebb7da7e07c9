import {
  ArgoCdInvalidRequestError,
  ArgoCdUnreachableError,
} from '@landfall/backstage-plugin-delivery-node';
import { FakeApplications } from '../__testUtils__/fakeApplications';
import { applyApplication, reserveApplication } from './applyApplication';
import { markApplication, parseApplication } from './manifest';
import type { Overwrite } from './ownership';

const MARK = 'landfall.io/entity-ref';

function application(
  change: { entityRef?: string; project?: string; path?: string } = {},
) {
  const { entityRef, project = 'shop', path = 'apps/api' } = change;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'api-dev',
      ...(entityRef && { annotations: { [MARK]: entityRef } }),
    },
    spec: {
      project,
      source: { repoURL: 'https://git.example.com/deploy', path },
      destination: { namespace: 'shop-dev' },
    },
  };
}

const ours = application({ entityRef: 'component:default/api' });
/** Ours, with a setting that has changed since. */
const older = { ...ours, spec: { ...ours.spec, revisionHistoryLimit: 3 } };

function apply(
  client: FakeApplications,
  options: {
    overwrite?: Overwrite;
    manifest?: ReturnType<typeof application>;
    entityRef?: string;
  } = {},
) {
  const { overwrite = 'own', manifest = application() } = options;
  const entityRef =
    'entityRef' in options ? options.entityRef : 'component:default/api';
  return applyApplication({
    client,
    manifest: markApplication(parseApplication(manifest, 'm'), entityRef),
    overwrite,
    validate: true,
  });
}

describe('applyApplication', () => {
  it.each(['never', 'own', 'always'] as const)(
    'creates a missing Application with its mark and without upsert (%s)',
    async overwrite => {
      const client = new FakeApplications();
      await expect(apply(client, { overwrite })).resolves.toEqual({
        namespace: 'argocd',
        created: true,
        updated: false,
        adopted: false,
      });
      expect(client.get('api-dev')).toEqual(ours);
      expect(client.writes).toEqual([
        { name: 'api-dev', upsert: false, validate: true },
      ]);
    },
  );

  it.each(['own', 'always'] as const)(
    'updates an Application of ours (%s)',
    async overwrite => {
      const client = new FakeApplications({ applications: [older] });
      await expect(apply(client, { overwrite })).resolves.toMatchObject({
        created: false,
        updated: true,
        adopted: false,
      });
      expect(client.get('api-dev')).toEqual(ours);
    },
  );

  it('leaves an identical Application unchanged if nothing may be overwritten', async () => {
    const client = new FakeApplications({ applications: [ours] });
    await expect(apply(client, { overwrite: 'never' })).resolves.toMatchObject({
      created: false,
      updated: false,
    });
  });

  const foreign: [string, object][] = [
    ['without a mark', application()],
    ['of another entity', application({ entityRef: 'component:default/pay' })],
    ['in another project', application({ project: 'a' })],
    [
      'with our mark in another project',
      application({ project: 'a', entityRef: 'component:default/api' }),
    ],
    [
      'with our mark and another source',
      application({ path: 'apps/pay', entityRef: 'component:default/api' }),
    ],
    ['that is hidden from the account', application({ project: 'hidden' })],
  ];

  it.each(foreign)(
    'never overwrites an Application %s',
    async (_, existing) => {
      for (const overwrite of ['never', 'own'] as const) {
        const client = new FakeApplications({
          applications: [JSON.parse(JSON.stringify(existing))],
          hidden: ['hidden'],
        });
        await expect(apply(client, { overwrite })).rejects.toMatchObject({
          name: 'ConflictError',
        });
        expect(client.get('api-dev')).toEqual(existing);
        expect(client.writes.filter(({ upsert }) => upsert)).toEqual([]);
      }
    },
  );

  it.each(foreign)(
    'takes over an Application %s if requested',
    async (_, existing) => {
      const client = new FakeApplications({
        applications: [JSON.parse(JSON.stringify(existing))],
        hidden: ['hidden'],
      });
      await expect(
        apply(client, { overwrite: 'always' }),
      ).resolves.toMatchObject({
        created: false,
        updated: true,
        adopted: true,
      });
      expect(client.get('api-dev')).toEqual(ours);
    },
  );

  it('names both sides in the error', async () => {
    const client = new FakeApplications({
      applications: [
        application({ project: 'a', entityRef: 'component:default/pay' }),
      ],
    });
    await expect(apply(client)).rejects.toThrow(
      'it belongs to component:default/pay, and the manifest belongs to component:default/api; its project is a, and that of the manifest is shop',
    );
  });

  it('reveals nothing of a hidden Application', async () => {
    const client = new FakeApplications({
      applications: [application({ project: 'hidden' })],
      hidden: ['hidden'],
    });
    await expect(apply(client)).rejects.toThrow(
      /^Argo CD refused to create the Application api-dev\. Either the manifest is invalid, or an Application of this name exists that the configured account may not read/,
    );
  });

  it('overwrites nothing that was created after the read', async () => {
    const client = new FakeApplications();
    const other = application({ entityRef: 'component:default/pay' });
    client.beforeWrite = () => client.put(other);
    await expect(apply(client)).rejects.toThrow(
      'it belongs to component:default/pay',
    );
    expect(client.get('api-dev')).toEqual(other);
  });

  it('takes over nothing without an entity, but accepts an identical Application', async () => {
    const identical = new FakeApplications({ applications: [application()] });
    await expect(
      apply(identical, { entityRef: undefined }),
    ).resolves.toMatchObject({ created: false, updated: false });
    const different = new FakeApplications({
      applications: [application({ path: 'apps/pay' })],
    });
    await expect(apply(different, { entityRef: undefined })).rejects.toThrow(
      'give the entityRef',
    );
  });

  it('passes on Argo CD’s refusal of a manifest', async () => {
    const client = new FakeApplications();
    const manifest = application({ project: 'missing' });
    await expect(apply(client, { manifest })).rejects.toMatchObject({
      message: expect.stringContaining(
        'app is not allowed in project "missing"',
      ),
      cause: expect.any(ArgoCdInvalidRequestError),
    });
  });

  it('passes on other errors', async () => {
    const client = new FakeApplications();
    const error = new ArgoCdUnreachableError('away', { instance: 'main' });
    client.beforeWrite = () => {
      throw error;
    };
    await expect(apply(client)).rejects.toBe(error);
  });
});

describe('reserveApplication', () => {
  const reserve = (client: FakeApplications) =>
    reserveApplication({
      client,
      manifest: markApplication(
        parseApplication(application(), 'm'),
        'component:default/api',
      ),
    });

  it('leaves an Application of ours unchanged', async () => {
    const client = new FakeApplications({ applications: [older] });

    await expect(reserve(client)).resolves.toMatchObject({
      created: false,
      updated: false,
    });
    expect(client.writes).toEqual([]);
  });

  it('names both owners if the name is taken', async () => {
    const client = new FakeApplications({
      applications: [application({ entityRef: 'component:default/pay' })],
    });

    await expect(reserve(client)).rejects.toThrow(
      /component:default\/pay.*component:default\/api/,
    );
    expect(client.writes).toEqual([]);
  });

  it('creates an Application without upsert if the name seems free', async () => {
    const client = new FakeApplications();

    await expect(reserve(client)).resolves.toMatchObject({ created: true });
    expect(client.writes).toEqual([
      { name: 'api-dev', upsert: false, validate: false },
    ]);
  });

  it('is refused by Argo CD if the Application is hidden', async () => {
    const hidden = application({ project: 'hidden' });
    const client = new FakeApplications({
      applications: [hidden],
      hidden: ['hidden'],
    });

    await expect(reserve(client)).rejects.toThrow(/choose another name/);
    expect(client.get('api-dev')).toEqual(hidden);
  });
});
