import { pushImage } from './client/pushImage';
import {
  CREDENTIALS,
  type TestRegistry,
  TestRegistries,
} from './__testUtils__/registry';

describe('pages and controls', () => {
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

  async function get(path: string) {
    const response = await fetch(new URL(path, registry.url));
    return { status: response.status, text: await response.text() };
  }

  test('show the repositories and their images', async () => {
    expect((await get('/')).text).toContain('href="/repositories/shop/api"');
    const page = await get('/repositories/shop/api');
    expect(page.text).toContain('<td>1.0.0</td>');
    expect(page.text).toContain(digest);
  });

  test('say what is not there, without running it', async () => {
    const page = await get('/repositories/%3Cscript%3Ealert(1)%3C/script%3E');
    expect(page.status).toBe(404);
    expect(page.text).not.toContain('<script>');
    expect((await get('/repositories/%E0%A4%A')).status).toBe(404);
  });

  test('list everything as JSON', async () => {
    const { text } = await get('/_sandbox/repositories');
    expect(JSON.parse(text)).toEqual({
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
