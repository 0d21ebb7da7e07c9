import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import type { ActingArgoCd } from './__testUtils__/ActingArgoCd';
import {
  startActingArgoCd,
  startActingPortal,
} from './__testUtils__/actingPortal';
import { createTestDatabases } from './__testUtils__/databases';
import type { PortalSystems } from './__testUtils__/portal';

const API = '/api/delivery/v1/version-changes';
const databases = createTestDatabases();

jest.setTimeout(120_000);

/** Owns `thief`, whose annotation names an application of `billing`, and `cart`. */
const MALLORY = 'user:default/mallory';
const OWN = ['component:default/thief', 'component:default/cart'];

const item = {
  entityRef: 'component:default/cart',
  application: { instance: 'main', namespace: 'argocd', name: 'cart' },
  expected: { actionKey: 'forged' },
  repository: 'registry.example.com/shop/cart',
  tag: '1.4.3',
};
const promote = (changes: object = {}) => ({
  action: 'promote',
  items: [{ ...item, ...changes }],
});
const BILLING = { ...item.application, name: 'billing' };

describe('hostile changes of versions', () => {
  let systems: PortalSystems;
  let acting: ActingArgoCd;
  let portal: Awaited<ReturnType<typeof startActingPortal>>;

  beforeAll(async () => {
    ({ systems, acting } = await startActingArgoCd());
    const permissions = mockServices.permissions.mock();
    permissions.authorize.mockImplementation(async requests =>
      requests.map(one => ({
        result:
          'resourceRef' in one && OWN.includes(String(one.resourceRef))
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
  beforeEach(() => {
    acting.received.length = 0;
    portal.audited.length = 0;
  });

  it.each<[string, number, unknown, Record<string, string>?]>([
    [
      'another entity, without its permission',
      403,
      promote({ entityRef: 'component:default/billing', application: BILLING }),
    ],
    [
      'another entity beside an own one',
      403,
      {
        action: 'promote',
        items: [
          item,
          {
            ...item,
            entityRef: 'component:default/billing',
            application: BILLING,
          },
        ],
      },
    ],
    [
      'a claim without proof',
      404,
      promote({ entityRef: 'component:default/thief', application: BILLING }),
    ],
    ['an application of others', 404, promote({ application: BILLING })],
    [
      'another instance',
      404,
      promote({ application: { ...item.application, instance: 'other' } }),
    ],
    [
      'another namespace',
      404,
      promote({ application: { ...item.application, namespace: 'default' } }),
    ],
    ['a missing entity', 404, promote({ entityRef: 'component:default/none' })],
    ['a stale page', 409, promote()],
    [
      'a URL of its own',
      400,
      { ...promote(), url: 'https://evil.example.com' },
    ],
    ['a path of its own', 400, promote({ path: '../../etc/passwd' })],
    ['a branch of its own', 400, promote({ branch: 'production' })],
    ['YAML in the tag', 400, promote({ tag: '1.0\nimage: evil' })],
    ['a digest for a tag', 400, promote({ tag: 'a@sha256:b' })],
    [
      'a traversal for a name',
      404,
      promote({ application: { ...item.application, name: '../billing' } }),
    ],
    ['an action of Argo CD', 400, { ...promote(), action: 'sync' }],
    ['no items', 400, { action: 'promote', items: [] }],
    [
      'a hundred items',
      400,
      { action: 'promote', items: Array(100).fill(item) },
    ],
    ['a large body', 413, { ...promote(), reason: 'x'.repeat(300_000) }],
    ['a form', 415, 'action=promote', { 'content-type': 'text/plain' }],
    ['a short key', 400, promote(), { 'idempotency-key': 'short' }],
    [
      'a service',
      403,
      promote(),
      { authorization: mockCredentials.service.header() },
    ],
  ])(
    '%s is answered by %s and changes nothing',
    async (_, status, body, headers = {}) => {
      const sent = request(portal.server)
        .post(API)
        .set('content-type', 'application/json')
        .set('authorization', mockCredentials.user.header(MALLORY))
        .set('idempotency-key', portal.api.nextKey());
      Object.entries(headers).forEach(([name, value]) => sent.set(name, value));
      const answer = await sent.send(
        typeof body === 'string' ? body : JSON.stringify(body),
      );
      expect([answer.status, answer.body.error?.message]).toEqual([
        status,
        expect.any(String),
      ]);
      expect(acting.received).toEqual([]);
      expect(portal.audited).toEqual([
        expect.objectContaining({ outcome: 'failed' }),
      ]);
      expect(await portal.api.records('cart')).toEqual([]);
    },
  );

  it('answers nobody who isn’t signed in', async () => {
    const answer = await request(portal.server)
      .post(API)
      .set('authorization', 'Bearer forged')
      .set('idempotency-key', portal.api.nextKey())
      .send(promote());
    expect(answer.status).toBe(401);
  });

  it('shows no files to somebody without the permission', async () => {
    const answer = await request(portal.server)
      .post(`${API}/preview`)
      .set('authorization', mockCredentials.user.header(MALLORY))
      .send(
        promote({
          entityRef: 'component:default/billing',
          application: BILLING,
        }),
      );
    expect(answer.status).toBe(403);
  });

  it('says in a preview what stands in the way of an item', async () => {
    const answer = await request(portal.server)
      .post(`${API}/preview`)
      .set('authorization', mockCredentials.user.header(MALLORY))
      .send(promote());
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        changes: [],
        items: [
          {
            application: item.application,
            repository: item.repository,
            to: '1.4.3',
            notes: [],
            refusal: {
              code: 'change.refused',
              message: expect.stringContaining('has changed since'),
              parameters: {
                message: expect.stringContaining('has changed since'),
              },
            },
          },
        ],
      },
    ]);
  });
});
