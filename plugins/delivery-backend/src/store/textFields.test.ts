import { createHash } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  Application,
  ImageUpdaterResource,
  RevisionResolved,
} from '@landfall/backstage-plugin-delivery-common';
import {
  DefaultArgoCdClient,
  EcrHosts,
  type RegistryImage,
} from '@landfall/backstage-plugin-delivery-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { textVariants } from '../__testUtils__/textVariants';
import { createTracker } from '../__testUtils__/trackers';
import { NamedRepositories } from '../sources/NamedRepositories';
import { applicationKey } from './applicationKey';
import type { DeliveryDatabase } from './DeliveryDatabase';
import { saveImageDetails } from './operations/imageDetails/imageDetails';
import { replaceImageUpdaters } from './operations/imageUpdaters/imageUpdaters';

jest.setTimeout(300_000);

const databases = createTestDatabases();
const TOKEN = 'token-of-the-test';
const SEEN_AT = '2026-11-23T06:00:00.000Z';
const AT = '2026-11-23T05:00:00Z';
const LENGTHS = [300, 100_000];
const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const SHA = 'd32a0714e2af32cb296fa5082d87d51ae34edb2c';
const DIGEST = `sha256:${'1'.repeat(64)}`;

const source = {
  repoURL: 'https://git.example.com/deploy.git',
  path: 'apps/api',
  chart: 'api',
  targetRevision: 'main',
  helm: { parameters: [{ name: 'image.tag', value: '1.0.0' }] },
  kustomize: { images: [`${REPOSITORY}:1.0.0`] },
};
const initiatedBy = { username: 'chris', automated: false };

/** An Application as Argo CD sends it, with all that is read of it. */
const APPLICATION = {
  metadata: {
    name: 'api',
    namespace: 'argocd',
    uid: 'uid',
    resourceVersion: '1',
    creationTimestamp: AT,
    deletionTimestamp: AT,
    labels: { team: 'shop' },
    annotations: {
      'argocd-image-updater.argoproj.io/image-list': `app=${REPOSITORY}:~1.0`,
      'argocd-image-updater.argoproj.io/app.update-strategy': 'semver',
      'argocd-image-updater.argoproj.io/app.allow-tags': 'regexp:^1',
      'argocd-image-updater.argoproj.io/app.helm.image-tag': 'image.tag',
      'argocd-image-updater.argoproj.io/write-back-method': 'git',
      'link.argocd.argoproj.io/logs': 'https://logs.example.com',
      'argocd.argoproj.io/manifest-generate-paths': '/apps/api',
    },
  },
  spec: {
    project: 'shop',
    destination: { server: 'https://k8s', name: 'prod', namespace: 'shop' },
    source,
    sources: [source],
    sourceHydrator: {
      drySource: { repoURL: source.repoURL },
      syncSource: { targetBranch: 'hydrated', path: 'apps' },
    },
    syncPolicy: { automated: {} },
  },
  status: {
    sync: { status: 'OutOfSync', revision: SHA, revisions: [SHA] },
    health: { status: 'Degraded', message: 'm', lastTransitionTime: AT },
    summary: {
      images: [`${REPOSITORY}:1.0.0`],
      externalURLs: ['https://api.example.com'],
    },
    history: [
      {
        id: 0,
        revision: SHA,
        revisions: [SHA],
        source,
        sources: [source],
        deployStartedAt: AT,
        deployedAt: AT,
        initiatedBy,
      },
    ],
    operationState: {
      phase: 'Failed',
      message: 'm',
      startedAt: AT,
      finishedAt: AT,
      operation: {
        info: [{ name: 'landfall-correlation-id', value: 'c' }],
        initiatedBy,
        sync: { revision: SHA, revisions: [SHA] },
      },
      syncResult: {
        revision: SHA,
        revisions: [SHA],
        resources: [{ status: 'Synced', images: [`${REPOSITORY}:1.0.1`] }],
      },
    },
    conditions: [{ type: 't', message: 'm', lastTransitionTime: AT }],
    resources: [
      {
        group: 'apps',
        kind: 'Deployment',
        namespace: 'shop',
        name: 'api',
        status: 'OutOfSync',
        health: { status: 'Degraded', message: 'm', lastTransitionTime: AT },
      },
    ],
    reconciledAt: AT,
  },
};

const settings = {
  updateStrategy: 'semver',
  allowTags: 'regexp:^1',
  ignoreTags: ['latest'],
  pullSecret: 'secret',
  platforms: ['linux/amd64'],
};
const writeBackConfig = {
  method: 'git',
  gitConfig: {
    repository: source.repoURL,
    branch: 'main',
    writeBackTarget: 'helmvalues',
    pullRequest: { github: {} },
  },
};

