import {
  DescribeImagesCommand,
  ECRClient,
  type ImageDetail,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { z } from 'zod';
import { mockServices } from '@backstage/backend-test-utils';
import { readRecordedJson, recordedFiles } from '../../testing/recordings';
import { TestServer } from '../../testing/httpServer';
import { EcrClients } from './EcrClients';
import { EcrHosts } from './EcrHosts';
import { EcrRegistrySource } from './EcrRegistrySource';

const AMAZON = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const MIRROR = '127.0.0.1:3301';

const hosts = EcrHosts.create([
  { host: MIRROR, accountId: '123456789012', region: 'eu-west-1' },
]);

function createClients(): EcrClients {
  return EcrClients.fromConfig(
    mockServices.rootConfig({
      data: {
        aws: {
          accounts: [
            {
              accountId: '123456789012',
              accessKeyId: 'AKIATEST',
              secretAccessKey: 'secret',
            },
            {
              accountId: '210987654321',
              accessKeyId: 'AKIAOTHER',
              secretAccessKey: 'secret',
            },
          ],
        },
      },
    }),
  );
}

function digest(character: string): string {
  return `sha256:${character.repeat(64)}`;
}

describe('EcrRegistrySource', () => {
  const ecr = mockClient(ECRClient);
  let source: EcrRegistrySource;

  beforeEach(() => {
    ecr.reset();
    source = EcrRegistrySource.create({ clients: createClients(), hosts });
  });

  afterAll(() => {
    ecr.restore();
  });

  it.each([
    [`${AMAZON}/shop/api`, true],
    [`${MIRROR}/shop/api`, true],
    ['docker.io/library/nginx', false],
    ['nginx', false],
    ['127.0.0.1:3302/shop/api', false],
  ])('covers %s: %s', (repository, covered) => {
    expect(source.covers(repository)).toBe(covered);
  });

  it('reads all pages before it sorts', async () => {
    const page = (imageDetails: ImageDetail[], nextToken?: string) => ({
      imageDetails,
      nextToken,
    });
    ecr
      .on(DescribeImagesCommand, {
        registryId: '123456789012',
        repositoryName: 'shop/api',
        maxResults: 1000,
      })
      .resolves(
        page(
          [
            {
              imageDigest: digest('a'),
              imageTags: ['1.0.0'],
              imagePushedAt: new Date('2026-01-01T00:00:00Z'),
              imageSizeInBytes: 10,
              imageManifestMediaType:
                'application/vnd.oci.image.manifest.v1+json',
              lastRecordedPullTime: new Date('2026-01-03T00:00:00Z'),
              imageScanStatus: { status: 'COMPLETE' },
              imageScanFindingsSummary: {
                imageScanCompletedAt: new Date('2026-01-01T00:01:00Z'),
                findingSeverityCounts: { HIGH: 3 },
              },
            },
          ],
          'more',
        ),
      )
      .on(DescribeImagesCommand, { nextToken: 'more' })
      .resolves(
        page(
          [
            { imageDigest: digest('b') },
            {
              imageDigest: digest('c'),
              imageTags: ['1.1.0', 'latest'],
              // As enhanced scanning tells it, before it has found anything.
              imageScanStatus: { status: 'PENDING', description: 'Queued' },
              imagePushedAt: new Date('2026-01-02T00:00:00.500Z'),
            },
          ],
          'last',
        ),
      )
      .on(DescribeImagesCommand, { nextToken: 'last' })
      .resolves(page([{}]));
    expect(await source.listImages(`${MIRROR}/shop/api`)).toEqual([
      {
        repository: `${MIRROR}/shop/api`,
        digest: digest('c'),
        tags: ['1.1.0', 'latest'],
        pushedAt: '2026-01-02T00:00:00.500Z',
        scan: { status: 'PENDING', description: 'Queued' },
      },
      {
        repository: `${MIRROR}/shop/api`,
        digest: digest('a'),
        tags: ['1.0.0'],
        pushedAt: '2026-01-01T00:00:00.000Z',
        sizeInBytes: 10,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        lastPulledAt: '2026-01-03T00:00:00.000Z',
        scan: {
          status: 'COMPLETE',
          at: '2026-01-01T00:01:00.000Z',
          severities: { HIGH: 3 },
        },
      },
      { repository: `${MIRROR}/shop/api`, digest: digest('b'), tags: [] },
    ]);
  });

  it('reads a few repositories at a time', async () => {
    let reading = 0;
    let most = 0;
    ecr.on(DescribeImagesCommand).callsFake(async () => {
      reading += 1;
      most = Math.max(most, reading);
      await new Promise(resolve => {
        setImmediate(resolve);
      });
      reading -= 1;
      return { imageDetails: [] };
    });
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        source.listImages(`${AMAZON}/shop/service-${i}`),
      ),
    );
    expect(most).toBe(3);
    expect(ecr.commandCalls(DescribeImagesCommand)).toHaveLength(20);
  });

  it('says which repository there is none of', async () => {
    ecr.on(DescribeImagesCommand).rejects(
      new RepositoryNotFoundException({
        message: 'none',
        $metadata: {},
      }),
    );
    await expect(source.listImages(`${AMAZON}/no/such`)).rejects.toMatchObject({
      name: 'NotFoundError',
      message:
        "There is no repository 'no/such' in ECR of account 123456789012 in eu-west-1; caused by RepositoryNotFoundException: none",
    });
  });

  it('refuses a repository of another registry', async () => {
    await expect(source.listImages('docker.io/x/y')).rejects.toMatchObject({
      name: 'InputError',
    });
  });

  it('stops when it is told to', async () => {
    await expect(
      source.listImages(`${AMAZON}/shop/api`, {
        signal: AbortSignal.abort(new Error('enough')),
      }),
    ).rejects.toThrow('enough');
    expect(ecr.calls()).toHaveLength(0);
  });
});

