import { pushImage } from '../client/pushImage';
import {
  CREDENTIALS,
  type TestRegistry,
  TestRegistries,
} from '../__testUtils__/registry';

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
    ['/_sandbox/vulnerabilities/no/such', '{"findings":[]}', 404],
    ['/_sandbox/vulnerabilities/shop/api', '{"findings":[{}]}', 400],
    ['/_sandbox/vulnerabilities/shop/api', 'nope', 400],
    ['/_sandbox/nothing', '{}', 404],
  ])('%s refuses %s with %d', async (path, body, status) => {
    const response = await fetch(new URL(path, registry.url), {
      method: 'PUT',
      body,
    });
    expect(response.status).toBe(status);
  });
});