/** An ImageUpdater as the cluster has it, with all that is read of it. */
const IMAGE_UPDATER = {
  metadata: { name: 'updater', namespace: 'argocd' },
  spec: {
    commonUpdateSettings: settings,
    writeBackConfig,
    applicationRefs: [
      {
        namePattern: 'api',
        labelSelectors: {
          matchLabels: { team: 'shop' },
          matchExpressions: [{ key: 'team', operator: 'In', values: ['shop'] }],
        },
        commonUpdateSettings: settings,
        writeBackConfig,
        images: [
          {
            alias: 'app',
            imageName: `${REPOSITORY}:~1.0`,
            commonUpdateSettings: settings,
            manifestTargets: {
              helm: { name: 'n', tag: 't', spec: 's' },
              kustomize: { name: 'n' },
              plugin: { name: 'n', tag: 't', spec: 's' },
            },
          },
        ],
      },
    ],
  },
  status: {
    lastCheckedAt: AT,
    conditions: [{ type: 'Error', status: 'True', message: 'm' }],
  },
};

const IMAGE: RegistryImage = {
  repository: REPOSITORY,
  digest: DIGEST,
  tags: ['1.0.1'],
  pushedAt: '2026-11-23T05:00:00.000Z',
  builds: [{ platform: 'linux/amd64', builtAt: AT }],
  sizeInBytes: 1,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  artifactMediaType: 'application/vnd.oci.image.config.v1+json',
  children: [{ digest: DIGEST, platform: 'linux/amd64' }],
  childOf: [DIGEST],
  lastPulledAt: AT,
  scan: {
    status: 'COMPLETE',
    description: 'd',
    at: AT,
    severities: { HIGH: 1 },
  },
};

const REVISION: RevisionResolved = {
  kind: 'revision-resolved',
  repoUrl: source.repoURL,
  revision: SHA,
  author: 'Chris <chris@example.com>',
  date: AT,
  message: 'm',
  seenAt: SEEN_AT,
};

const ENTITY: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'api',
    annotations: {
      'aws.amazon.com/amazon-ecr-arn':
        'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api',
      'aws.amazon.com/amazon-ecr-tags': 'team=shop',
    },
  },
};

/** Columns of the time at which the test runs, and of counters. */
const INCIDENTAL = new Set([
  'created_at',
  'next_read_at',
  'next_attempt_at',
  'next_search_at',
  'named_at',
  'id@outbox',
  'id@notices',
]);

/** All that is stored, in an order and in spellings that don't depend on the database. */
async function dump({ knex }: DeliveryDatabase): Promise<string[]> {
  const rows: string[] = [];
  for (const table of [
    'applications',
    'application_labels',
    'application_repositories',
    'promotions',
    'repositories',
    'repository_searches',
    'images',
    'image_details',
    'image_updaters',
    'image_updater_patterns',
    'revisions',
    'revision_requests',
    'outbox',
    'notices',
  ]) {
    for (const row of await knex(table).select()) {
      const kept = Object.entries(row).filter(
        ([column]) =>
          !INCIDENTAL.has(column) && !INCIDENTAL.has(`${column}@${table}`),
      );
      rows.push(
        `${table} ${JSON.stringify(
          kept.map(([column, value]) => [column, shortened(value)]),
        )}`,
      );
    }
  }
  return rows.sort();
}

function shortened(value: unknown): unknown {
  return typeof value === 'string' && value.length > 400
    ? `${value.slice(0, 100)}… ${createHash('sha256')
        .update(value)
        .digest('hex')}`
    : value;
}

interface Observed {
  applications: Application[];
  updaters: ImageUpdaterResource[];
}

/** What the real client makes of what Argo CD sends; what it can't read is left out. */
async function readAll(): Promise<Observed> {
  const argocd = await ReplayedArgoCd.start({ token: TOKEN });
  const client = DefaultArgoCdClient.create({
    name: 'main',
    url: argocd.url,
    frontendUrl: argocd.url,
    credentials: { token: TOKEN },
  });
  try {
    const maps = { lengths: LENGTHS, maps: ['labels', 'matchLabels'] };
    const named = <T extends { metadata: { name: string } }>(
      { name, value }: { name: string; value: T },
      index: number,
    ): T =>
      name.startsWith('metadata.name:')
        ? value
        : { ...value, metadata: { ...value.metadata, name: `n-${index}` } };
    argocd.put(APPLICATION);
    textVariants(APPLICATION, maps)
      .map(named)
      .forEach(each => argocd.put(each));
    const { applications } = await client.listApplications();
    argocd.putManaged('manager', textVariants(IMAGE_UPDATER, maps).map(named));
    const updaters = await client.resources.imageUpdaters({
      instance: 'main',
      namespace: 'argocd',
      name: 'manager',
    });
    return { applications, updaters };
  } finally {
    await client.close();
    await argocd.stop();
  }
}