describe('EcrClients', () => {
  it('keeps one client for each account and region', async () => {
    const clients = createClients();
    const at = (accountId: string, region: string) =>
      clients.getClient({ accountId, region });
    const [first, same, otherRegion, otherAccount] = await Promise.all([
      at('123456789012', 'eu-west-1'),
      at('123456789012', 'eu-west-1'),
      at('123456789012', 'us-east-1'),
      at('210987654321', 'eu-west-1'),
    ]);
    expect(same).toBe(first);
    expect(new Set([first, otherRegion, otherAccount]).size).toBe(3);
    expect(await otherRegion.config.region()).toBe('us-east-1');
    expect((await otherAccount.config.credentials()).accessKeyId).toBe(
      'AKIAOTHER',
    );
    await clients.close();
  });
});

const exchangeSchema = z.object({
  request: z.object({
    target: z.string(),
    body: z.object({ repositoryName: z.string().optional() }),
  }),
  response: z.object({ status: z.number(), body: z.unknown() }),
});

const imagesSchema = z.object({
  imageDetails: z.array(z.object({ imageDigest: z.string() })),
});

describe('recorded exchanges', () => {
  const DESCRIBE = 'AmazonEC2ContainerRegistry_V20150921.DescribeImages';
  const exchanges = recordedFiles('ecr')
    .map(file => ({
      file,
      exchange: exchangeSchema.safeParse(readRecordedJson('ecr', file)).data,
    }))
    .filter(({ exchange }) => exchange?.request.target === DESCRIBE);

  let server: TestServer;
  let clients: EcrClients;
  let source: EcrRegistrySource;
  let current: (typeof exchanges)[number]['exchange'];
  const endpoint = process.env.AWS_ENDPOINT_URL_ECR;

  beforeAll(async () => {
    server = await TestServer.start((request, response) => {
      if (request.headers['x-amz-target'] !== DESCRIBE || !current) {
        response.writeHead(500).end();
        return;
      }
      response.writeHead(current.response.status, {
        'content-type': 'application/x-amz-json-1.1',
      });
      response.end(JSON.stringify(current.response.body));
    });
    // The SDK's own way to another endpoint.
    process.env.AWS_ENDPOINT_URL_ECR = server.url;
    clients = createClients();
    source = EcrRegistrySource.create({ clients, hosts });
  });

  afterAll(async () => {
    if (endpoint === undefined) {
      delete process.env.AWS_ENDPOINT_URL_ECR;
    } else {
      process.env.AWS_ENDPOINT_URL_ECR = endpoint;
    }
    await clients.close();
    await server.stop();
  });

  it('are there', () => {
    expect(exchanges.length).toBeGreaterThan(15);
  });

  const errorSchema = z.object({ __type: z.string() });

  it.each(
    exchanges
      .filter(({ exchange }) => exchange?.response.status === 200)
      .map(({ file, exchange }) => [file, exchange] as const),
  )('%s', async (_, exchange) => {
    current = exchange;
    const expected = imagesSchema.parse(exchange?.response.body);
    const images = await source.listImages(`${AMAZON}/shop/api`);
    expect(images.map(image => image.digest).sort()).toEqual(
      expected.imageDetails.map(({ imageDigest }) => imageDigest).sort(),
    );
    const times = images.map(({ pushedAt }) => pushedAt ?? '');
    expect(times).toEqual([...times].sort().reverse());
    expect(times.join()).toMatch(/^(2026-11-23T\d\d:\d\d:\d\d\.\d{3}Z,?)*$/);
  });

  it.each(
    exchanges
      .filter(({ exchange }) => exchange?.response.status !== 200)
      .map(({ file, exchange }) => [file, exchange] as const),
  )('%s', async (_, exchange) => {
    current = exchange;
    const { __type: type } = errorSchema.parse(exchange?.response.body);
    await expect(source.listImages(`${AMAZON}/shop/api`)).rejects.toMatchObject(
      {
        name: type === 'RepositoryNotFoundException' ? 'NotFoundError' : type,
      },
    );
  });
});
