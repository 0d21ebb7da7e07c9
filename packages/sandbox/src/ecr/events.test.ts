import { readRecordingText } from '@landfall/testing-kit';
import { pushImage } from './client/pushImage';
import { EventTarget } from './__testUtils__/events';
import {
  CREDENTIALS,
  type TestRegistry,
  TestRegistries,
  until,
} from './__testUtils__/registry';

function sample(name: string) {
  return JSON.parse(readRecordingText(`ecr/samples/${name}.json`));
}

describe('events', () => {
  const registries = new TestRegistries();
  const targets: EventTarget[] = [];

  afterAll(async () => {
    await registries.cleanUp();
    await Promise.all(targets.map(target => target.close()));
  });

  async function startTarget(): Promise<EventTarget> {
    const target = await EventTarget.start();
    targets.push(target);
    return target;
  }

  function startWith(target: EventTarget) {
    return registries.start({
      config: {
        events: {
          url: target.url,
          headers: { 'X-Webhook-Secret': 'a shared secret' },
        },
      },
    });
  }

  async function createRepository(registry: TestRegistry, extra = {}) {
    await registry.client.call('CreateRepository', {
      repositoryName: 'shop/api',
      ...extra,
    });
  }

  function push(registry: TestRegistry, tag: string, content?: string) {
    return pushImage({
      registryUrl: registry.url,
      credentials: CREDENTIALS,
      repository: 'shop/api',
      tag,
      content,
    });
  }

  test('a push by tag is posted as an API destination does', async () => {
    const target = await startTarget();
    const registry = await startWith(target);
    await createRepository(registry);
    const { digest } = await push(registry, '1.4.2');
    await until(() => target.received.length === 1);

    const [event] = target.received;
    const recorded = sample('push.api-destination');
    expect(event.method).toBe(recorded.method);
    expect(event.url).toBe(recorded.path);
    for (const name of ['Content-Type', 'User-Agent', 'Range']) {
      expect(event.headers[name.toLowerCase()]).toBe(recorded.headers[name]);
    }
    expect(event.headers['x-webhook-secret']).toBe('a shared secret');

    const expected = JSON.parse(recorded.body);
    expect(event.body).toEqual({
      ...expected,
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      detail: { ...expected.detail, 'image-digest': digest },
    });
    expect(Object.keys(event.body)).toEqual(Object.keys(expected));
  });

  test('the same image pushed again is no event, another tag of it is', async () => {
    const target = await startTarget();
    const registry = await startWith(target);
    await createRepository(registry);
    await push(registry, '1.0.0');
    await push(registry, '1.0.0');
    await push(registry, '1.0.1');
    await until(() => target.received.length >= 2);
    const tags = target.received.map(({ body }) => body.detail['image-tag']);
    expect(tags).toEqual(['1.0.0', '1.0.1']);
  });

  test('deletes are posted, by tag and by digest', async () => {
    const target = await startTarget();
    const registry = await startWith(target);
    await createRepository(registry);
    const first = await push(registry, 'latest', 'one');
    // Moves the tag, so the first image becomes untagged.
    const second = await push(registry, 'latest', 'two');
    await registry.client.call('BatchDeleteImage', {
      repositoryName: 'shop/api',
      imageIds: [{ imageTag: 'latest' }, { imageDigest: first.digest }],
    });
    await until(() => target.received.length === 4);
    const [, , tagged, untagged] = target.received.map(({ body }) => body);
    const expected = [sample('delete'), sample('delete-untagged')];
    expect(Object.keys(tagged.detail)).toEqual(Object.keys(expected[0].detail));
    expect(tagged.detail).toMatchObject({
      'action-type': 'DELETE',
      'image-tag': 'latest',
      'image-digest': second.digest,
    });
    expect(Object.keys(untagged.detail)).toEqual(
      Object.keys(expected[1].detail),
    );
  });

  test('a scan on push ends in an event', async () => {
    const target = await startTarget();
    const registry = await startWith(target);
    await createRepository(registry, {
      imageScanningConfiguration: { scanOnPush: true },
    });
    const { digest } = await push(registry, '1.4.2');
    await until(() => target.received.length === 2);
    const { body } = target.received[1];
    const expected = sample('scan-clean');
    expect(body).toEqual({
      ...expected,
      id: expect.any(String),
      time: expect.any(String),
      detail: {
        ...expected.detail,
        'image-digest': digest,
        'image-tags': ['1.4.2'],
      },
    });
  });

  test('an event is tried again after a server error, and not after a refusal', async () => {
    const target = await startTarget();
    target.statuses.push(503, 400);
    const registry = await startWith(target);
    await createRepository(registry);
    await push(registry, '1.0.0');
    // The 503 and the retry, which is refused permanently. Then the next event.
    await until(() => target.received.length === 2);
    await push(registry, '1.0.1');
    await until(() => target.received.length === 3);
    const [first, second, third] = target.received.map(({ body }) => body);
    expect(second).toEqual(first);
    expect(third.detail['image-tag']).toBe('1.0.1');
    expect(registry.log.join('\n')).toContain('answered 400');
  });
});
