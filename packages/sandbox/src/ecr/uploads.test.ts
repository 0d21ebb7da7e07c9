import { connect } from 'node:net';
import {
  digestOf,
  errorOf,
  OciTestClient,
} from './__testUtils__/OciTestClient';
import { TestRegistries, until } from './__testUtils__/registry';

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
      headers: { 'content-range': '0-11' },
      body: content.subarray(0, 12),
    });
    expect(first.status).toBe(202);
    expect(first.headers.get('range')).toBe('0-11');
    location = first.headers.get('location') ?? '';

    const wrong = await client.call('PATCH', location, {
      headers: { 'content-range': '20-24' },
      body: content.subarray(20),
    });
    expect(wrong.headers.get('range')).toBe('0-11');
    expect(await errorOf(wrong)).toEqual({
      status: 416,
      code: 'BLOB_UPLOAD_INVALID',
    });

    const status = await client.call('GET', location);
    expect(status.status).toBe(204);
    expect(status.headers.get('range')).toBe('0-11');

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

  test('of a digest that does not match are refused', async () => {
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

  test('go on after a broken connection', async () => {
    const content = Buffer.from('0123456789');
    const started = await client.call('POST', '/v2/shop/api/blobs/uploads/');
    const location = started.headers.get('location') ?? '';
    const socket = connect(
      Number(new URL(client.registry.url).port),
      '127.0.0.1',
    );
    socket.write(
      `PATCH ${location} HTTP/1.1\r\nhost: x\r\nauthorization: ${client.authorization}\r\ncontent-length: 10\r\n\r\n0123`,
    );
    await until(async () => {
      const status = await client.call('GET', location);
      return status.headers.get('range') === '0-3';
    });
    socket.destroy();
    await until(async () => {
      const rest = await client.call('PATCH', location, {
        headers: { 'content-range': '4-9' },
        body: content.subarray(4),
      });
      return rest.status === 202;
    });
    const done = await client.call(
      'PUT',
      `${location}?digest=${digestOf(content)}`,
    );
    expect(done.status).toBe(201);
  });

  test('stay outside of paths they have no business with', async () => {
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
