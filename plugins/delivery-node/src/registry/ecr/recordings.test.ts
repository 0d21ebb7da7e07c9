import { z } from 'zod';
import {
  type EcrExchange,
  ecrExchanges,
  EcrServer,
} from '../../__testUtils__/EcrServer';
import type { RegistryImage } from '../types';
import { EcrHosts } from './EcrHosts';
import { EcrIndexes } from './EcrIndexes';
import { EcrRegistrySource } from './EcrRegistrySource';
import { EcrScans } from './EcrScans';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';

const SHOP_API = {
  registryId: '123456789012',
  repositoryName: 'shop/api',
  repositoryArn: 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api',
};

/** Operations that this package's client calls. */
const OURS = [
  'DescribeImages',
  'BatchGetImage',
  'DescribeImageScanFindings',
  'DescribeRepositories',
  'ListTagsForResource',
];

/**
 * Operations that only the scaffolder's actions call. Their own tests replay
 * these.
 */
const OF_THE_ACTIONS = [
  'CreateRepository',
  'GetLifecyclePolicy',
  'GetRepositoryPolicy',
  'PutImageScanningConfiguration',
  'PutImageTagMutability',
  'PutLifecyclePolicy',
  'SetRepositoryPolicy',
  'TagResource',
];

/** Operations that Landfall never calls, with the reason. */
const OUT_OF_SCOPE: Record<string, string> = {
  BatchDeleteImage: 'nothing deletes images',
  DeleteRepository: 'actions add and change, and never remove',
  GetAuthorizationToken: 'images are not pulled; the API takes AWS credentials',
  GetDownloadUrlForLayer: 'images are not pulled',
  NoSuchOperation: 'there is none',
  PutImage: 'pushing is for Docker and CI',
  StartImageScan: 'repositories are scanned on push',
};

const exchanges = ecrExchanges();

function recorded(
  operation: string,
  isSuccess: boolean,
): [file: string, exchange: EcrExchange][] {
  return exchanges
    .filter(
      exchange =>
        exchange.operation === operation &&
        (exchange.status === 200) === isSuccess,
    )
    .map(exchange => [exchange.file, exchange]);
}

const imagesSchema = z.object({
  imageDetails: z.array(
    z.object({
      imageDigest: z.string(),
      imageTags: z.array(z.string()).default([]),
      imageSizeInBytes: z.number().optional(),
      imageManifestMediaType: z.string(),
    }),
  ),
});
const manifestsSchema = z.object({
  images: z.array(
    z.object({
      imageId: z.object({ imageDigest: z.string() }),
      imageManifestMediaType: z.string().optional(),
    }),
  ),
});
const repositoriesSchema = z.object({
  repositories: z.array(z.looseObject({ repositoryUri: z.string() })),
});
const tagsSchema = z.object({
  tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
});
const errorSchema = z.object({ __type: z.string() });

