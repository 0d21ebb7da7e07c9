import { mockServices } from '@backstage/backend-test-utils';
import { z } from 'zod';
import { type EcrCall, EcrServer } from '../../__testUtils__/EcrServer';
import { EcrHosts } from './EcrHosts';
import { EcrRegistrySource } from './EcrRegistrySource';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const IMAGE = 'application/vnd.oci.image.manifest.v1+json';

const digestOf = (number: number) =>
  `sha256:${String(number).padStart(64, '0')}`;
const idsSchema = z.object({
  imageIds: z.array(z.object({ imageDigest: z.string() })),
});

/** Index n has two children: n + 10,000 and n + 20,000. */
const indexOf = (number: number) => ({
  imageDigest: digestOf(number),
  imageTags: [`1.0.${number}`],
  imageManifestMediaType: INDEX,
  imagePushedAt: 1_795_000_000 + number,
});
const childOf = (number: number) => ({
  imageDigest: digestOf(number),
  imageManifestMediaType: IMAGE,
});
const manifestOf = (digest: string) => ({
  imageId: { imageDigest: digest },
  imageManifest: JSON.stringify({
    manifests: ['amd64', 'arm64'].map((architecture, at) => ({
      digest: digestOf(Number(digest.slice(7)) + 10_000 * (at + 1)),
      platform: { os: 'linux', architecture },
    })),
  }),
});

describe('EcrIndexes', () => {
  let server: EcrServer;
  let isRefused = false;
  let imageDetails: object[] = [];
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    server = await EcrServer.start();
  });

  afterAll(() => server.stop());

  beforeEach(() => {
    isRefused = false;
    logger.warn.mockClear();
    server.answers(({ operation, input }: EcrCall) => {
      switch (operation) {
        case 'DescribeImages':
          return { status: 200, body: { imageDetails } };
        case 'BatchGetImage':
          return isRefused
            ? {
                status: 400,
                body: { __type: 'AccessDeniedException', message: 'no right' },
              }
            : {
                status: 200,
                body: {
                  images: idsSchema
                    .parse(input)
                    .imageIds.map(({ imageDigest }) => manifestOf(imageDigest)),
                },
              };
        default:
          return { status: 400, body: { __type: 'ScanNotFoundException' } };
      }
    });
  });

  const asked = () =>
    server.calls
      .filter(({ operation }) => operation === 'BatchGetImage')
      .map(({ input }) => idsSchema.parse(input).imageIds.length);

  const create = () =>
    EcrRegistrySource.create({
      clients: server.clients,
      hosts: EcrHosts.create([]),
      logger,
    });

  it('reads the children of tagged indexes, once', async () => {
    imageDetails = [
      indexOf(1),
      childOf(10_001),
      childOf(20_001),
      { ...indexOf(2), imageTags: [] },
      { ...childOf(3), imageTags: ['1.0.3'] },
    ];
    const source = create();
    const images = await source.listImages(REPOSITORY);
    expect(
      images.map(({ digest, children, childOf: of }) => ({
        digest,
        children,
        childOf: of,
      })),
    ).toEqual([
      { digest: digestOf(2) },
      {
        digest: digestOf(1),
        children: [
          { digest: digestOf(10_001), platform: 'linux/amd64' },
          { digest: digestOf(20_001), platform: 'linux/arm64' },
        ],
      },
      { digest: digestOf(3) },
      { digest: digestOf(10_001), childOf: [digestOf(1)] },
      { digest: digestOf(20_001), childOf: [digestOf(1)] },
    ]);
    await source.listImages(REPOSITORY);
    expect(asked()).toEqual([1]);
  });

  it('requests manifests in batches that ECR accepts', async () => {
    imageDetails = Array.from({ length: 250 }, (_, index) => indexOf(index));
    const images = await create().listImages(REPOSITORY);
    expect(
      images.filter(({ children }) => children?.length === 2),
    ).toHaveLength(250);
    expect(asked()).toEqual([100, 100, 50]);
  });

  it('leaves out children without permission, and warns once', async () => {
    imageDetails = [indexOf(1), childOf(10_001)];
    const source = create();
    isRefused = true;
    for (const _ of [1, 2]) {
      const images = await source.listImages(REPOSITORY);
      expect(images.map(({ digest }) => digest)).toEqual([
        digestOf(1),
        digestOf(10_001),
      ]);
      expect(images[0].children).toBeUndefined();
    }
    expect(logger.warn.mock.calls).toEqual([
      [
        expect.stringMatching(
          /requires the permission ecr:BatchGetImage.*no right/,
        ),
      ],
    ]);

    isRefused = false;
    expect((await source.listImages(REPOSITORY))[0].children).toHaveLength(2);
  });
});
