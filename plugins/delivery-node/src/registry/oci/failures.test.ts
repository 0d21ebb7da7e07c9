import { OciTestRegistry } from '../../__testUtils__/OciTestRegistry';
import { OCI_HOST, ociSource } from '../../__testUtils__/ociSource';

const REPOSITORY = `${OCI_HOST}/shop/api`;
const NAME = 'shop/api';

describe('failures of an OCI registry', () => {
  let registry: OciTestRegistry;
  const create = () => ociSource(registry);

  beforeEach(async () => {
    registry = await OciTestRegistry.start();
  });

  afterEach(() => registry.stop());

  it('report which repository doesn’t exist', async () => {
    await expect(create().listImages(REPOSITORY)).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining(
        'NAME_UNKNOWN: repository shop/api not known',
      ),
    });
  });

  it.each([
    [403, 'NotAllowedError'],
    [400, 'Error'],
  ])('with status %s are not retried', async (status, name) => {
    registry.faults.push({
      path: /tags/,
      times: 9,
      status,
      body: { errors: [{ code: 'DENIED', message: 'not for you' }] },
    });
    await expect(create().listImages(REPOSITORY)).rejects.toMatchObject({
      name,
      message: expect.stringContaining('DENIED: not for you'),
    });
    expect(registry.requests).toHaveLength(1);
  });

  it('that are temporary are retried, no sooner than the registry allows', async () => {
    registry.push(NAME, '1.0.0');
    registry.faults.push(
      { path: /tags/, times: 2, status: 503 },
      {
        path: /tags/,
        times: 1,
        status: 429,
        headers: { 'retry-after': '1' },
      },
    );
    const begin = performance.now();
    expect(await create().listImages(REPOSITORY)).toHaveLength(1);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(990);
  });

  it('that persist end in an error', async () => {
    registry.faults.push({
      path: /tags/,
      times: 99,
      status: 502,
      body: { errors: [{ code: 'UNKNOWN', message: 'upstream is away' }] },
    });
    await expect(create().listImages(REPOSITORY)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('502 UNKNOWN: upstream is away'),
    });
    expect(registry.requests).toHaveLength(4);
  });

  it('end at once if the registry asks for a longer wait than allowed', async () => {
    registry.faults.push({
      path: /tags/,
      times: 99,
      status: 429,
      headers: { 'retry-after': '3600' },
    });
    await expect(create().listImages(REPOSITORY)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(registry.requests).toHaveLength(1);
  });

  it('of one tag fail the list, since missing tags would look removed', async () => {
    registry.push(NAME, '1.0.0');
    registry.push(NAME, '1.0.1');
    registry.faults.push({
      path: /manifests\/1\.0\.1/,
      times: 99,
      status: 500,
    });
    await expect(create().listImages(REPOSITORY)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
  });

  it('include content that doesn’t match its digest', async () => {
    const digest = registry.push(NAME, '1.0.0');
    registry.faults.push({
      path: /manifests\/sha256/,
      times: 1,
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: { manifests: [{ digest: `sha256:${'6'.repeat(64)}` }] },
    });
    const source = create();
    expect(await source.listImages(REPOSITORY)).toEqual([
      { repository: REPOSITORY, digest, tags: ['1.0.0'], detailsUnread: true },
    ]);
    expect(await source.listImages(REPOSITORY)).toMatchObject([
      { digest, sizeInBytes: expect.any(Number) },
    ]);
  });

  it('report an unreachable registry', async () => {
    const source = create();
    await registry.stop();
    await expect(source.listImages(REPOSITORY)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining("can't be reached"),
    });
    registry = await OciTestRegistry.start();
  });

  it.each([
    [
      'goes round in circles',
      '</v2/shop/api/tags/list?n=1000>; rel="next"',
      'a page of tags that was already read',
    ],
    [
      'leads elsewhere',
      '<https://evil.example/v2/>; rel="next"',
      'on another host, evil.example',
    ],
  ])('report a list that %s', async (_, link, message) => {
    registry.faults.push({
      path: /tags/,
      times: 9,
      status: 200,
      headers: { link },
      body: { tags: ['1.0.0'] },
    });
    await expect(create().listImages(REPOSITORY)).rejects.toThrow(message);
  });

  it.each([
    'registry.test:5000/../v2/token',
    'registry.test:5000/shop//api',
    'registry.test:5000/Shop',
    'elsewhere.test/shop/api',
  ])('report %s as no repository of the registry', async repository => {
    await expect(create().listImages(repository)).rejects.toMatchObject({
      name: 'InputError',
    });
    expect(registry.requests).toEqual([]);
  });
});
