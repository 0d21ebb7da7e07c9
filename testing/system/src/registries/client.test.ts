import {
  BatchDeleteImageCommand,
  CreateRepositoryCommand,
  type ECRClient,
  paginateDescribeImages,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr';
import {
  EcrHosts,
  EcrRegistrySource,
  type ListImagesOptions,
  type RegistryImage,
} from '@landfall/backstage-plugin-delivery-node';
import { MEDIA_TYPES, waitUntil } from '@landfall/testing-kit';
import { clientsFor } from './clientsFor';
import { REGISTRIES } from './kinds';
import { Pusher } from './Pusher';
import type { RegistryUnderTest } from './RegistryUnderTest';

const MANY = 1005;

REGISTRIES.forEach(({ name: kind, describeIt, start }) => {
  describeIt(`the client of ECR on ${kind}`, () => {
    let registry: RegistryUnderTest;
    let client: ECRClient;
    let source: EcrRegistrySource;

    beforeAll(async () => {
      registry = await start();
      const { host, accountId, region, clients } = registry;
      client = await clients.getClient({ accountId, region });
      source = EcrRegistrySource.create({
        clients,
        hosts: EcrHosts.create([{ host, accountId, region }]),
        searched: [{ accountId, region }],
      });
    });

    afterAll(() => registry.stop());

    async function createRepository(
      repositoryName: string,
      scanOnPush = false,
    ): Promise<Pusher> {
      await client.send(
        new CreateRepositoryCommand({
          repositoryName,
          imageScanningConfiguration: { scanOnPush },
        }),
      );
      return new Pusher(registry, client, repositoryName);
    }

    function list(
      name: string,
      options?: ListImagesOptions,
    ): Promise<RegistryImage[]> {
      return source.listImages(`${registry.host}/${name}`, options);
    }

    it('reports which repository does not exist', async () => {
      await expect(list('client/missing')).rejects.toMatchObject({
        name: 'NotFoundError',
        message: expect.stringContaining(
          "repository 'client/missing' doesn't exist",
        ),
      });
    });

    it('finds nothing in an empty repository', async () => {
      await createRepository('client/empty');
      expect(await list('client/empty')).toEqual([]);
    });

    it('groups the tags of one digest with its details', async () => {
      const pusher = await createRepository('client/tags');
      const begin = Date.now();
      const image = await pusher.image(['1.0.0', '1.0', 'latest']);
      const moved = await pusher.image(['latest'], { content: 'newer' });
      const untagged = await pusher.image([], { content: 'nobody’s' });
      const images = await list('client/tags');

      expect(image.digest === image.image.manifest.digest).toBe(
        !registry.differs('digests are those of layers'),
      );
      const byDigest = new Map(images.map(one => [one.digest, one]));
      expect(byDigest.size).toBe(images.length);
      const { tags = [], pushedAt = '' } = byDigest.get(image.digest) ?? {};
      expect([...tags].sort()).toEqual(['1.0', '1.0.0']);
      // moto's times are in whole seconds.
      expect(Date.parse(pushedAt)).toBeGreaterThanOrEqual(begin - 1000);
      expect(Date.parse(pushedAt)).toBeLessThanOrEqual(Date.now() + 1000);
      expect(byDigest.get(moved.digest)?.tags).toEqual(['latest']);
      expect(byDigest.get(untagged.digest)?.tags).toEqual([]);
      expect(byDigest.get(image.digest)).toMatchObject({
        repository: `${registry.host}/client/tags`,
        mediaType: MEDIA_TYPES.manifest,
        artifactMediaType: registry.differs('has no artifact type')
          ? undefined
          : MEDIA_TYPES.config,
        sizeInBytes: registry.differs('sizes are those of configurations')
          ? image.configSize
          : image.size,
      });
      const times = images.map(one => one.pushedAt ?? '');
      expect(times).toEqual([...times].sort().reverse());
    });

    it('reads when and for which platforms images were built', async () => {
      const pusher = await createRepository('client/builds');
      const built = (day: number) => `2026-01-0${day}T10:00:00.5+01:00`;
      const arm64 = await pusher.image(['1.0.0'], {
        created: built(1),
        platform: 'linux/arm64/v8',
      });
      const undated = await pusher.image(['undated']);
      const index = await pusher.index('2.0.0', {
        'linux/amd64': await pusher.image([], {
          created: built(2),
          content: 'amd64',
        }),
        'linux/arm64': await pusher.image([], {
          created: built(3),
          content: 'arm64',
          platform: 'linux/arm64',
        }),
      });
      const images = await list('client/builds', { buildsOf: () => true });
      const expected = {
        [arm64.digest]: [{ platform: 'linux/arm64/v8', builtAt: built(1) }],
        [undated.digest]: [{ platform: 'linux/amd64', builtAt: '' }],
        [index]: [
          { platform: 'linux/amd64', builtAt: built(2) },
          { platform: 'linux/arm64', builtAt: built(3) },
        ],
      };
      expect(
        Object.fromEntries(
          images.flatMap(({ digest, builds }) =>
            builds ? [[digest, builds]] : [],
          ),
        ),
      ).toEqual(registry.differs('has no links to layers') ? {} : expected);
    });

    it('reads the platform images of an index', async () => {
      const pusher = await createRepository('client/index');
      const amd64 = await pusher.image([], { content: 'amd64' });
      const arm64 = await pusher.image([], { content: 'arm64' });
      const single = await pusher.image(['1.0.0']);
      const index = await pusher.index('2.0.0', {
        'linux/amd64': amd64,
        'linux/arm64': arm64,
      });
      const images = await list('client/index');
      const of = (digest: string) => images.find(one => one.digest === digest);
      expect(images).toHaveLength(4);
      expect(of(index)).toMatchObject({
        tags: ['2.0.0'],
        mediaType: MEDIA_TYPES.index,
        children: [
          { digest: amd64.digest, platform: 'linux/amd64' },
          { digest: arm64.digest, platform: 'linux/arm64' },
        ],
      });
      expect(of(index)?.sizeInBytes === undefined).toBe(
        registry.differs('indexes have no size'),
      );
      expect(of(amd64.digest)).toMatchObject({ tags: [], childOf: [index] });
      expect(of(arm64.digest)).toMatchObject({ tags: [], childOf: [index] });
      expect(of(single.digest)).not.toHaveProperty('childOf');
    });

    it('reads every page', async () => {
      const repositoryName = 'client/many';
      const pusher = await createRepository(repositoryName);
      await pusher.images(MANY);
      const images = await list(repositoryName);
      expect(new Set(images.flatMap(({ tags }) => tags)).size).toBe(MANY);
      expect(new Set(images.map(({ digest }) => digest)).size).toBe(MANY);

      const pages: number[] = [];
      for await (const { imageDetails = [] } of paginateDescribeImages(
        { client, pageSize: 1000 },
        { repositoryName },
      )) {
        pages.push(imageDetails.length);
      }
      expect(pages).toEqual(
        registry.differs('ignores paging') ? [MANY] : [1000, MANY - 1000],
      );
    });

    it('reports that access is denied', async () => {
      await createRepository('client/secret');
      const { accountId, region, host, url } = registry;
      const { clients, restore } = clientsFor(url, {
        accountId,
        region,
        accessKeyId: 'AKIASTRANGER',
        secretAccessKey: 'any',
      });
      const answer = await EcrRegistrySource.create({
        clients,
        hosts: EcrHosts.create([{ host, accountId, region }]),
      })
        .listImages(`${host}/client/secret`)
        .then(
          images => images.length,
          error => error.name,
        );
      await restore();
      expect(answer).toBe(
        registry.differs('accepts every caller')
          ? 0
          : 'UnrecognizedClientException',
      );
    });

    it('returns the findings of a scan as soon as it has ended', async () => {
      const pusher = await createRepository('client/scans');
      const { digest } = await pusher.image(['1.0.0']);
      const scanOf = async (scanned?: string[]) =>
        (await list('client/scans', { scanned }))[0].scan;
      expect(await scanOf()).toBeUndefined();
      await client.send(
        new StartImageScanCommand({
          repositoryName: 'client/scans',
          imageId: { imageDigest: digest },
        }),
      );
      await waitUntil(
        'the scan has ended',
        async () => (await scanOf([digest]))?.status === 'COMPLETE',
        { timeoutMs: 20_000 },
      );
      const scan = await scanOf();
      expect(scan).toMatchObject({
        status: 'COMPLETE',
        severities: registry.differs('invents a finding') ? { HIGH: 1 } : {},
      });
      expect(Date.parse(scan?.at ?? '')).toBeGreaterThan(
        Date.now() - 3_600_000,
      );
    });

    it('returns scans on push', async () => {
      const pusher = await createRepository('client/scanned', true);
      await pusher.image(['1.0.0']);
      const [{ scan }] = await list('client/scanned');
      expect(scan?.status).toBe(
        registry.differs('does not scan on push') ? undefined : 'IN_PROGRESS',
      );
    });

    it('finds repositories by their tags', async () => {
      for (const [name, part] of [
        ['client/tagged-api', 'api'],
        ['client/tagged-worker', 'worker'],
      ]) {
        await client.send(
          new CreateRepositoryCommand({
            repositoryName: name,
            tags: [
              { Key: 'test', Value: 'tagged' },
              { Key: 'part', Value: part },
            ],
          }),
        );
      }
      const found = (tags: Record<string, string>) =>
        source.findRepositories(tags);
      expect(await found({ test: 'tagged' })).toEqual({
        repositories: [
          `${registry.host}/client/tagged-api`,
          `${registry.host}/client/tagged-worker`,
        ],
        errors: [],
      });
      expect(await found({ test: 'tagged', part: 'worker' })).toEqual({
        repositories: [`${registry.host}/client/tagged-worker`],
        errors: [],
      });
      expect(await found({ test: 'other' })).toEqual({
        repositories: [],
        errors: [],
      });
    });

    it('reflects what was removed', async () => {
      const pusher = await createRepository('client/removed');
      const kept = await pusher.image(['1.0.0', 'latest']);
      const gone = await pusher.image(['0.9.0']);
      await client.send(
        new BatchDeleteImageCommand({
          repositoryName: 'client/removed',
          imageIds: [{ imageTag: 'latest' }, { imageDigest: gone.digest }],
        }),
      );
      expect(
        (await list('client/removed')).map(({ digest, tags }) => [
          digest,
          tags,
        ]),
      ).toEqual([[kept.digest, ['1.0.0']]]);
    });
  });
});
