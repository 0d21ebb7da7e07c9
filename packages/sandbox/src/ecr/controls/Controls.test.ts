import { pushImage } from '../client/pushImage';
import { EventTarget } from '../__testUtils__/events';
import {
  CREDENTIALS,
  type TestRegistry,
  TestRegistries,
  until,
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

describe('faults of events', () => {
  const registries = new TestRegistries();
  let target: EventTarget;
  let registry: TestRegistry;

  beforeEach(async () => {
    target = await EventTarget.start();
    registry = await registries.start({
      config: { events: { url: target.url, headers: {} } },
    });
    for (const repositoryName of ['shop/api', 'shop/other']) {
      await registry.client.call('CreateRepository', { repositoryName });
    }
  });

  afterEach(async () => {
    await registries.cleanUp();
    await target.close();
  });

  async function events(faults?: object): Promise<unknown> {
    const response = await fetch(`${registry.url}/_sandbox/events`, {
      ...(faults && { method: 'PUT', body: JSON.stringify(faults) }),
    });
    return response.json();
  }

  const push = (tag: string, repository = 'shop/api') =>
    pushImage({
      registryUrl: registry.url,
      credentials: CREDENTIALS,
      repository,
      tag,
    });

  /** Tags of the reported pushes, in the order of arrival. */
  const received = () =>
    target.received.map(({ body }) => body.detail['image-tag']);

  test('lose, double and shuffle as many events as requested', async () => {
    await events({ lose: 1, double: 1, shuffle: 3 });
    for (const tag of ['lost', 'twice', 'a', 'b']) {
      await push(tag);
    }
    await until(() => target.received.length === 2);
    const [one, other] = target.received;
    expect(one.body).toEqual(other.body);
    expect(await events()).toEqual({ lose: 0, double: 0, shuffle: 1, held: 2 });

    await push('c');
    await push('d');
    await until(() => target.received.length === 6);
    expect(received()).toEqual(['twice', 'twice', 'c', 'b', 'a', 'd']);
    expect(await events()).toEqual({ lose: 0, double: 0, shuffle: 0, held: 0 });
  });

  test('release held events when they end', async () => {
    await events({ shuffle: 10 });
    await push('1.0.0');
    await events({});
    await until(() => target.received.length === 1);
    expect(received()).toEqual(['1.0.0']);
  });

  test('affect only the given repository', async () => {
    await events({ lose: 1, repository: 'shop/other' });
    await push('1.0.0');
    await push('lost', 'shop/other');
    await push('1.0.1');
    await until(() => target.received.length === 2);
    expect(received()).toEqual(['1.0.0', '1.0.1']);
  });

  test.each([{ lose: 'some' }, { lose: 10_001 }, { lost: 1 }])(
    'are refused as %j',
    async faults => {
      expect(await events(faults)).toEqual({ error: expect.any(String) });
    },
  );
});

test('scans find the configured vulnerabilities', async () => {
  const registries = new TestRegistries();
  const { url, client } = await registries.start();
  try {
    await client.call('CreateRepository', {
      repositoryName: 'shop/api',
      imageScanningConfiguration: { scanOnPush: true },
    });
    await fetch(`${url}/_sandbox/vulnerabilities/shop/api`, {
      method: 'PUT',
      body: JSON.stringify({ findings: [{ name: 'CVE-1', severity: 'LOW' }] }),
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
