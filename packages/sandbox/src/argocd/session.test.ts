import { ADMIN_PASSWORD, Harness } from './__testUtils__/Harness';
import { recordings } from './__testUtils__/recordings';
import { asObject, at } from './json';

describe('signing in', () => {
  let harness: Harness;

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

  beforeAll(async () => {
    harness = await Harness.start();
  });

  afterAll(async () => {
    await harness.stop();
  });

  it('refuses a wrong password in the recorded words', async () => {
    const answer = await login('viewer', 'wrong');
    const expected = recordings().find(
      ({ file }) => file === '01-session-login-bad-password-1.json',
    );
    expect([answer.status, answer.body]).toEqual([
      expected?.status,
      expected?.answer,
    ]);
  });

  it('gives a token that works, also after a restart, and tells broken ones apart', async () => {
    const { body } = await login('admin', ADMIN_PASSWORD);
    const token = String(asObject(body).token);
    await harness.restart();
    expect((await list(token)).status).toBe(200);

    const tampered = await list(`${token.slice(0, -4)}AAAA`);
    expect([tampered.status, at(tampered.body, 'message')]).toEqual([
      401,
      'invalid session: token signature is invalid: signature is invalid',
    ]);
    const garbage = await list('a.b.c');
    expect(at(garbage.body, 'message')).toMatch(
      /^invalid session: token is malformed/,
    );
  });
});
