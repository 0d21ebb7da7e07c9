import {
  digestOf,
  errorOf,
  OciTestClient,
} from './__testUtils__/OciTestClient';
import { TestRegistries } from './__testUtils__/registry';

describe('uploads of blobs', () => {
  const registries = new TestRegistries();
  let client: OciTestClient;

  beforeAll(async () => {
    client = await OciTestClient.start(registries);
  });

  afterAll(() => registries.cleanUp());

  test('in chunks', async () => {
    const content = Buffer.from('first chunk, second chunk');
    const started = await client.call('POST', '/v2/shop/api/blobs/uploads/');
    expect(started.status).toBe(202);
    let location = started.headers.get('location') ?? '';
    const first = await client.call('PATCH', location, {
      body: content.subarray(0, 12),
    });
    expect(first.status).toBe(202);
    expect(first.headers.get('range')).toBe('0-11');
    location = first.headers.get('location') ?? '';

    await client.call('PATCH', location, { body: content.subarray(12, 20) });
    const digest = digestOf(content);
    const done = await client.call('PUT', `${location}?digest=${digest}`, {
      body: content.subarray(20),
    });
    expect(done.status).toBe(201);
    expect(done.headers.get('docker-content-digest')).toBe(digest);
    const blob = await client.call('GET', done.headers.get('location') ?? '');
    expect(await blob.text()).toBe(content.toString());
  });

  test('with a digest that does not match are refused', async () => {
    const digest = digestOf('something else');
    const response = await client.call(
      'POST',
      `/v2/shop/api/blobs/uploads/?digest=${digest}`,
      { body: 'this' },
    );
    expect(await errorOf(response)).toEqual({
      status: 400,
      code: 'DIGEST_INVALID',
    });
    const head = await client.call('HEAD', `/v2/shop/api/blobs/${digest}`);
    expect(head.status).toBe(404);
  });

  test('do not write outside of their folder', async () => {
    const response = await client.call(
      'PATCH',
      '/v2/shop/api/blobs/uploads/..%2f..%2frepository.json',
      { body: '{}' },
    );
    expect(await errorOf(response)).toEqual({
      status: 404,
      code: 'BLOB_UPLOAD_UNKNOWN',
    });
  });
});
