import { pushImage } from './client/pushImage';
import {
  CREDENTIALS,
  type TestRegistry,
  TestRegistries,
  until,
} from './__testUtils__/registry';

describe('Controls', () => {
  const registries = new TestRegistries();
  let registry: TestRegistry;
  let digest: string;

  beforeAll(async () => {
    registry = await registries.start();
    await registry.client.call('CreateRepository', {
      repositoryName: 'shop/api',
    });
    ({ digest } = await pushImage({
      registryUrl: registry.url,
      credentials: CREDENTIALS,
      repository: 'shop/api',
      tag: '1.0.0',
    }));
  });

  afterAll(() => registries.cleanUp());

  test('list everything', async () => {
    const response = await fetch(registry.url);
    expect(await response.json()).toEqual({
      repositories: [
        {
          name: 'shop/api',
          uri: `${new URL(registry.url).host}/shop/api`,
          images: [
            {
              digest,
              tags: ['1.0.0'],
              pushedAt: expect.stringMatching(/Z$/),
              sizeInBytes: expect.any(Number),
            },
          ],
        },
      ],
    });
  });

  test.each([
    ['/_sandbox/vulnerabilities', '{"repository":"x/y","findings":[]}', 400],
    ['/_sandbox/vulnerabilities', '{"findings":[{}]}', 400],
    ['/_sandbox/vulnerabilities', 'nope', 400],
    ['/_sandbox/nothing', '{}', 404],
  ])('%s refuses %s with %d', async (path, body, status) => {
    const response = await fetch(new URL(path, registry.url), {
      method: 'PUT',
      body,
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.any(String) });
  });
});

test('scans find the configured vulnerabilities', async () => {
  const registries = new TestRegistries();
  const { url, client } = await registries.start();
  try {
    await client.call('CreateRepository', {
      repositoryName: 'shop/api',
      imageScanningConfiguration: { scanOnPush: true },
    });
    await fetch(`${url}/_sandbox/vulnerabilities`, {
      method: 'PUT',
      body: JSON.stringify({
        repository: 'shop/api',
        findings: [{ name: 'CVE-1', severity: 'LOW' }],
      }),
    });
    await pushImage({
      registryUrl: url,
      credentials: CREDENTIALS,
      repository: 'shop/api',
      tag: '1.0.0',
    });
    let image: { imageScanFindingsSummary?: object } = {};
    await until(async () => {
      const { imageDetails } = Object(
        await client.call('DescribeImages', { repositoryName: 'shop/api' }),
      );
      [image] = imageDetails;
      return image.imageScanFindingsSummary !== undefined;
    });
    expect(image.imageScanFindingsSummary).toMatchObject({
      findingSeverityCounts: { LOW: 1 },
    });
  } finally {
    await registries.cleanUp();
  }
});