describe('texts of any length', () => {
  const supported = databases.eachSupportedId().map(([id]) => id);
  let read: Observed;

  beforeAll(async () => {
    read = await readAll();
  });

  /** On every database: what `work` comes to, and what is stored then. */
  async function onEach(
    work: (database: DeliveryDatabase) => Promise<unknown>,
  ): Promise<{ outcome: unknown; rows: string[] }[]> {
    const all: { outcome: unknown; rows: string[] }[] = [];
    for (const id of supported) {
      const database = await createDatabase(databases, id);
      const outcome = await work(database);
      all.push({ outcome, rows: await dump(database) });
    }
    return all;
  }

  function expectAlike(all: { outcome: unknown; rows: string[] }[]) {
    const [first, ...others] = all;
    expect(first.rows.length).toBeGreaterThan(0);
    others.forEach(other => expect(other).toEqual(first));
  }

  it('of Applications are stored alike, or refused alike', async () => {
    const { applications } = read;
    expect(applications.length).toBeGreaterThan(500);
    const all = await onEach(async database => {
      const setAside = await createTracker(database).observeList({
        instance: 'main',
        applications,
        seenAt: SEEN_AT,
      });
      return setAside.map(({ reason }) => reason).sort();
    });
    expectAlike(all);
    // Every one is either stored or set aside, for a reason that needs no database.
    const [{ outcome, rows }] = all;
    expect(outcome).toEqual(expect.arrayContaining([expect.any(String)]));
    expect(JSON.stringify(outcome)).not.toContain('the database refuses');
    expect(
      rows.filter(row => row.startsWith('applications ')).length,
    ).toBeGreaterThan(500);
  });

  it('of ImageUpdaters are stored alike, or left out alike', async () => {
    const { updaters } = read;
    expect(updaters.length).toBeGreaterThan(200);
    expectAlike(
      await onEach(async database => {
        const [manager] = read.applications;
        const changed = await database.transaction(tx =>
          replaceImageUpdaters(tx, {
            instance: 'main',
            manager: applicationKey(manager.ref),
            updaters,
          }),
        );
        await createTracker(database).observeImageUpdaters({
          instance: 'main',
          changed,
          seenAt: SEEN_AT,
        });
        return changed.length;
      }),
    );
  });

  it('of images of a registry are stored alike, or refused alike', async () => {
    const images = textVariants(IMAGE, { lengths: LENGTHS }).map(
      ({ name, value }, index): RegistryImage =>
        name.startsWith('digest:')
          ? value
          : {
              ...value,
              digest: `sha256:${String(index).padStart(64, '0')}`,
            },
    );
    const [application] = read.applications.filter(
      ({ ref }) => ref.name === APPLICATION.metadata.name,
    );
    const all = await onEach(async database => {
      const tracker = createTracker(database);
      await tracker.observeApplication({
        kind: 'application-observed',
        application,
        seenAt: SEEN_AT,
      });
      const refused = await tracker.observeRepository({
        repository: REPOSITORY,
        images,
        seenAt: SEEN_AT,
      });
      await database.transaction(tx =>
        saveImageDetails(tx, REPOSITORY, images),
      );
      return refused;
    });
    expectAlike(all);
    expect(JSON.stringify(all[0].outcome)).not.toContain(
      'the database refuses',
    );
    expect(
      all[0].rows.filter(row => row.startsWith('image_details ')).length,
    ).toBeGreaterThan(50);
  });

  it('of revisions are stored alike, or refused alike', async () => {
    const { kind: _, seenAt: __, ...texts } = REVISION;
    const revisions = textVariants(texts, { lengths: LENGTHS }).map(
      ({ value }): RevisionResolved => ({ ...REVISION, ...value }),
    );
    expectAlike(
      await onEach(async database => {
        const tracker = createTracker(database);
        await tracker.observeRevision(REVISION);
        const outcomes: string[] = [];
        for (const revision of revisions) {
          outcomes.push(
            await tracker.observeRevision(revision).then(
              () => 'stored',
              error => String(error),
            ),
          );
        }
        return outcomes;
      }),
    );
  });

  it('of annotations of entities are stored alike, or ignored alike', async () => {
    const hosts = EcrHosts.create([]);
    const entities = textVariants(ENTITY, { lengths: LENGTHS })
      .filter(({ name }) => name.startsWith('metadata.annotations'))
      .map(({ value }, index) => ({
        ...value,
        metadata: { ...value.metadata, name: `e-${index}` },
      }));
    expectAlike(
      await onEach(database =>
        NamedRepositories.create({
          catalog: catalogServiceMock({ entities: [ENTITY, ...entities] }),
          auth: mockServices.auth(),
          database,
          referenceOf: one => hosts.referencesOf(one)[0],
          logger: mockServices.logger.mock(),
        }).refresh(),
      ),
    );
  });
});
