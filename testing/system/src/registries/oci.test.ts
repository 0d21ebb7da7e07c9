import { CreateRepositoryCommand } from '@aws-sdk/client-ecr';
import {
  EcrHosts,
  EcrRegistrySource,
  OciRegistrySource,
} from '@landfall/backstage-plugin-delivery-node';
import { Pusher } from './Pusher';
import { SandboxRegistry } from './SandboxRegistry';

describe('the OCI API of the sandbox’s ECR', () => {
  let registry: SandboxRegistry;

  beforeAll(async () => {
    registry = await SandboxRegistry.start();
  });

  afterAll(() => registry.stop());

  const create = (credentials?: { username: string; password: string }) =>
    OciRegistrySource.create({
      registry: { host: registry.host, url: registry.url, credentials },
    });

  it('returns the same as the API of ECR', async () => {
    const { host, accountId, region, clients } = registry;
    const repositoryName = 'oci/same';
    const client = await clients.getClient({ accountId, region });
    await client.send(new CreateRepositoryCommand({ repositoryName }));
    const pusher = new Pusher(registry, client, repositoryName);
    const created = '2026-01-01T00:00:00Z';
    await pusher.image(['1.0.0', 'latest'], { created });
    const amd64 = await pusher.image([], { content: 'a', created });
    const arm64 = await pusher.image([], { content: 'b', created });
    await pusher.index('2.0.0', { 'linux/amd64': amd64, 'linux/arm64': arm64 });

    const repository = `${host}/${repositoryName}`;
    const byEcr = await EcrRegistrySource.create({
      clients,
      hosts: EcrHosts.create([{ host, accountId, region }]),
    }).listImages(repository);
    const byOci = await create(await registry.login()).listImages(repository);

    expect(byOci).toHaveLength(4);
    const comparable = (images: typeof byOci) =>
      new Map(
        images.map(({ digest, tags, mediaType, children, childOf }) => [
          digest,
          { tags: [...tags].sort(), mediaType, children, childOf },
        ]),
      );
    expect(comparable(byOci)).toEqual(comparable(byEcr));
    for (const { digest, sizeInBytes, artifactMediaType } of byOci.filter(
      ({ children }) => !children,
    )) {
      expect(byEcr.find(one => one.digest === digest)).toMatchObject({
        sizeInBytes,
        artifactMediaType,
      });
    }
    const dates = byOci.flatMap(({ builds = [] }) =>
      builds.map(({ builtAt }) => builtAt),
    );
    expect(new Set(dates)).toEqual(new Set(['2026-01-01T00:00:00Z']));
  });

  it('refuses unknown callers, and reports what is missing', async () => {
    const { host } = registry;
    await expect(create().listImages(`${host}/oci/same`)).rejects.toMatchObject(
      {
        name: 'AuthenticationError',
        message: expect.stringContaining('UNAUTHORIZED'),
      },
    );
    await expect(
      create(await registry.login()).listImages(`${host}/oci/none`),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('NAME_UNKNOWN'),
    });
  });
});
