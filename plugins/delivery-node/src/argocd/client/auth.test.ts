import { argoCdRecording, bodyText } from '../../__testUtils__/recordings';
import { waitUntil } from '@landfall/testing-kit';
import { sendJson } from '../../__testUtils__/httpServer';
import { servedForEachTest } from '../../__testUtils__/ServedClient';

const NO_SESSION = { code: 16, message: 'no session information' };

const serve = servedForEachTest();

describe('signing in', () => {
  const credentials = { username: 'portal', password: 'secret' };

  it('shares one login, and logs in again when the session ends', async () => {
    let session = 0;
    let valid = '';
    const {
      client: argocd,
      server: upstream,
      clock,
    } = await serve(({ pathname, headers }, response) => {
      if (pathname === '/api/v1/session') {
        session += 1;
        valid = `session-${session}`;
        sendJson(response, 200, { token: valid });
      } else if (headers.authorization === `Bearer ${valid}`) {
        sendJson(response, 200, { items: null });
      } else {
        sendJson(response, 401, NO_SESSION);
      }
    }, credentials);
    await Promise.all([1, 2, 3, 4].map(() => argocd.listApplications()));
    expect(session).toBe(1);
    expect(JSON.parse(upstream.received[0].body)).toEqual(credentials);
    valid = 'none';
    clock.now += 24 * 3_600_000;
    await Promise.all([1, 2, 3, 4].map(() => argocd.listApplications()));
    expect(session).toBe(2);
  });

  it('does not log in again when a new session is refused', async () => {
    let logins = 0;
    const { client: argocd } = await serve(({ pathname }, response) => {
      if (pathname === '/api/v1/session') {
        logins += 1;
        sendJson(response, 200, { token: 'useless' });
      } else {
        sendJson(response, 401, NO_SESSION);
      }
    }, credentials);
    for (let i = 0; i < 5; i++) {
      await expect(argocd.listApplications()).rejects.toMatchObject({
        name: 'ArgoCdUnauthenticatedError',
      });
    }
    expect(logins).toBe(1);
  });

  it('stays below the rate limit when the password is refused', async () => {
    const refused = argoCdRecording(
      '01-session-login-limited-right-password.json',
    );
    const {
      client: argocd,
      server: upstream,
      clock,
    } = await serve((_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(bodyText(refused));
    }, credentials);
    const start = clock.now;
    while (clock.now - start < 3_000_000) {
      await expect(argocd.listApplications()).rejects.toMatchObject({
        name: 'ArgoCdUnauthenticatedError',
        argoCdMessage: 'Invalid username or password',
      });
      clock.now += 1000;
    }
    // The limit is 5 failures in 300 s.
    expect(upstream.received.length).toBeLessThanOrEqual(13);
    expect(upstream.received.length).toBeGreaterThan(8);
  });

  it('cancels a request with its caller, but keeps the login that others share', async () => {
    const letIn: (() => void)[] = [];
    const { client: argocd, server } = await serve(({ pathname }, response) => {
      if (pathname === '/api/v1/session') {
        letIn.push(() => sendJson(response, 200, { token: 'good' }));
      } else {
        sendJson(response, 200, { items: null });
      }
    }, credentials);
    const impatient = new AbortController();
    const given = argocd
      .listApplications({ signal: impatient.signal })
      .catch(error => error);
    const patient = argocd.listApplications();
    await waitUntil('the login came', () => letIn.length > 0);

    impatient.abort(new Error('enough'));
    expect(await given).toMatchObject({ message: 'enough' });

    letIn.forEach(answer => answer());
    await expect(patient).resolves.toBeDefined();
    expect(
      server.received.filter(({ pathname }) => pathname === '/api/v1/session'),
    ).toHaveLength(1);
  });

  it('logs in again once the rate limit has passed', async () => {
    let refuse = true;
    const { client: argocd, clock } = await serve(({ pathname }, response) => {
      if (pathname !== '/api/v1/session') {
        sendJson(response, 200, { items: null });
      } else if (refuse) {
        sendJson(response, 401, NO_SESSION);
      } else {
        sendJson(response, 200, { token: 'good' });
      }
    }, credentials);
    await expect(argocd.listApplications()).rejects.toThrow(
      'Retrying the login in 60 s',
    );
    refuse = false;
    await expect(argocd.listApplications()).rejects.toThrow();
    clock.now += 60_000;
    await expect(argocd.listApplications()).resolves.toBeDefined();
  });
});
