import {
  DescribeImagesCommand,
  ECRClient,
  type ImageDetail,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { mockServices } from '@backstage/backend-test-utils';
import { EcrClients } from './EcrClients';
import { EcrHosts } from './EcrHosts';
import { EcrRegistrySource } from './EcrRegistrySource';

const AMAZON = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const OTHER = '210987654321.dkr.ecr.eu-west-1.amazonaws.com';
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
              // As enhanced scanning reports it before it has found anything.
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

  it('lists an image once if it moves to another page during the read', async () => {
    const image = { imageDigest: digest('a'), imageTags: ['1.0.0', 'latest'] };
    const tagged = { imageDigest: digest('b'), imageTags: ['latest'] };
    ecr
      .on(DescribeImagesCommand)
      .resolves({ imageDetails: [image], nextToken: 'more' })
      .on(DescribeImagesCommand, { nextToken: 'more' })
      .resolves({ imageDetails: [image, tagged] });
    const images = await source.listImages(`${AMAZON}/shop/api`);
    expect(images.map(one => [one.digest, one.tags])).toEqual([
      [digest('a'), ['1.0.0']],
      [digest('b'), ['latest']],
    ]);
  });

  it('reads a few repositories of an account and region at a time', async () => {
    const reading = new Map<unknown, number>();
    const most = new Map<unknown, number>();
    ecr.on(DescribeImagesCommand).callsFake(async ({ registryId }) => {
      const count = (change: number) => (reading.get(registryId) ?? 0) + change;
      reading.set(registryId, count(1));
      most.set(registryId, Math.max(most.get(registryId) ?? 0, count(0)));
      await new Promise(resolve => {
        setImmediate(resolve);
      });
      reading.set(registryId, count(-1));
      return { imageDetails: [] };
    });
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => [
        source.listImages(`${AMAZON}/shop/service-${i}`),
        source.listImages(`${OTHER}/shop/service-${i}`),
      ]).flat(),
    );
    expect([...most]).toEqual([
      ['123456789012', 3],
      ['210987654321', 3],
    ]);
    expect(ecr.commandCalls(DescribeImagesCommand)).toHaveLength(40);
  });

  it('reports which repository doesn’t exist', async () => {
    ecr.on(DescribeImagesCommand).rejects(
      new RepositoryNotFoundException({
        message: 'none',
        $metadata: {},
      }),
    );
    await expect(source.listImages(`${AMAZON}/no/such`)).rejects.toMatchObject({
      name: 'NotFoundError',
      message:
        "The repository 'no/such' doesn't exist in ECR of account 123456789012 in eu-west-1; caused by RepositoryNotFoundException: none",
    });
  });

  it('refuses a repository of another registry', async () => {
    await expect(source.listImages('docker.io/x/y')).rejects.toMatchObject({
      name: 'InputError',
    });
  });

  it('stops when the signal aborts', async () => {
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

  it('keeps one client for the main region, whether given or implied', async () => {
    const clients = EcrClients.fromConfig(
      mockServices.rootConfig({
        data: {
          aws: {
            mainAccount: { region: 'eu-west-1' },
            accounts: [
              {
                accountId: '123456789012',
                accessKeyId: 'AKIATEST',
                secretAccessKey: 'secret',
              },
            ],
          },
        },
      }),
    );
    const accountId = '123456789012';
    const client = await clients.getClient({ accountId });
    expect(await clients.getClient({ accountId, region: 'eu-west-1' })).toBe(
      client,
    );
    expect(client.config.retryMode).toBe('adaptive');
    await clients.close();
  });
});
