import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import http from 'node:http';
import type { ActingArgoCd } from './__testUtils__/ActingArgoCd';
import {
  startActingArgoCd,
  startActingPortal,
} from './__testUtils__/actingPortal';
import { type Attempt, hostileActions } from './__testUtils__/hostileActions';
import { createTestDatabases } from './__testUtils__/databases';
import type { PortalSystems } from './__testUtils__/portal';

const databases = createTestDatabases();

jest.setTimeout(120_000);

/** Owns `thief`, whose annotation names an application of `billing`, and `cart`. */
const MALLORY = 'user:default/mallory';
const OWN = ['component:default/thief', 'component:default/cart'];

describe('hostile requests', () => {
  let systems: PortalSystems;
  let acting: ActingArgoCd;
  let portal: Awaited<ReturnType<typeof startActingPortal>>;

  beforeAll(async () => {
    ({ systems, acting } = await startActingArgoCd());
    const permissions = mockServices.permissions.mock();
    permissions.authorize.mockImplementation(async requests =>
      requests.map(request => ({
        result:
          'resourceRef' in request && OWN.includes(String(request.resourceRef))
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      })),
    );
    portal = await startActingPortal({
      databases,
      systems,
      features: [permissions.factory],
    });
  });

  afterAll(async () => {
    await portal.stop();
    await systems.stop();
  });

  /** Sends the path as it is written, which clients would tidy up. */
  async function send(
    { path, method = 'POST', headers = {}, body }: Attempt,
    user = MALLORY,
  ): Promise<number> {
    const port = portal.server.port();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const all = {
      authorization: mockCredentials.user.header(user),
      'content-type': 'application/json',
      'idempotency-key': portal.api.nextKey(),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const sent = http.request(
        {
          host: '127.0.0.1',
          port,
          path,
          method,
          headers: Object.fromEntries(
            Object.entries(all).filter(([, value]) => value !== undefined),
          ),
        },
        response => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });
  }

  it('are all refused and audited, and nothing reaches Argo CD', async () => {
    const actionKey = await portal.api.actionKey('cart');
    const all = hostileActions(action => ({
      ...action,
      expected: { actionKey },
    }));
    expect(all.length).toBeGreaterThanOrEqual(60);
    const outcomes: string[] = [];
    const expected: string[] = [];
    for (const [index, attempt] of all.entries()) {
      acting.received.length = 0;
      portal.audited.length = 0;
      // The limit for each caller has a test of its own.
      const status = await send(attempt, `${MALLORY}-${index}`);
      // Backstage refuses unauthenticated requests before the plugin sees them, and
      // the plugin has no such endpoints but those for POST.
      const isOutside = attempt.status === 401 || attempt.method !== undefined;
      const audits = portal.audited.map(({ outcome }) => outcome).join();
      outcomes.push(
        `${attempt.what}: ${status}, ${audits}, ${acting.received.length} upstream`,
      );
      expected.push(
        `${attempt.what}: ${attempt.method ? status : attempt.status}, ${
          isOutside ? audits : 'failed'
        }, 0 upstream`,
      );
      expect(status).toBeGreaterThanOrEqual(400);
    }
    expect(outcomes).toEqual(expected);
    expect(await portal.api.records('cart')).toEqual([]);
    expect(await portal.api.records('billing')).toEqual([]);
  });

  it('of one caller are limited, and those of others aren’t', async () => {
    const attempt: Attempt = {
      what: 'many',
      path: '/api/delivery/v1/entities/component/default/billing/applications/main/argocd/billing/actions',
      body: { action: 'sync', expected: { actionKey: 'forged' } },
      status: 403,
    };
    const statuses = new Set<number>();
    for (let sent = 0; sent < 40; sent++) {
      statuses.add(await send(attempt));
    }
    expect([...statuses].sort()).toEqual([403, 429]);
    const other = {
      ...attempt,
      headers: {
        authorization: mockCredentials.user.header('user:default/eve'),
      },
    };
    expect(await send(other)).toBe(403);
    expect(acting.received).toEqual([]);
  });

  it('that repeat what was done do it once', async () => {
    const { api } = portal;
    acting.received.length = 0;
    const key = api.nextKey();
    const expected = { actionKey: await api.actionKey('cart') };
    const sync = { action: 'sync', expected };
    const done = await api.act('cart', sync, { key, user: 'user:default/eve' });
    expect(done.body.state).toBe('accepted');
    const replays = await Promise.all(
      [0, 1, 2, 3, 4].map(() =>
        api.act('cart', sync, { key, user: 'user:default/eve' }),
      ),
    );
    expect(replays.map(({ body }) => body.id)).toEqual(
      replays.map(() => done.body.id),
    );
    // The key of somebody else says nothing about what they did with it.
    const stolen = await api.act('cart', sync, { key, user: MALLORY });
    expect([409, 429]).toContain(stolen.status);
    expect(acting.bodies('/sync')).toHaveLength(1);
  });
});
