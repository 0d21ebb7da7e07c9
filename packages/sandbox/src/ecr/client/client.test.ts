import { DescribeRegistryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { buildImage } from './buildImage';
import { signedHeaders } from './signature';

test('signs as the AWS SDK does', async () => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.setEncoding('utf8');
    req.on('data', chunk => (body += chunk));
    req.on('end', () => {
      received.push({ headers: req.headers, body });
      res.end('{}');
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}`);
  const credentials = {
    accessKeyId: 'AKIASANDBOXEXAMPLE01',
    secretAccessKey: 'a secret',
  };
  const client = new ECRClient({
    endpoint: url.href,
    region: 'eu-west-1',
    credentials,
  });
  await client.send(new DescribeRegistryCommand({}));
  client.destroy();
  await new Promise(resolve => server.close(resolve));

  const [{ headers, body }] = received;
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '');
  const others = (names?.[1] ?? '')
    .split(';')
    .filter(name => name !== 'host' && name !== 'x-amz-date')
    .map(name => [name, String(headers[name])]);
  const date = String(headers['x-amz-date']);
  const signed = signedHeaders({
    url,
    headers: Object.fromEntries(others),
    body,
    credentials: { ...credentials, region: 'eu-west-1' },
    now: timeOf(date),
  });
  expect(others.length).toBeGreaterThan(0);
  expect(signed['x-amz-date']).toBe(date);
  expect(signed.authorization).toBe(headers.authorization);
});

/** The time of `20260601T101530Z`. */
function timeOf(date: string): Date {
  return new Date(
    date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
}

describe('a built image', () => {
  const options = { content: 'shop/api:1.0.0', created: new Date(0) };

  test('has the same digest for the same content, on every machine', () => {
    expect(buildImage(options)).toEqual(buildImage(options));
    expect(buildImage({ ...options, content: 'x' }).manifest.digest).not.toBe(
      buildImage(options).manifest.digest,
    );
  });

  test('is described by its config', () => {
    const { config, layer } = buildImage({
      ...options,
      created: new Date('2026-06-01T10:15:30Z'),
      labels: { 'org.opencontainers.image.version': '1.0.0' },
    });
    const tar = gunzipSync(layer.bytes);
    expect(JSON.parse(config.bytes.toString())).toEqual({
      architecture: 'amd64',
      os: 'linux',
      created: '2026-06-01T10:15:30.000Z',
      config: { Labels: { 'org.opencontainers.image.version': '1.0.0' } },
      rootfs: {
        type: 'layers',
        diff_ids: [`sha256:${createHash('sha256').update(tar).digest('hex')}`],
      },
      history: expect.any(Array),
    });
    expect(tar.subarray(0, 15).toString()).toBe('app/content.txt');
    expect(tar.subarray(512, 512 + 14).toString()).toBe('shop/api:1.0.0');
  });
});
