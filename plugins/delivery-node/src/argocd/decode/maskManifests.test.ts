import type { JsonObject, JsonValue } from '@backstage/types';
import fc from 'fast-check';
import { HIDDEN, HIDDEN_CHANGE, maskManifests } from './maskManifests';

/** No text in a manifest has these characters, so any of them is a leak. */
const LEAK = /[αβγδ]/;
const secretText = fc.string({
  unit: fc.constantFrom('α', 'β', 'γ', 'δ', '\n', ' ', '"', ':'),
  minLength: 1,
});
const secretValue: fc.Arbitrary<JsonValue> = fc.oneof(
  secretText,
  fc.array(secretText),
  fc.dictionary(fc.constantFrom('a', 'b'), secretText),
);
const values = fc.dictionary(
  fc.constantFrom('username', 'password', 'tls.crt', 'kind', '__proto__'),
  secretValue,
);

/** A Secret with secret texts in every place that may have one. */
const secret = fc.record(
  {
    apiVersion: fc.constant('v1'),
    kind: fc.constant('Secret'),
    type: fc.constant('Opaque'),
    metadata: fc.record({
      name: fc.constant('db'),
      namespace: fc.constant('dev'),
      annotations: fc.record({
        'kubectl.kubernetes.io/last-applied-configuration': secretText,
        'example.com/copied': secretText,
      }),
      managedFields: fc.array(fc.record({ manager: secretText })),
    }),
    data: values,
    stringData: values,
    anotherField: secretValue,
  },
  { requiredKeys: ['apiVersion', 'kind', 'metadata', 'data'] },
);

const inside: ((object: JsonObject) => JsonObject)[] = [
  object => object,
  object => ({ apiVersion: 'v1', kind: 'List', items: [object] }),
  object => ({ kind: 'Bundle', spec: { template: { of: [[object]] } } }),
];

describe('maskManifests', () => {
  it('leaves no byte of any value of a Secret', () => {
    fc.assert(
      fc.property(
        secret,
        fc.option(secret, { nil: undefined }),
        fc.constantFrom(...inside),
        (live, desired, wrap) => {
          const masked = maskManifests({
            live: wrap(live),
            desired: desired && wrap(desired),
          });
          expect(JSON.stringify(masked)).not.toMatch(LEAK);
        },
      ),
    );
  });

  it('leaves no byte of a value that a secret name or text announces', () => {
    const text = secretText.filter(one => !/^\s*$|[\n"]/.test(one));
    const places: ((value: string) => JsonObject)[] = [
      value => ({ data: { DB_PASSWORD: value } }),
      value => ({ env: [{ name: 'API_TOKEN', value }] }),
      value => ({ args: [`--client-secret=${value}`] }),
      value => ({ args: ['--password', value] }),
      value => ({ data: { 'app.yaml': `user: app\npassword: ${value}\n` } }),
      value => ({ spec: { credentials: [value] } }),
    ];
    fc.assert(
      fc.property(text, fc.constantFrom(...places), (value, place) => {
        const masked = maskManifests({ live: place(value) });
        expect(JSON.stringify(masked)).not.toMatch(LEAK);
      }),
    );
  });

  it('keeps what identifies a Secret, and the names of its keys', () => {
    const live = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'Opaque',
      metadata: {
        name: 'db',
        namespace: 'dev',
        labels: { app: 'api' },
        annotations: {
          'argocd.argoproj.io/tracking-id': 'api:/Secret:dev/db',
          'example.com/copied': 'x',
          'kubectl.kubernetes.io/last-applied-configuration': 'x',
        },
      },
      data: { same: 'eA==', other: 'eA==' },
    };
    const desired = {
      ...live,
      data: { same: 'eA==', other: 'eQ==', added: 'eg==' },
    };
    const masked = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'Opaque',
      metadata: {
        name: 'db',
        namespace: 'dev',
        labels: { app: 'api' },
        annotations: {
          'argocd.argoproj.io/tracking-id': 'api:/Secret:dev/db',
          'example.com/copied': HIDDEN,
        },
      },
    };
    expect(maskManifests({ live, desired })).toEqual({
      live: { ...masked, data: { same: HIDDEN, other: HIDDEN } },
      desired: {
        ...masked,
        data: { same: HIDDEN, other: HIDDEN_CHANGE, added: HIDDEN },
      },
    });
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      'references to secrets',
      {
        env: [
          {
            name: 'DB_PASSWORD',
            valueFrom: { secretKeyRef: { name: 'db', key: 'password' } },
          },
        ],
        volumes: [{ name: 'tls', secret: { secretName: 'tls' } }],
        imagePullSecrets: [{ name: 'registry' }],
        certificateRefs: [{ kind: 'Secret', name: 'tls' }],
      },
      {
        env: [
          {
            name: 'DB_PASSWORD',
            valueFrom: { secretKeyRef: { name: 'db', key: 'password' } },
          },
        ],
        volumes: [{ name: 'tls', secret: { secretName: 'tls' } }],
        imagePullSecrets: [{ name: 'registry' }],
        certificateRefs: [{ kind: 'Secret', name: 'tls' }],
      },
    ],
    [
      'other settings',
      {
        automountServiceAccountToken: true,
        tokenExpirationSeconds: 3600,
        env: [{ name: 'LOG_LEVEL', value: 'debug' }],
        args: ['--port=80', '--verbose'],
        image: 'registry.example.com/shop/api:1.0.0',
      },
      {
        automountServiceAccountToken: true,
        tokenExpirationSeconds: 3600,
        env: [{ name: 'LOG_LEVEL', value: 'debug' }],
        args: ['--port=80', '--verbose'],
        image: 'registry.example.com/shop/api:1.0.0',
      },
    ],
    [
      'a URL without its credentials',
      { url: 'https://bot:hunter2@git.example.com/deploy.git' },
      { url: 'https://git.example.com/deploy.git' },
    ],
    [
      'a text without its private key',
      {
        data: {
          pem: 'a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb',
        },
      },
      { data: { pem: `a\n${HIDDEN}\nb` } },
    ],
    [
      'the object without what repeats it',
      {
        metadata: {
          name: 'api',
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{}',
            note: 'kept',
          },
          managedFields: [{ manager: 'kubectl' }],
        },
      },
      { metadata: { name: 'api', annotations: { note: 'kept' } } },
    ],
  ])('keeps %s', (_, live, expected) => {
    expect(maskManifests({ live })).toEqual({ live: expected });
  });

  it('compares variables by their names, wherever they are in the list', () => {
    const token = { name: 'TOKEN', value: 'one' };
    const live = { env: [token, { name: 'A', value: 'a' }] };
    const masked = { name: 'TOKEN', value: HIDDEN };
    expect(
      maskManifests({ live, desired: { env: [{ name: 'B' }, token] } }),
    ).toEqual({
      live: { env: [masked, { name: 'A', value: 'a' }] },
      desired: { env: [{ name: 'B' }, masked] },
    });
    expect(
      maskManifests({ live, desired: { env: [{ ...token, value: 'two' }] } })
        .desired,
    ).toEqual({ env: [{ ...masked, value: HIDDEN_CHANGE }] });
  });

  it('shows that a text differs in nothing but its secret', () => {
    const of = (password: string) => ({ text: `user=a\npassword=${password}` });
    expect(maskManifests({ live: of('one'), desired: of('two') })).toEqual({
      live: { text: `user=a\npassword= ${HIDDEN}` },
      desired: { text: `user=a\npassword= ${HIDDEN_CHANGE}` },
    });
  });
});
