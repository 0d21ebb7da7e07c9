import { mockCredentials } from '@backstage/backend-test-utils';

const ENTITIES = '/api/delivery/v1/entities';
const BILLING = `${ENTITIES}/component/default/billing`;
const THIEF = `${ENTITIES}/component/default/thief`;
const CART = `${ENTITIES}/component/default/cart`;
const ID = '0f5d3c9e-3d0f-4a4f-8f43-1f6f5f0f4f11';

/** A request that has to be refused with this status. @internal */
export interface Attempt {
  what: string;
  path: string;
  method?: string;
  headers?: Record<string, string | undefined>;
  /** Text is sent as it is. */
  body?: unknown;
  status: number;
}

const SYNC = { action: 'sync', expected: { actionKey: 'forged' } };
const of = (application: string) => `/applications/${application}/actions`;
const BILLING_APP = of('main/argocd/billing');

/** The body of a request that would be fine for the entity `cart`. */
type OwnBody = (action: object) => object;

/**
 * What somebody tries who may act on the entities `thief` and `cart` only.
 *
 * @internal
 */
export function hostileActions(own: OwnBody): Attempt[] {
  const post = (
    what: string,
    path: string,
    status: number,
    rest: Partial<Attempt> = {},
  ): Attempt => ({ what, path, status, body: own(SYNC), ...rest });
  const cart = `${CART}${of('main/argocd/cart')}`;
  const malformed = (what: string, body: unknown) =>
    post(`a body with ${what}`, cart, 400, { body });
  return [
    // Applications of others.
    post(
      'another entity, without its permission',
      `${BILLING}${BILLING_APP}`,
      403,
    ),
    post('a claim without proof', `${THIEF}${BILLING_APP}`, 404),
    post(
      'an application that the entity doesn’t claim',
      `${CART}${BILLING_APP}`,
      404,
    ),
    post(
      'a missing entity',
      `${ENTITIES}/component/default/none${BILLING_APP}`,
      404,
    ),
    post(
      'another kind',
      `${ENTITIES}/system/default/cart${of('main/argocd/cart')}`,
      404,
    ),
    post(
      'another namespace of the entity',
      `${ENTITIES}/component/other/cart${of('main/argocd/cart')}`,
      404,
    ),
    post('another instance', `${CART}${of('other/argocd/cart')}`, 404),
    post('another namespace', `${CART}${of('main/kube-system/cart')}`, 404),
    post('another spelling', `${CART}${of('main/argocd/CART')}`, 404),
    post('a missing application', `${CART}${of('main/argocd/none')}`, 404),
    // Paths.
    ...[
      '..%2Fclusters',
      'cart%2F..%2Fbilling',
      'cart%2Fsync',
      '%2e%2e%2Fbilling',
      'cart%3Fproject=other',
      'cart%23',
      'cart%00',
      'cart%0d%0aX-Header:%201',
      '..%5Cclusters',
      'cart%252F..%252Fbilling',
      '..;%2Fbilling',
    ].map(name =>
      post(
        `the name ${name}`,
        `${CART}${of(`main/argocd/${name}`)}`,
        /%00|%0d/.test(name) ? 400 : 404,
      ),
    ),
    post(
      'a namespace with a path',
      `${CART}${of('main/..%2Fkube-system/cart')}`,
      404,
    ),
    post(
      'an instance with a path',
      `${CART}${of('..%2Fmain/argocd/cart')}`,
      404,
    ),
    post('an action that isn’t there', `${cart}/sync`, 404),
    // Stale and forged.
    post('a forged state', cart, 409, { body: SYNC }),
    malformed('no state', { action: 'sync' }),
    post('a forged id', `${CART}/actions/${ID}/decision`, 404, {
      body: { approve: true },
    }),
    post('an id that is none', `${CART}/actions/..%2F..%2Fx/decision`, 400, {
      body: { approve: true },
    }),
    post('a key that is missing', cart, 400, {
      headers: { 'idempotency-key': undefined },
    }),
    post('a key that is short', cart, 400, {
      headers: { 'idempotency-key': 'short' },
    }),
    post('a key with odd characters', cart, 400, {
      headers: { 'idempotency-key': `key;${'drop table'.repeat(3)}` },
    }),
    // Callers.
    post('no token', cart, 401, {
      headers: { authorization: mockCredentials.none.header() },
    }),
    post('a forged token', cart, 401, {
      headers: { authorization: mockCredentials.user.invalidHeader() },
    }),
    post('the token of a service', cart, 403, {
      headers: { authorization: mockCredentials.service.header() },
    }),
    // Forms of other sites.
    ...[
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'text/json',
      'application/xml',
    ].map(type =>
      post(`the content type ${type}`, cart, 415, {
        headers: { 'content-type': type },
      }),
    ),
    post('no content type', cart, 415, {
      headers: { 'content-type': undefined },
    }),
    // Bodies.
    post('a body that is too large', cart, 413, {
      body: own({ ...SYNC, reason: 'x'.repeat(200_000) }),
    }),
    malformed('text instead of JSON', '{"action":'),
    malformed('a list', [SYNC]),
    malformed('an unknown action', own({ ...SYNC, action: 'delete' })),
    malformed('an action of Git', own({ ...SYNC, action: 'promote' })),
    malformed(
      'an action of the prototype',
      own({ ...SYNC, action: '__proto__' }),
    ),
    malformed('a field of Argo CD', own({ ...SYNC, project: 'other' })),
    malformed('a name', own({ ...SYNC, name: 'billing' })),
    malformed('a revision', own({ ...SYNC, revision: 'evil' })),
    malformed('a manifest', own({ ...SYNC, manifests: ['{}'] })),
    malformed('text for a boolean', own({ ...SYNC, prune: 'false' })),
    malformed('a number for a boolean', own({ ...SYNC, force: 1 })),
    malformed('an empty list of resources', own({ ...SYNC, resources: [] })),
    malformed(
      'a path as a resource',
      own({ ...SYNC, resources: [{ kind: 'Service', name: '../x' }] }),
    ),
    malformed(
      'too many resources',
      own({
        ...SYNC,
        resources: Array.from({ length: 501 }, () => ({
          kind: 'Pod',
          name: 'a',
        })),
      }),
    ),
    malformed('lines in the reason', own({ ...SYNC, reason: 'a\nb' })),
    malformed('an id as text', own({ action: 'rollback', historyId: '0' })),
    malformed('a negative id', own({ action: 'rollback', historyId: -1 })),
    malformed(
      'a path as a Rollout',
      own({ action: 'rollout-abort', rollout: { name: 'a/b' } }),
    ),
    post('a rollback while automated sync is on', cart, 409, {
      body: own({ action: 'rollback', historyId: 4711 }),
    }),
    // Other spellings of the path, which Express takes for the same.
    post(
      'a path in capitals',
      `${CART}${of('main/argocd/cart').replace('actions', 'ACTIONS')}`,
      400,
      { body: own({ action: 'x' }) },
    ),
    post(
      'a path in capitals, as a form',
      `${CART}${of('main/argocd/cart').replace('actions', 'ACTIONS')}`,
      415,
      { headers: { 'content-type': 'text/plain' } },
    ),
    post('a slash at the end, as a form', `${cart}/`, 415, {
      headers: { 'content-type': 'text/plain' },
    }),
    ...['PUT', 'PATCH', 'DELETE'].map(method =>
      post(`the method ${method}`, cart, 405, { method }),
    ),
  ];
}
