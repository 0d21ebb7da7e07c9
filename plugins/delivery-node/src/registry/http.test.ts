import { getEventListeners } from 'node:events';
import { type Handler, TestServer } from '../__testUtils__/httpServer';
import { isSafeRedirect } from './addresses';
import { sendHttp, type SendHttpOptions } from './http';

describe('sendHttp', () => {
  let server: TestServer;
  let answer: Handler;

  beforeEach(async () => {
    server = await TestServer.start((...args) => answer(...args));
  });

  afterEach(() => server.stop());

  const send = (options: Partial<SendHttpOptions> = {}) =>
    sendHttp(new URL(`${server.url}/v2/x?token=s3cret`), {
      headers: { authorization: 'Bearer s3cret' },
      idleMs: 5000,
      maxBytes: 1000,
      ...options,
    });

  it('reads at most the allowed size, and only the beginning of an error', async () => {
    let status = 200;
    answer = (_, response) => {
      response.writeHead(status);
      const more = () => {
        while (response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    };
    await expect(send()).rejects.toThrow(
      /\/v2\/x is larger than 1000 bytes, the limit$/,
    );
    status = 500;
    const { body } = await send();
    expect(body).toHaveLength(65_536);
  });

  it.each<[string, Partial<SendHttpOptions>, string]>([
    ['sends nothing', { idleMs: 20 }, 'sent nothing for 0.02 s'],
    ['is late', { totalMs: 20 }, 'did not complete within 0.02 s'],
  ])('gives up on a response that %s', async (_, options, message) => {
    answer = (__, response) => response.writeHead(200).write('x');
    const rejected = await send(options).catch(error => error);
    expect(rejected).toMatchObject({ name: 'ServiceUnavailableError' });
    expect(rejected.message).toContain(message);
    expect(rejected.message).not.toContain('s3cret');
  });

  it('leaves no listener on a longer-lived signal', async () => {
    answer = (_, response) => response.end('ok');
    const { signal } = new AbortController();
    for (let index = 0; index < 10; index++) {
      await send({ signal });
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  describe('redirects', () => {
    it('are followed only if requested', async () => {
      answer = (_, response) =>
        response.writeHead(307, { location: '/elsewhere?token=s3cret' }).end();
      const rejected = await send().catch(error => error);
      expect(rejected.message).toMatch(
        /\/v2\/x redirects to http:\/\/127\.0\.0\.1:\d+\. Redirects are followed for blobs only/,
      );
      expect(rejected.message).not.toContain('s3cret');
      expect(server.received).toHaveLength(1);
    });

    it('are followed without credentials', async () => {
      answer = ({ pathname }, response) =>
        pathname === '/v2/x'
          ? response.writeHead(307, { location: '/blob' }).end()
          : response.end('content');
      const { body, isRedirected } = await send({ followsRedirects: true });
      expect(body.toString()).toBe('content');
      expect(isRedirected).toBe(true);
      expect(
        server.received.map(({ headers }) => headers.authorization),
      ).toEqual(['Bearer s3cret', undefined]);
    });

    it.each([
      'https://169.254.169.254/latest/meta-data',
      'http://localhost:1/x',
      'file:///etc/passwd',
      'http://[',
    ])('to %s are not followed', async location => {
      answer = (_, response) => response.writeHead(302, { location }).end();
      await expect(send({ followsRedirects: true })).rejects.toThrow(
        "This isn't followed",
      );
    });

    it('are limited in number', async () => {
      answer = (_, response) =>
        response.writeHead(302, { location: '/again' }).end();
      await expect(send({ followsRedirects: true })).rejects.toThrow(
        'after at most 3 redirects',
      );
      expect(server.received).toHaveLength(4);
    });
  });
});

describe('isSafeRedirect', () => {
  it.each([
    ['https://ghcr.io/v2/x', 'https://203.0.113.7/blob', true],
    ['https://ghcr.io/v2/x', 'https://10.0.0.7/blob', true],
    ['https://ghcr.io/v2/x', 'http://203.0.113.7/blob', false],
    ['https://ghcr.io/v2/x', 'http://ghcr.io/blob', false],
    ['https://ghcr.io/v2/x', 'https://127.0.0.1/blob', false],
    ['https://ghcr.io/v2/x', 'https://[::1]/blob', false],
    ['https://ghcr.io/v2/x', 'https://[::ffff:169.254.169.254]/x', false],
    ['https://ghcr.io/v2/x', 'https://[fe80::1]/blob', false],
    ['https://ghcr.io/v2/x', 'https://[fd00:ec2::254]/x', false],
    ['https://ghcr.io/v2/x', 'https://100.100.100.200/x', false],
    ['http://127.0.0.1:5000/v2/x', 'http://127.0.0.1:9000/blob', true],
    ['http://169.254.169.254/v2/x', 'http://169.254.169.254/blob', false],
  ])('from %s to %s: %s', async (from, to, expected) => {
    expect(await isSafeRedirect(new URL(from), new URL(to))).toBe(expected);
  });
});
