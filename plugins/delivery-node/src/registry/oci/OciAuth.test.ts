import type { HttpAnswer } from '../http';
import { OciAuth } from './OciAuth';

const NAME = 'shop/api';
const credentials = { username: 'reader', password: 'secret' };
const answer: HttpAnswer = {
  status: 200,
  headers: new Headers(),
  body: Buffer.from(JSON.stringify({ token: 'granted' })),
  isRedirected: false,
};

describe('the token server of a registry', () => {
  async function signIn(url: string, realm: string, tokenHost?: string) {
    const sent: string[] = [];
    const auth = OciAuth.create({
      registry: { host: 'registry.test', url, tokenHost, credentials },
      send: async ({ origin }) => {
        sent.push(origin);
        return answer;
      },
    });
    auth.challenged(NAME, `Bearer realm="${realm}"`, undefined);
    return {
      sent,
      authorization: await auth.authorize(NAME).catch(error => error.message),
    };
  }

  it.each<[string, string, string | undefined]>([
    ['https://registry-1.docker.io', 'https://auth.docker.io/token', undefined],
    ['https://ghcr.io', 'https://ghcr.io/token', undefined],
    ['https://registry.gitlab.com', 'https://gitlab.com/jwt/auth', undefined],
    ['https://harbor:8443', 'https://harbor/service/token', undefined],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5001/token', undefined],
    ['https://a.example.com', 'https://sso.other.test/token', 'sso.other.test'],
  ])('of %s may be %s', async (url, realm, tokenHost) => {
    expect(await signIn(url, realm, tokenHost)).toEqual({
      sent: [new URL(realm).origin],
      authorization: 'Bearer granted',
    });
  });

  it.each<[string, string, string | undefined]>([
    ['https://ghcr.io', 'https://evil.example/token', undefined],
    ['https://one.co.uk', 'https://two.co.uk/token', undefined],
    // Each of these belongs to a different owner.
    ['https://one.github.io', 'https://two.github.io/token', undefined],
    ['https://harbor', 'https://other/token', undefined],
    ['https://10.0.0.1', 'https://10.0.0.2/token', undefined],
    // The configured host replaces the rule.
    ['https://a.example.com', 'https://b.example.com', 'sso.other.test'],
    ['https://a.example.com', 'https://sso.other.test:8443', 'sso.other.test'],
  ])('of %s may not be %s', async (url, realm, tokenHost) => {
    const { sent, authorization } = await signIn(url, realm, tokenHost);
    expect(sent).toEqual([]);
    expect(authorization).toBe(
      `registry.test asks to sign in at ${
        new URL(realm).host
      }, which isn't in its domain. If that is correct, set tokenHost to '${
        new URL(realm).host
      }' for it in delivery.registries`,
    );
  });

  it.each([
    ['https://ghcr.io', 'http://ghcr.io/token?s3cret'],
    ['http://127.0.0.1:5000', 'http://evil.example/token'],
    ['https://ghcr.io', 'file:///etc/passwd'],
    ['https://ghcr.io', 'nothing'],
  ])('of %s may not be %s, without TLS', async (url, realm) => {
    const { sent, authorization } = await signIn(url, realm);
    expect(sent).toEqual([]);
    expect(authorization).toContain('which is not a URL with https');
    expect(authorization).not.toContain('s3cret');
  });

  it('gets no request when the signal has already aborted', async () => {
    const send = jest.fn(async () => answer);
    const auth = OciAuth.create({
      registry: { host: 'ghcr.io', url: 'https://ghcr.io', credentials },
      send,
    });
    auth.challenged(NAME, 'Bearer realm="https://ghcr.io/token"', undefined);
    await expect(
      auth.authorize(NAME, AbortSignal.abort(new Error('stopped'))),
    ).rejects.toThrow('stopped');
    expect(send).not.toHaveBeenCalled();
  });
});