describe('recorded exchanges with ECR', () => {
  let server: EcrServer;

  beforeAll(async () => {
    server = await EcrServer.start();
  });

  afterAll(() => server.stop());

  /** Answers one operation as recorded, and every other as not found. */
  function replay({ operation, status, body }: EcrExchange): void {
    server.answers(call =>
      call.operation === operation
        ? { status, body }
        : { status: 400, body: { __type: 'ScanNotFoundException' } },
    );
  }

  const repository = async () => ({
    client: await server.clients.getClient({
      accountId: '123456789012',
      region: 'eu-west-1',
    }),
    registryId: '123456789012',
    repositoryName: 'shop/api',
  });

  const image = (over: Partial<RegistryImage>): RegistryImage => ({
    repository: REPOSITORY,
    digest: `sha256:${'1'.repeat(64)}`,
    tags: ['1.0.0'],
    ...over,
  });

  it('cover only known operations', () => {
    expect(exchanges.length).toBeGreaterThan(120);
    expect(
      [...OURS, ...OF_THE_ACTIONS, ...Object.keys(OUT_OF_SCOPE)].sort(),
    ).toEqual([...new Set(exchanges.map(({ operation }) => operation))].sort());
  });

  describe('DescribeImages', () => {
    const list = () =>
      EcrRegistrySource.create({
        clients: server.clients,
        hosts: EcrHosts.create([]),
      }).listImages(REPOSITORY);

    it.each(recorded('DescribeImages', true))('%s', async (_, exchange) => {
      replay(exchange);
      const expected = imagesSchema.parse(exchange.body).imageDetails;
      const images = await list();
      expect(new Map(images.map(one => [one.digest, one]))).toEqual(
        new Map(
          expected.map(detail => [
            detail.imageDigest,
            {
              repository: REPOSITORY,
              digest: detail.imageDigest,
              tags: detail.imageTags,
              pushedAt: expect.stringMatching(
                /^2026-11-23T\d\d:\d\d:\d\d\.\d{3}Z$/,
              ),
              sizeInBytes: detail.imageSizeInBytes,
              mediaType: detail.imageManifestMediaType,
            },
          ]),
        ),
      );
      const times = images.map(({ pushedAt }) => pushedAt ?? '');
      expect(times).toEqual([...times].sort().reverse());
    });

    it.each(recorded('DescribeImages', false))('%s', async (_, exchange) => {
      replay(exchange);
      const { __type: type } = errorSchema.parse(exchange.body);
      await expect(list()).rejects.toMatchObject({
        name: type === 'RepositoryNotFoundException' ? 'NotFoundError' : type,
      });
    });
  });

  describe('BatchGetImage', () => {
    it.each([
      ...recorded('BatchGetImage', true),
      ...recorded('BatchGetImage', false),
    ])('%s', async (file, exchange) => {
      replay(exchange);
      const { images = [] } =
        manifestsSchema.safeParse(exchange.body).data ?? {};
      const digests = images.map(({ imageId }) => imageId.imageDigest);
      const children = await EcrIndexes.create().childrenOf(
        await repository(),
        // Passed as indexes; only real indexes have children.
        [...digests, 'sha256:of-the-question'].map(digest =>
          image({
            digest,
            mediaType: 'application/vnd.oci.image.index.v1+json',
          }),
        ),
        undefined,
      );
      expect([...children]).toEqual(
        file.includes('index')
          ? [
              [
                digests[0],
                [
                  {
                    digest:
                      'sha256:17ec9f16276d16ca925151a6a7c8af473c948b6884675ddc33023f71003564c1',
                    platform: 'linux/amd64',
                  },
                  {
                    digest:
                      'sha256:72cda718260bf1c5399e5fa608b48fbdeecd505364735b95a90a7a9b71f360f4',
                    platform: 'linux/arm64',
                  },
                ],
              ],
            ]
          : [],
      );
    });
  });

  describe('DescribeImageScanFindings', () => {
    it.each([
      ...recorded('DescribeImageScanFindings', true),
      ...recorded('DescribeImageScanFindings', false),
    ])('%s', async (file, exchange) => {
      replay(exchange);
      const [{ scan }] = await EcrScans.create().withScans(
        await repository(),
        [image({})],
        {},
      );
      expect(scan).toEqual(
        file.includes('before-scan')
          ? undefined
          : {
              status: 'COMPLETE',
              description: 'The scan was completed successfully.',
              at: '2026-11-23T04:08:45.000Z',
              severities: { HIGH: 1 },
            },
      );
    });
  });

  describe('DescribeRepositories', () => {
    const find = () =>
      EcrRegistrySource.create({
        clients: server.clients,
        hosts: EcrHosts.create([]),
        searched: [{ region: 'eu-west-1' }],
      }).findRepositories({});

    it.each(recorded('DescribeRepositories', true))(
      '%s',
      async (_, { body }) => {
        // Only one page: the next one belongs to another recording.
        const { repositories } = repositoriesSchema.parse(body);
        server.answers(({ operation }) => ({
          status: 200,
          body:
            operation === 'DescribeRepositories'
              ? { repositories }
              : { tags: [] },
        }));
        expect(await find()).toEqual({
          repositories: repositories.map(one => one.repositoryUri).sort(),
          errors: [],
        });
      },
    );

    it.each(recorded('DescribeRepositories', false))(
      '%s',
      async (_, exchange) => {
        replay(exchange);
        expect(await find()).toEqual({
          repositories: [],
          errors: [
            expect.stringMatching(/^ECR of the main account in eu-west-1: ./),
          ],
        });
      },
    );
  });

  describe('ListTagsForResource', () => {
    it.each([
      ...recorded('ListTagsForResource', true),
      ...recorded('ListTagsForResource', false),
    ])('%s', async (file, { status, body }) => {
      server.answers(({ operation }) =>
        operation === 'DescribeRepositories'
          ? { status: 200, body: { repositories: [SHOP_API] } }
          : { status, body },
      );
      const source = EcrRegistrySource.create({
        clients: server.clients,
        hosts: EcrHosts.create([]),
        searched: [{ region: 'eu-west-1' }],
      });
      const { tags = [] } = tagsSchema.safeParse(body).data ?? {};
      for (const { Key, Value } of tags) {
        expect(
          (await source.findRepositories({ [Key]: Value })).repositories,
        ).toEqual([REPOSITORY]);
        expect(
          (await source.findRepositories({ [Key]: 'other' })).repositories,
        ).toEqual([]);
      }
      const { repositories, errors } = await source.findRepositories({});
      // Deleted since the list.
      const isGone = file.includes('missing-repo');
      expect(repositories).toEqual(status === 200 ? [REPOSITORY] : []);
      expect(errors).toHaveLength(status === 200 || isGone ? 0 : 1);
    });
  });
});
