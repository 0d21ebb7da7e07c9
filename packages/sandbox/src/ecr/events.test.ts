import { readRecordingText } from '@landfall/testing-kit';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
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

/** Files of the events that aren't delivered yet. */
function waitingEvents(stateDir: string): string[] {
  return readdirSync(join(stateDir, 'ecr', 'events'));
}

describe('events', () => {
  const registries = new TestRegistries();
  const targets: EventTarget[] = [];

  afterAll(async () => {
    await registries.cleanUp();
    await Promise.all(targets.map(target => target.close()));
  });

  async function startTarget(port?: number): Promise<EventTarget> {
    const target = await EventTarget.start(port);
    targets.push(target);
    return target;
  }

  function startWith(target: EventTarget, stateDir?: string) {
    return registries.start({
      stateDir,
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
    await push(registry, 'latest', 'one');
    // Moves the tag: the first image is left without one.
    const second = await push(registry, 'latest', 'two');
    const { imageIds } = Object(
      await registry.client.call('ListImages', {
        repositoryName: 'shop/api',
        filter: { tagStatus: 'UNTAGGED' },
      }),
    );
    await registry.client.call('BatchDeleteImage', {
      repositoryName: 'shop/api',
      imageIds: [{ imageTag: 'latest' }, ...imageIds],
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
    // 503 and the retry, which is refused for good; then the next event.
    await until(() => target.received.length === 2);
    await push(registry, '1.0.1');
    await until(() => target.received.length === 3);
    const [first, second, third] = target.received.map(({ body }) => body);
    expect(second).toEqual(first);
    expect(third.detail['image-tag']).toBe('1.0.1');
    expect(registry.log.join('\n')).toContain('answered 400');
  });

  test('an event whose first try has not ended survives a restart', async () => {
    const stateDir = registries.folder();
    const target = await startTarget();
    target.silent = true;
    const registry = await startWith(target, stateDir);
    await createRepository(registry);
    await push(registry, '1.0.0');
    await until(() => target.received.length === 1);
    await registry.part.stop();

    target.silent = false;
    await startWith(target, stateDir);
    await until(() => target.received.length === 2);
    expect(target.received[1].body).toEqual(target.received[0].body);
  });

  test('an event survives a restart while its target is away; the push does not wait', async () => {
    const stateDir = registries.folder();
    const away = await startTarget();
    const { port } = away;
    const config = { events: { url: away.url, headers: {} } };
    await away.close();

    const registry = await registries.start({ stateDir, config });
    await createRepository(registry);
    await push(registry, '1.0.0');
    await until(() => registry.log.some(line => line.includes('will retry')));
    await registry.part.stop();

    const back = await startTarget(port);
    const again = await registries.start({ stateDir, config });
    await until(() => back.received.length === 1);
    expect(back.received[0].body.detail).toMatchObject({
      'action-type': 'PUSH',
      'image-tag': '1.0.0',
    });
    // Delivered once the answer was heard; stopped before, it would be sent again.
    await until(() => waitingEvents(stateDir).length === 0);
    await again.part.stop();

    // Delivered is delivered: the next start sends the next push only.
    const third = await registries.start({ stateDir, config });
    await push(third, '1.0.1');
    await until(() => back.received.length > 1);
    expect(back.received.map(({ body }) => body.detail['image-tag'])).toEqual([
      '1.0.0',
      '1.0.1',
    ]);
  });
});
