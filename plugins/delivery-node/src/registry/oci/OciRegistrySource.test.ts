import { mockServices } from '@backstage/backend-test-utils';
import { OciTestRegistry } from '../../__testUtils__/OciTestRegistry';
import { OCI_HOST, ociSource } from '../../__testUtils__/ociSource';

const REPOSITORY = `${OCI_HOST}/shop/api`;
const NAME = 'shop/api';

describe('OciRegistrySource', () => {
  const logger = mockServices.logger.mock();
  let registry: OciTestRegistry;
  const create = () => ociSource(registry, { logger });

  beforeEach(async () => {
    logger.warn.mockClear();
    registry = await OciTestRegistry.start();
  });

  afterEach(() => registry.stop());

  it('lists images with all of their tags and manifest details, newest first', async () => {
    const created = '2026-02-01T10:00:00.5Z';
    const old = registry.push(NAME, '1.0.0', {
      created: '2026-01-01T00:00:00Z',
      size: 500,
    });
    const recent = registry.push(NAME, '1.1.0', { created });
    registry.push(NAME, 'latest', { created, content: '1.1.0' });
    const timeless = registry.push(NAME, '0.9.0', {
      created: '0001-01-01T00:00:00Z',
    });
    const images = await create().listImages(REPOSITORY);
    expect(images).toEqual([
      expect.objectContaining({
        repository: REPOSITORY,
        digest: recent,
        tags: ['1.1.0', 'latest'],
        builds: [{ builtAt: created }],
      }),
      {
        repository: REPOSITORY,
        digest: old,
        tags: ['1.0.0'],
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        artifactMediaType: 'application/vnd.oci.image.config.v1+json',
        // The layer plus the configuration.
        sizeInBytes: 500 + 65,
        builds: [{ builtAt: '2026-01-01T00:00:00Z' }],
      },
      expect.objectContaining({
        digest: timeless,
        tags: ['0.9.0'],
        builds: [{ builtAt: '0001-01-01T00:00:00Z' }],
      }),
    ]);
    expect(images[0]).not.toHaveProperty('pushedAt');
  });

  it('lists indexes, their children and the build time of each', async () => {
    const amd64 = registry.push(NAME, undefined, {
      created: '2026-01-01T00:00:00Z',
    });
    const arm64 = registry.push(NAME, undefined, {
      created: '2026-01-02T00:00:00Z',
    });
    const attestation = registry.put(NAME, undefined, 'x', { attests: true });
    const index = registry.pushIndex(NAME, '1.0.0', {
      'linux/amd64': amd64,
      'linux/arm64': arm64,
      'unknown/unknown': attestation,
    });
    const images = await create().listImages(REPOSITORY);
    expect(
      images.map(({ digest, tags, builds, children, childOf }) => ({
        digest,
        tags,
        builds,
        children,
        childOf,
      })),
    ).toEqual(
      [
        {
          digest: index,
          tags: ['1.0.0'],
          builds: [
            { platform: 'linux/amd64', builtAt: '2026-01-01T00:00:00Z' },
            { platform: 'linux/arm64', builtAt: '2026-01-02T00:00:00Z' },
          ],
          children: [
            { digest: amd64, platform: 'linux/amd64' },
            { digest: arm64, platform: 'linux/arm64' },
            { digest: attestation },
          ],
        },
        {
          digest: arm64,
          tags: [],
          builds: [{ builtAt: '2026-01-02T00:00:00Z' }],
          childOf: [index],
        },
      ]
        .sort((a, b) => (a.digest < b.digest ? -1 : 1))
        .concat({
          digest: amd64,
          tags: [],
          builds: [{ builtAt: '2026-01-01T00:00:00Z' }],
          childOf: [index],
        }),
    );
  });

  it('reads every page', async () => {
    registry.pageSize = 7;
    for (let number = 0; number < 40; number++) {
      registry.push(NAME, `1.0.${number}`);
    }
    const images = await create().listImages(REPOSITORY);
    expect(images.flatMap(({ tags }) => tags)).toHaveLength(40);
    expect(
      registry.requests.filter(request => request.includes('/tags/list')),
    ).toHaveLength(6);
    expect(registry.most).toBeLessThanOrEqual(4);
    expect(registry.most).toBeGreaterThan(1);
  });

  it('rereads every tag, but no manifest', async () => {
    const first = registry.push(NAME, '1.0.0');
    registry.push(NAME, 'latest', { content: '1.0.0' });
    const source = create();
    await source.listImages(REPOSITORY);
    registry.forgetRequests();
    const moved = registry.push(NAME, 'latest', { content: 'other' });
    const images = await source.listImages(REPOSITORY);
    expect(new Map(images.map(({ digest, tags }) => [digest, tags]))).toEqual(
      new Map([
        [first, ['1.0.0']],
        [moved, ['latest']],
      ]),
    );
    expect(registry.requests.map(one => one.replace(/\?.*/, ''))).toEqual([
      'GET /v2/shop/api/tags/list',
      'HEAD /v2/shop/api/manifests/latest',
      'HEAD /v2/shop/api/manifests/1.0.0',
      `GET /v2/shop/api/manifests/${moved}`,
      expect.stringMatching('GET /v2/shop/api/blobs/sha256:'),
    ]);
  });

  it('is empty when all tags were removed', async () => {
    registry.push(NAME, '1.0.0');
    registry.untag(NAME, '1.0.0');
    expect(await create().listImages(REPOSITORY)).toEqual([]);
  });

  it('leaves out a tag that is removed during the read', async () => {
    registry.push(NAME, '1.0.0');
    registry.push(NAME, '1.0.1');
    registry.faults.push({
      path: /manifests\/1\.0\.0/,
      times: 1,
      status: 404,
    });
    const images = await create().listImages(REPOSITORY);
    expect(images.map(({ tags }) => tags)).toEqual([['1.0.1']]);
  });

  it('computes digests that the registry doesn’t return', async () => {
    registry.hasDigestHeader = false;
    const digest = registry.push(NAME, '1.0.0');
    expect(await create().listImages(REPOSITORY)).toEqual([
      expect.objectContaining({ digest, tags: ['1.0.0'] }),
    ]);
  });

  it('lists unknown manifests without details', async () => {
    const digest = registry.put(NAME, 'odd', 'application/x', 'hello');
    const chart = registry.put(NAME, 'chart', 'application/x', {
      config: {
        mediaType: 'application/vnd.cncf.helm.config.v1+json',
        digest: `sha256:${'1'.repeat(64)}`,
        size: 1,
      },
      layers: [],
    });
    const images = await create().listImages(REPOSITORY);
    expect(new Map(images.map(one => [one.digest, one]))).toEqual(
      new Map([
        [
          digest,
          {
            repository: REPOSITORY,
            digest,
            tags: ['odd'],
            mediaType: 'application/x',
          },
        ],
        [
          chart,
          {
            repository: REPOSITORY,
            digest: chart,
            tags: ['chart'],
            mediaType: 'application/x',
            artifactMediaType: 'application/vnd.cncf.helm.config.v1+json',
            sizeInBytes: 1,
          },
        ],
      ]),
    );
  });

  it('lists images without details that can’t be read, and warns once', async () => {
    for (let number = 0; number < 20; number++) {
      registry.push(NAME, `1.0.${number}`);
    }
    const source = create();
    registry.faults.push({
      path: /manifests\/sha256|blobs/,
      times: 10_000,
      status: 429,
      headers: { 'retry-after': '0' },
      body: { errors: [{ code: 'TOOMANYREQUESTS' }] },
    });
    for (const _ of [1, 2]) {
      registry.forgetRequests();
      const images = await source.listImages(REPOSITORY);
      expect(images).toHaveLength(20);
      expect(
        registry.requests.filter(one => one.includes('manifests/sha256'))
          .length,
      ).toBeLessThanOrEqual(8);
    }
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringContaining('TOOMANYREQUESTS')],
    ]);

    registry.faults.length = 0;
    const [image] = await source.listImages(REPOSITORY);
    expect(image.sizeInBytes).toBeGreaterThan(1000);
  });

  it('stops when the signal aborts', async () => {
    registry.push(NAME, '1.0.0');
    await expect(
      create().listImages(REPOSITORY, {
        signal: AbortSignal.abort(new Error('enough')),
      }),
    ).rejects.toThrow('enough');
    expect(registry.requests).toEqual([]);
  });

  it('reads what one image says it was built from', async () => {
    const labels = {
      'org.opencontainers.image.revision': 'a'.repeat(40),
      'org.opencontainers.image.source': 'https://git.example.com/shop/api',
    };
    const image = registry.push(NAME, undefined, { labels });
    const index = registry.pushIndex(NAME, '1.0.0', { 'linux/amd64': image });
    const source = create();
    const of = (digest: string) =>
      source.imageSource({ repository: REPOSITORY, digest });
    expect(await of(index)).toEqual({
      revision: 'a'.repeat(40),
      url: 'https://git.example.com/shop/api',
    });
    await expect(of(`sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(
      source.imageSource({ repository: `${OCI_HOST}/../api`, digest: index }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });
});
