import { mockServices } from '@backstage/backend-test-utils';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type EcrCall, EcrServer } from '../../__testUtils__/EcrServer';
import { TestServer } from '../../__testUtils__/httpServer';
import { EcrHosts } from './EcrHosts';
import { EcrRegistrySource } from './EcrRegistrySource';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const IMAGE = 'application/vnd.oci.image.manifest.v1+json';

const digestOf = (content: string) =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`;
const idsSchema = z.object({
  imageIds: z.array(z.object({ imageDigest: z.string() })),
});
const layerSchema = z.object({ layerDigest: z.string() });
const denied = {
  status: 400,
  body: { __type: 'AccessDeniedException', message: 'no right' },
};

describe('EcrBuilds', () => {
  let server: EcrServer;
  let storage: TestServer;
  let imageDetails: object[] = [];
  let isRefused = false;
  const manifests = new Map<string, string>();
  const blobs = new Map<string, string>();
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    server = await EcrServer.start();
    storage = await TestServer.start(({ pathname }, response) => {
      response.end(blobs.get(pathname.slice(1)) ?? 'gone');
    });
  });

  afterAll(() => Promise.all([server.stop(), storage.stop()]));

  beforeEach(() => {
    isRefused = false;
    imageDetails = [];
    storage.received.length = 0;
    logger.warn.mockClear();
    server.answers(({ operation, input }: EcrCall) => {
      switch (operation) {
        case 'DescribeImages':
          return { status: 200, body: { imageDetails } };
        case 'BatchGetImage':
          return {
            status: 200,
            body: {
              images: idsSchema
                .parse(input)
                .imageIds.map(({ imageDigest }) => ({
                  imageId: { imageDigest },
                  imageManifest: manifests.get(imageDigest),
                })),
            },
          };
        case 'GetDownloadUrlForLayer': {
          const { layerDigest } = layerSchema.parse(input);
          return isRefused
            ? denied
            : {
                status: 200,
                body: {
                  downloadUrl: `${storage.url}/${layerDigest}?X-Amz-Signature=1`,
                  layerDigest,
                },
              };
        }
        default:
          return { status: 400, body: { __type: 'ScanNotFoundException' } };
      }
    });
  });

  const create = () =>
    EcrRegistrySource.create({
      clients: server.clients,
      hosts: EcrHosts.create([]),
      logger,
    });

  function put(manifest: object, tag?: string, mediaType = IMAGE): string {
    const text = JSON.stringify(manifest);
    const digest = digestOf(text);
    manifests.set(digest, text);
    imageDetails.push({
      imageDigest: digest,
      ...(tag && { imageTags: [tag] }),
      imageManifestMediaType: mediaType,
      imagePushedAt: 1_795_000_000 + imageDetails.length,
    });
    return digest;
  }

  function push(config: object | string, tag?: string): string {
    const text = typeof config === 'string' ? config : JSON.stringify(config);
    blobs.set(digestOf(text), text);
    return put({ config: { digest: digestOf(text) }, layers: [] }, tag);
  }

  const builtOn = (architecture: string, day: number) => ({
    created: `2026-01-0${day}T10:00:00.123456789+02:00`,
    os: 'linux',
    architecture,
  });

  it('reads build times from image configurations, for an index those of each platform', async () => {
    const image = push({ ...builtOn('arm64', 1), variant: 'v8' }, '1.0.0');
    const undated = push({ os: 'linux', architecture: 'amd64' }, '1.0.1');
    const noConfig = push('<html>', '1.0.2');
    const chart = put({ artifactType: 'x' }, 'chart');
    const amd64 = push(builtOn('amd64', 2));
    const arm64 = push(builtOn('arm64', 3));
    const index = put(
      {
        manifests: [
          { digest: amd64, platform: { os: 'linux', architecture: 'amd64' } },
          { digest: arm64, platform: { os: 'linux', architecture: 'arm64' } },
          {
            digest: digestOf('attestation'),
            platform: { os: 'unknown', architecture: 'unknown' },
          },
        ],
      },
      '1.1.0',
      INDEX,
    );
    const images = await create().listImages(REPOSITORY, {
      buildsOf: () => true,
    });
    expect(
      new Map(images.map(({ digest, builds }) => [digest, builds])),
    ).toEqual(
      new Map<string, object[] | undefined>([
        [
          image,
          [
            {
              platform: 'linux/arm64/v8',
              builtAt: '2026-01-01T10:00:00.123456789+02:00',
            },
          ],
        ],
        [undated, [{ platform: 'linux/amd64', builtAt: '' }]],
        [noConfig, [{ builtAt: '' }]],
        [chart, [{ builtAt: '' }]],
        [
          index,
          [
            {
              platform: 'linux/amd64',
              builtAt: '2026-01-02T10:00:00.123456789+02:00',
            },
            {
              platform: 'linux/arm64',
              builtAt: '2026-01-03T10:00:00.123456789+02:00',
            },
          ],
        ],
        // The platform images of a version aren't versions themselves.
        [amd64, undefined],
        [arm64, undefined],
      ]),
    );
  });

  it('reads only requested builds, once, and sends no AWS credentials to the download', async () => {
    const requested = push(builtOn('amd64', 1), '1.0.0');
    push(builtOn('amd64', 2), '1.0.1');
    const source = create();
    expect(
      (await source.listImages(REPOSITORY)).flatMap(({ builds }) => builds),
    ).toEqual([undefined, undefined]);
    expect(storage.received).toEqual([]);

    const buildsOf = ({ digest }: { digest: string }) => digest === requested;
    for (let time = 0; time < 2; time++) {
      const images = await source.listImages(REPOSITORY, { buildsOf });
      expect(
        images.filter(({ builds }) => builds).map(({ digest }) => digest),
      ).toEqual([requested]);
    }
    expect(storage.received).toHaveLength(1);
    expect(storage.received[0].headers).not.toHaveProperty('authorization');
  });

  it('leaves the list unchanged when builds can’t be read, and warns once', async () => {
    isRefused = true;
    const digest = push(builtOn('amd64', 1), '1.0.0');
    const source = create();
    for (let time = 0; time < 2; time++) {
      expect(
        await source.listImages(REPOSITORY, { buildsOf: () => true }),
      ).toEqual([expect.objectContaining({ digest, tags: ['1.0.0'] })]);
    }
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('ecr:GetDownloadUrlForLayer'),
    );
  });

  it('reads the other builds when one can’t be read', async () => {
    const broken = push(builtOn('amd64', 1), 'broken');
    const config = JSON.stringify(builtOn('amd64', 1));
    blobs.delete(digestOf(config));
    // More than one batch.
    for (let index = 0; index < 150; index++) {
      push({ ...builtOn('arm64', 2), index }, `1.0.${index}`);
    }
    const source = create();
    const unbuilt = async () =>
      (await source.listImages(REPOSITORY, { buildsOf: () => true }))
        .filter(({ builds }) => !builds)
        .map(({ digest }) => digest);
    expect(await unbuilt()).toEqual([broken]);
    expect(storage.received).toHaveLength(151);

    push({ ...builtOn('arm64', 3) }, '2.0.0');
    expect(await unbuilt()).toEqual([broken]);
    expect(storage.received).toHaveLength(152);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('stops requesting builds when none can be read', async () => {
    for (let index = 0; index < 150; index++) {
      push({ ...builtOn('arm64', 2), index }, `1.0.${index}`);
    }
    blobs.clear();
    const source = create();
    for (const _ of [1, 2]) {
      const images = await source.listImages(REPOSITORY, {
        buildsOf: () => true,
      });
      expect(images).toHaveLength(150);
    }
    expect(storage.received.length).toBeLessThan(20);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('ignores content that doesn’t match its digest', async () => {
    push(builtOn('amd64', 1), '1.0.0');
    blobs.forEach((_, digest) =>
      blobs.set(digest, JSON.stringify(builtOn('amd64', 9))),
    );
    const [image] = await create().listImages(REPOSITORY, {
      buildsOf: () => true,
    });
    expect(image.builds).toBeUndefined();
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('reads what one image says it was built from', async () => {
    const labels = { 'org.opencontainers.image.revision': 'a'.repeat(40) };
    const labelled = push({ config: { Labels: labels } }, '1.0.0');
    const other = push({ config: {} }, '1.0.1');
    const source = create();
    const of = (digest: string) =>
      source.imageSource({ repository: REPOSITORY, digest });
    expect(await of(labelled)).toEqual({ revision: 'a'.repeat(40) });
    expect(await of(other)).toBeUndefined();
    expect(await of(digestOf('missing'))).toBeUndefined();
    isRefused = true;
    await expect(of(labelled)).rejects.toThrow('no right');
  });
});
