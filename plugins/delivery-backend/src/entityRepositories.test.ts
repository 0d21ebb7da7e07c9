import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { ImagesResponse } from '@landfall/backstage-plugin-delivery-common';
import request from 'supertest';
import {
  createTestDatabases,
  databaseFactory,
} from './__testUtils__/databases';
import { keptSignals } from './__testUtils__/signals';
import { SmallEcr } from './__testUtils__/SmallEcr';
import { waitFor } from '@landfall/testing-kit';
import { deliveryPlugin } from './plugin';

const HOST = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const ARN = 'arn:aws:ecr:eu-west-1:123456789012:repository';
const DIGEST = `sha256:${'a'.repeat(64)}`;
const AT = '2026-11-23T03:00:00.000Z';

const component = (
  name: string,
  annotations: Record<string, string>,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations },
  spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
});

const databases = createTestDatabases();

describe('repositories that entities reference', () => {
  let ecr: SmallEcr;
  let stop: () => Promise<void>;
  const environment = { ...process.env };

  beforeEach(async () => {
    ecr = await SmallEcr.start();
    process.env.AWS_ENDPOINT_URL_ECR = ecr.url;
    stop = async () => {};
  });

  afterEach(async () => {
    await stop();
    await ecr.stop();
    process.env = { ...environment };
  });

  async function start(
    entities: Entity[],
    /** As the scheduled task finds the catalog; pages find all of them. */
    listed = entities,
  ) {
    const signals = keptSignals();
    const { published } = signals;
    const catalog = catalogServiceMock({ entities });
    const tasks = catalogServiceMock({ entities: listed });
    const backend = await startTestBackend({
      features: [
        deliveryPlugin,
        databaseFactory(databases),
        catalogServiceMock.mock({
          getEntityByRef: (ref, options) =>
            catalog.getEntityByRef(ref, options),
          queryEntities: (query, options) =>
            tasks.queryEntities(query, options),
        }).factory,
        signals.factory,
        mockServices.rootConfig.factory({
          data: {
            aws: {
              accounts: [
                {
                  accountId: '123456789012',
                  accessKeyId: 'AKIATEST',
                  secretAccessKey: 'secret-of-the-test',
                },
              ],
              locator: {
                resourceTaggingApi: {
                  accounts: ['123456789012'],
                  regions: ['eu-west-1'],
                },
              },
            },
          },
        }),
      ],
    });
    stop = () => backend.stop();
    const images = async (name: string): Promise<ImagesResponse> => {
      const { body } = await request(backend.server)
        .get(`/api/delivery/v1/entities/component/default/${name}/images`)
        .expect(200);
      return body;
    };
    return { images, published };
  }

  it('are read even if no application uses them', async () => {
    ecr.push('shop/new', DIGEST, '1.0.0', AT);
    const { images, published } = await start([
      component('new', { 'aws.amazon.com/amazon-ecr-arn': `${ARN}/shop/new` }),
    ]);
    // Before anybody looks at the page.
    await waitFor(() => expect(ecr.reads).toBe(1));

    const found = await waitFor(async () => {
      const answer = await images('new');
      expect(answer.items).toHaveLength(1);
      return answer;
    });

    expect(found).toMatchObject({
      repositories: [`${HOST}/shop/new`],
      problems: [],
      applications: [],
      items: [
        {
          repository: `${HOST}/shop/new`,
          digest: DIGEST,
          tags: ['1.0.0'],
          pushedAt: AT,
          runsIn: [],
          verdicts: [],
        },
      ],
    });
    // An open page receives a signal.
    await waitFor(() =>
      expect(published.map(({ message }) => message.keys)).toContainEqual([
        found.keys[0],
      ]),
    );
    // The other one is the topic of the instance.
    expect(found.keys).toHaveLength(2);
  });

  it('are read when the page of a new entity is opened', async () => {
    ecr.push('shop/new', DIGEST, '1.0.0', AT);
    const { images } = await start(
      [
        component('new', {
          'aws.amazon.com/amazon-ecr-arn': `${ARN}/shop/new`,
        }),
      ],
      [],
    );

    expect(await images('new')).toMatchObject({
      repositories: [`${HOST}/shop/new`],
      items: [],
    });

    await waitFor(async () =>
      expect((await images('new')).items).toHaveLength(1),
    );
  });

  it('are found by tags as well as by ARN', async () => {
    ecr.push('shop/new', DIGEST, '1.0.0', AT);
    ecr.push('shop/worker', DIGEST, '2.0.0', AT);
    ecr.create('shop/worker', { team: 'shop', part: 'worker' });
    ecr.create('shop/other', { team: 'other', part: 'worker' });
    const { images } = await start([
      component('new', {
        'aws.amazon.com/amazon-ecr-arn': `${ARN}/shop/new`,
        'aws.amazon.com/amazon-ecr-tags': 'part=worker, team=shop',
      }),
    ]);

    await waitFor(async () => {
      const { repositories, items, problems } = await images('new');
      expect(repositories).toEqual([`${HOST}/shop/new`, `${HOST}/shop/worker`]);
      expect(items.flatMap(({ tags }) => tags).sort()).toEqual([
        '1.0.0',
        '2.0.0',
      ]);
      expect(problems).toEqual([]);
    });
  });

  it('report their own problems separately', async () => {
    ecr.push('shop/new', DIGEST, '1.0.0', AT);
    const { images } = await start([
      component('mixed', {
        'aws.amazon.com/amazon-ecr-arn': `${ARN}/shop/new, arn:aws:s3:::bucket, ${ARN}/shop/missing`,
        'aws.amazon.com/amazon-ecr-tags': 'team',
      }),
      component('untagged', {
        'aws.amazon.com/amazon-ecr-tags': 'team=nobody',
      }),
    ]);

    await waitFor(async () => {
      const { items, problems } = await images('mixed');
      expect(items.flatMap(({ tags }) => tags)).toEqual(['1.0.0']);
      expect(problems).toMatchObject([
        {
          code: 'arn-malformed',
          message: expect.stringContaining('arn:aws:s3:::bucket'),
        },
        { code: 'tags-malformed' },
        {
          code: 'read-failed',
          message: expect.stringContaining('shop/missing'),
        },
      ]);
    });
    await waitFor(async () =>
      expect((await images('untagged')).problems).toMatchObject([
        {
          code: 'nothing-tagged',
          message: 'No repository has the tags team=nobody',
        },
      ]),
    );
  });
});
