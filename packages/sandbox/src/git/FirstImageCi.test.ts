import {
  CREDENTIALS,
  TestRegistries,
  type TestRegistry,
  until,
} from '../ecr/__testUtils__/registry';
import { TestHost } from './__testUtils__/TestHost';

describe('the CI', () => {
  const registries = new TestRegistries();
  let registry: TestRegistry;
  let host: TestHost;

  beforeEach(async () => {
    registry = await registries.start();
    host = await TestHost.start({
      ci: {
        registry: { url: registry.url, ...CREDENTIALS },
        intervalSeconds: 0.02,
      },
    });
  });
  afterEach(() => host.stop());
  afterAll(() => registries.cleanUp());

  const createRepository = () =>
    registry.client.call('CreateRepository', { repositoryName: 'shop/api' });
  const images = async () => {
    const answer = await fetch(registry.url);
    const { repositories } = Object(await answer.json());
    return repositories.flatMap(
      (repository: { images: object[] }) => repository.images,
    );
  };
  const publish = (version: string) =>
    host.publish('api', {
      'ci/ecr-repository': 'shop/api\n',
      VERSION: version,
    });
  const linesWith = (text: string) =>
    host.log.filter(line => line.includes(text));

  test('pushes the first image of a repository, and the next version', async () => {
    await createRepository();
    const { folder } = await publish('1.0.0\n');
    await until(async () => (await images()).length === 1);
    expect(await images()).toMatchObject([{ tags: ['1.0.0'] }]);

    await host.commit(folder, { VERSION: '1.0.1\n' }, 'Raise the version');
    await host.mustGit(['push', '--quiet', 'origin', 'main'], folder);
    await until(async () => (await images()).length === 2);
    const [second, first] = await images();
    expect(second.tags).toEqual(['1.0.1']);
    expect(first.tags).toEqual(['1.0.0']);
  });

  test('labels the image with where it comes from', async () => {
    await createRepository();
    const { commitId } = await publish('1.0.0');
    await until(async () => (await images()).length === 1);
    const authorization = await registry.client.authorization();
    const read = async (path: string) => {
      const response = await fetch(`${registry.url}/v2/shop/api/${path}`, {
        headers: { authorization },
      });
      return Object(await response.json());
    };
    const manifest = await read('manifests/1.0.0');
    const config = await read(`blobs/${manifest.config.digest}`);
    expect(config.config.Labels).toEqual({
      'org.opencontainers.image.revision': commitId,
      'org.opencontainers.image.source': `${host.url}/shop/api`,
      'org.opencontainers.image.version': '1.0.0',
    });
    expect(Date.now() - Date.parse(config.created)).toBeLessThan(60_000);
  });

  test('waits for the ECR repository, and says so once', async () => {
    await publish('1.0.0');
    await until(() => linesWith('NAME_UNKNOWN').length > 0);
    await createRepository();
    await until(async () => (await images()).length === 1);
    expect(linesWith('NAME_UNKNOWN')).toHaveLength(1);
  });

  test('outlasts the registry, and leaves other repositories alone', async () => {
    await createRepository();
    const outage = (seconds: number) =>
      fetch(`${registry.url}/_sandbox/outage`, {
        method: 'POST',
        body: JSON.stringify({ seconds }),
      });
    await outage(600);
    await host.publish('other', { 'README.md': 'none' });
    await host.publish('no-version', { 'ci/ecr-repository': 'shop/api\n' });
    await host.api('/orgs/shop/repos', {
      method: 'POST',
      body: { name: 'empty' },
    });
    await publish('1.0.0');
    await until(() => linesWith("can't be reached").length > 0);
    await outage(0);
    await until(async () => (await images()).length === 1);
    expect(linesWith('pushed')).toEqual([
      expect.stringContaining('shop/api:1.0.0'),
    ]);
  });

  test('ends with its part', async () => {
    await publish('1.0.0');
    await until(() => linesWith('NAME_UNKNOWN').length > 0);
    await host.restart();
    // Only the second one complains again: the first one is over.
    await until(() => linesWith('NAME_UNKNOWN').length === 2);
    await createRepository();
    await until(async () => (await images()).length === 1);
    expect(linesWith('pushed')).toHaveLength(1);
  });
});
