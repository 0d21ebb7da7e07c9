import { createHash } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseContainerImage } from '@landfall/backstage-plugin-delivery-common';
import { readerFor } from './RegistryReader';

const HOST = 'registry.example.com';

let server: Server;
let url: string;
let handle: (
  path: string,
  authorization?: string,
) => {
  status?: number;
  headers?: Record<string, string>;
  body: object;
};

beforeEach(async () => {
  server = createServer((req, res) => {
    const {
      status = 200,
      headers,
      body,
    } = handle(req.url ?? '', req.headers.authorization);
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(JSON.stringify(body));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise(done => server.close(done));
});

describe('a reader of the distribution API', () => {
  it('follows the pages of tags', async () => {
    handle = path => {
      const last = /last=(\d)/.exec(path)?.[1] ?? '0';
      const next = `</v2/shop/api/tags/list?last=${
        Number(last) + 1
      }>; rel="next"`;
      return {
        headers: last === '2' ? undefined : { link: next },
        body: { name: 'shop/api', tags: [`1.0.${last}`] },
      };
    };
    const reader = await readerFor(parseContainerImage(`${HOST}/shop/api`), [
      { host: HOST, url },
    ]);
    expect(await reader.tags()).toEqual(['1.0.0', '1.0.1', '1.0.2']);
  });

  it('reads images, and the images of an index', async () => {
    const index = {
      manifests: [
        {
          digest: 'sha256:a',
          platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
        },
        { digest: 'sha256:b' },
      ],
    };
    handle = path =>
      path.endsWith('/multi')
        ? { body: index }
        : { body: { config: { digest: 'sha256:c' } } };
    const reader = await readerFor(parseContainerImage(`${HOST}/shop/api`), [
      { host: HOST, url },
    ]);
    expect(await reader.manifest('multi')).toEqual({
      kind: 'index',
      digest: `sha256:${createHash('sha256')
        .update(JSON.stringify(index))
        .digest('hex')}`,
      children: [
        {
          digest: 'sha256:a',
          platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
        },
        {
          digest: 'sha256:b',
          platform: { os: '', architecture: '', variant: '' },
        },
      ],
    });
    expect(await reader.manifest('1.0.0')).toMatchObject({
      kind: 'image',
      configDigest: 'sha256:c',
    });
  });

  it('says what the registry said', async () => {
    handle = () => ({
      status: 404,
      body: { errors: [{ code: 'NAME_UNKNOWN', message: 'no such thing' }] },
    });
    const reader = await readerFor(parseContainerImage(`${HOST}/shop/api`), [
      { host: HOST, url },
    ]);
    await expect(reader.tags()).rejects.toThrow('NAME_UNKNOWN: no such thing');
  });
});

describe('registries', () => {
  const image = parseContainerImage('registry.example.com/shop/api');
  const host = 'registry.example.com';

  it('get the configured credentials', async () => {
    handle = (_, authorization) => ({ body: { tags: [authorization ?? '-'] } });
    const basic = { host, url, username: 'u', password: 'p' };
    expect(await (await readerFor(image, [basic])).tags()).toEqual([
      `Basic ${Buffer.from('u:p').toString('base64')}`,
    ]);
    const anonymous = await readerFor(image, [{ host, url }]);
    expect(await anonymous.tags()).toEqual(['-']);
  });

  it('ask ECR for a token', async () => {
    handle = (path, authorization) =>
      path === '/'
        ? { body: { authorizationData: [{ authorizationToken: 'token' }] } }
        : { body: { tags: [authorization ?? '-'] } };
    const ecr = {
      accessKeyId: 'a',
      region: 'eu-west-1',
    };
    const reader = await readerFor(image, [{ host, url, ecr }]);
    expect(await reader.tags()).toEqual(['Basic token']);
  });
});
