import { mockServices } from '@backstage/backend-test-utils';
import { OciTestRegistry } from '../../__testUtils__/OciTestRegistry';
import { OCI_HOST, ociSource } from '../../__testUtils__/ociSource';
import { KNOWN_TAGS, NEW_TAGS } from './planTags';

const REPOSITORY = `${OCI_HOST}/shop/api`;
const NAME = 'shop/api';

describe('the tags of an OCI repository', () => {
  const logger = mockServices.logger.mock();
  let registry: OciTestRegistry;

  beforeEach(async () => {
    logger.warn.mockClear();
    registry = await OciTestRegistry.start();
    registry.pageSize = 1000;
  });

  afterEach(() => registry.stop());

  const heads = () =>
    registry.requests.filter(request => request.startsWith('HEAD'));

  /** A source, and what a store would know after each of its reads. */
  function create() {
    const source = ociSource(registry, { logger });
    let stored = new Map<string, string>();
    return {
      stored: () => stored,
      restart: () => ociSource(registry, { logger }),
      read: async (by = source) => {
        registry.forgetRequests();
        const images = await by.listImages(REPOSITORY, {
          knownTags: async () => stored,
        });
        stored = new Map(
          images.flatMap(({ digest, tags }) => tags.map(tag => [tag, digest])),
        );
        return images;
      },
    };
  }

  it('take a bounded number of requests per read until all are known', async () => {
    const digests = new Map<string, string>();
    // A hundred images with many tags.
    for (let index = 0; index < 1200; index++) {
      const tag = `1.${index}.0`;
      digests.set(
        tag,
        registry.push(NAME, tag, { content: String(index % 100) }),
      );
    }
    const { read, stored, restart } = create();
    await read();
    expect(heads()).toHaveLength(NEW_TAGS);
    expect(stored().get('1.1199.0')).toBe(digests.get('1.1199.0'));
    await read();
    expect(heads()).toHaveLength(NEW_TAGS + KNOWN_TAGS);
    await read();
    expect(stored()).toEqual(digests);
    await read();
    expect(heads()).toHaveLength(KNOWN_TAGS);

    // Removals take effect at once, and a new process knows the stored tags.
    registry.untag(NAME, '1.0.0');
    digests.delete('1.0.0');
    await read(restart());
    expect(heads()).toHaveLength(KNOWN_TAGS);
    expect(stored()).toEqual(digests);
  });

  it('are found again when they have moved', async () => {
    registry.push(NAME, '1.0.0');
    registry.push(NAME, 'latest', { content: '1.0.0' });
    const { read, stored } = create();
    await read();
    const moved = registry.push(NAME, 'latest', { content: 'other' });
    await read();
    expect(stored().get('latest')).toBe(moved);
  });

  it('start from the stored tags, which another replica may have updated', async () => {
    const [old, recent] = ['a', 'b'].map(content =>
      registry.push(NAME, undefined, { content }),
    );
    registry.push(NAME, '1.0.0', { content: 'a' });
    const { read, stored } = create();
    await read();
    expect(stored().get('1.0.0')).toBe(old);
    registry.push(NAME, '1.0.0', { content: 'b' });
    stored().set('1.0.0', recent);
    registry.faults.push({ path: /manifests\/1/, times: 4, status: 503 });
    await read();
    expect(stored().get('1.0.0')).toBe(recent);
  });

  it('keep their last digest when one can’t be read, with one warning', async () => {
    const digest = registry.push(NAME, '1.0.0');
    const other = registry.push(NAME, '1.0.1');
    const { read, stored } = create();
    await read();
    registry.push(NAME, '1.0.2');
    registry.faults.push({
      path: /manifests\/1\.0\.[02]/,
      times: 99,
      status: 429,
      headers: { 'retry-after': '0' },
    });
    for (const _ of [1, 2]) {
      await read();
      expect(stored()).toEqual(
        new Map([
          ['1.0.0', digest],
          ['1.0.1', other],
        ]),
      );
    }
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringMatching(/Some tags of shop\/api can't be read.*: 429$/)],
    ]);

    registry.faults.length = 0;
    await read();
    expect([...stored().keys()].sort()).toEqual(['1.0.0', '1.0.1', '1.0.2']);
  });

  it('are not requested one by one when none can be read', async () => {
    for (let index = 0; index < 50; index++) {
      registry.push(NAME, `1.0.${index}`);
    }
    registry.faults.push({ path: /manifests/, times: 9999, status: 500 });
    const { read } = create();
    await expect(read()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    // When the fifth request fails, four others are in flight. Each makes four
    // attempts.
    expect(heads().length).toBeLessThanOrEqual(9 * 4);
  });

  it('are remembered for the next read when the caller knows none', async () => {
    registry.push(NAME, '1.0.0');
    registry.push(NAME, '1.0.1');
    registry.faults.push({ path: /manifests\/1\.0\.1/, times: 4, status: 500 });
    const source = ociSource(registry, { logger });
    await expect(source.listImages(REPOSITORY)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(await source.listImages(REPOSITORY)).toHaveLength(2);
  });
});
