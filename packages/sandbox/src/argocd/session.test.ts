import { ADMIN_PASSWORD, Harness } from './__testUtils__/Harness';
import { recordings } from './__testUtils__/recordings';
import { asObject, asString, at } from './json';

describe('signing in', () => {
  let harness: Harness;
  const recorded = new Map(
    recordings().map(recording => [recording.file, recording]),
  );

  const login = async (username: string, password: string) =>
    await harness.call('POST', '/api/v1/session', {
      as: null,
      body: { username, password },
    });
  const list = async (token: string) =>
    await harness.call('GET', '/api/v1/applications', {
      as: null,
      headers: { authorization: `Bearer ${token}` },
    });
  const messageOf = (file: string) =>
    asString(at(recorded.get(file)?.answer, 'message')) ?? file;

  beforeEach(async () => {
    harness = await Harness.start();
  });

  afterEach(async () => {
    await harness.stop();
  });

  it('answers a limited login like a wrong password, per account', async () => {
    for (let i = 1; i <= 6; i++) {
      const answer = await login('viewer', 'wrong');
      const expected = recorded.get(`01-session-login-bad-password-${i}.json`);
      expect([answer.status, answer.body]).toEqual([
        expected?.status,
        expected?.answer,
      ]);
    }
    const right = await login('viewer', 'viewer-password');
    const limited = recorded.get(
      '01-session-login-limited-right-password.json',
    );
    expect([right.status, right.body]).toEqual([
      limited?.status,
      limited?.answer,
    ]);
    expect((await login('admin', ADMIN_PASSWORD)).status).toBe(200);
  });

  it('refuses logins beyond fifty at once with the same answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 150 }, () => login('admin', ADMIN_PASSWORD)),
    );
    const statuses = new Set(answers.map(answer => answer.status));
    expect([...statuses].sort()).toEqual([200, 401]);
  });

  it('knows expired, revoked and broken tokens apart', async () => {
    const { body } = await harness.call(
      'POST',
      '/api/v1/account/backstage/token',
      { body: { id: 'revoked', expiresIn: 0 } },
    );
    const token = String(asObject(body).token);
    expect((await list(token)).status).toBe(200);
    const account = await harness.call('GET', '/api/v1/account/backstage');
    expect(at(account.body, 'tokens', 1)).toMatchObject({ id: 'revoked' });
    await harness.call('DELETE', '/api/v1/account/backstage/token/revoked');
    const revoked = await list(token);
    expect([revoked.status, at(revoked.body, 'message')]).toEqual([
      401,
      messageOf('01-token-revoked.json'),
    ]);

    const short = await harness.call(
      'POST',
      '/api/v1/account/backstage/token',
      { body: { id: 'short', expiresIn: 1 } },
    );
    let expired = await list(String(asObject(short.body).token));
    while (expired.status === 200) {
      expired = await list(String(asObject(short.body).token));
    }
    expect([expired.status, at(expired.body, 'message')]).toEqual([
      401,
      messageOf('01-token-expired.json'),
    ]);

    const garbage = await list(
      `${Buffer.from('invalid').toString('base64url')}.e30.x`,
    );
    expect([garbage.status, at(garbage.body, 'message')]).toEqual([
      401,
      messageOf('01-token-garbage-jwt-shaped.json'),
    ]);
    const tampered = await list(`${token.slice(0, -4)}AAAA`);
    expect(at(tampered.body, 'message')).toBe(
      'invalid session: token signature is invalid: signature is invalid',
    );
  });

  it('gives project roles tokens with the rights of their policies', async () => {
    await harness.call('POST', '/api/v1/projects', {
      body: {
        project: {
          metadata: { name: 'lab' },
          spec: {
            roles: [
              {
                name: 'ci',
                policies: ['p, proj:lab:ci, applications, sync, lab/*, allow'],
              },
            ],
          },
        },
      },
    });
    const made = await harness.call(
      'POST',
      '/api/v1/projects/lab/roles/ci/token',
      { body: { expiresIn: 60 } },
    );
    const headers = { authorization: `Bearer ${asObject(made.body).token}` };
    const can = async (what: string) =>
      (
        await harness.call(
          'GET',
          `/api/v1/account/can-i/applications/${what}`,
          { as: null, headers },
        )
      ).body;
    expect(await can('sync/lab/x')).toEqual({ value: 'yes' });
    expect(await can('sync/shop/x')).toEqual({ value: 'no' });
  });
});
