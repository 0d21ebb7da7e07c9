import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import request from 'supertest';
import { scaffolderModuleDelivery } from '../module';

const OWNER = 'user:default/mock';

const folder = createMockDirectory({
  content: {
    'template.yaml': '',
    skeleton: { 'README.md': '# ${{ values.name }} of ${{ values.team }}\n' },
  },
});

function entity(
  kind: string,
  name: string,
  relations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    relations: Object.entries(relations).map(([type, targetRef]) => ({
      type,
      targetRef,
    })),
  };
}

function template(name: string, location: string): Entity {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'backstage.io/managed-by-location': location },
    },
    spec: {
      owner: OWNER,
      type: 'service',
      parameters: [
        {
          required: ['name'],
          properties: { name: { type: 'string', pattern: '^[a-z-]+$' } },
        },
      ],
      steps: [
        {
          id: 'check',
          action: 'delivery:service:check',
          input: {
            name: '${{ parameters.name }}',
            system: 'system:default/shop',
            owner: OWNER,
            environments: ['dev'],
            gitHost: 'github.com',
          },
        },
        {
          id: 'render',
          action: 'fetch:template',
          input: {
            url: './skeleton',
            targetPath: './out',
            values: {
              name: '${{ steps.check.output.name }}',
              team: '${{ environment.parameters.team }}',
            },
          },
        },
      ],
    },
  };
}

async function start(denied: string[] = []): Promise<TestBackend> {
  return startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModuleDelivery,
      catalogServiceMock.factory({
        entities: [
          entity('User', 'mock'),
          entity('System', 'shop', { ownedBy: OWNER }),
          entity('Component', 'mine', {
            ownedBy: OWNER,
            partOf: 'system:default/shop',
          }),
          entity('Component', 'theirs', { ownedBy: 'group:default/pay' }),
          template('fine', `file:${folder.resolve('template.yaml')}`),
          template('elsewhere', 'bootstrap:bootstrap'),
        ],
      }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: denied.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async requests =>
          requests.map(({ permission }) => ({
            result: denied.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          delivery: {
            environments: [{ name: 'dev' }, { name: 'live' }],
          },
          scaffolder: {
            defaultEnvironment: {
              parameters: { gitHost: 'github.com', team: 'Shop' },
            },
          },
        },
      }),
    ],
  });
}

describe('the routes of form fields', () => {
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await start();
  });

  const post = (path: string, body: object, on = backend) =>
    request(on.server).post(`/api/scaffolder/delivery/${path}`).send(body);

  it('list the configured environments in their order', async () => {
    const { status, body } = await request(backend.server).get(
      '/api/scaffolder/delivery/environments',
    );
    expect({ status, body }).toEqual({
      status: 200,
      body: { items: [{ name: 'dev' }, { name: 'live' }] },
    });
  });

  const chosen = { system: 'system:default/shop', owner: OWNER };

  it.each<[object, object]>([
    [{ name: 'api' }, { state: 'free', entityRef: 'component:default/api' }],
    [{ name: 'mine', ...chosen }, { state: 'own' }],
    [{ name: 'a/b' }, { state: 'refused', code: 'invalid' }],
    [
      { name: 'theirs', ...chosen },
      {
        state: 'refused',
        code: 'not-allowed',
        message: expect.stringContaining('owned by group:default/pay'),
      },
    ],
    [
      { name: 'api', ...chosen, system: 'system:default/none' },
      { state: 'refused', code: 'missing' },
    ],
  ])('check the name of a service: %j', async (draft, expected) => {
    const { status, body } = await post('service-check', draft);
    expect(status).toBe(200);
    expect(body).toMatchObject(expected);
  });

  it.each<[string, object]>([
    ['service-check', {}],
    ['service-check', { name: 1 }],
    ['service-check', { name: 'api', extra: true }],
    ['service-check', { name: 'a'.repeat(501) }],
    ['preview', { templateRef: 'template:default/fine' }],
    ['preview', { templateRef: 'fine:', values: {} }],
    [
      'preview',
      { templateRef: 'template:default/elsewhere', values: { name: 'api' } },
    ],
  ])('refuse a wrong request to %s: %j', async (path, body) => {
    const response = await post(path, body);
    expect(response.status).toBe(400);
    expect(response.body.error.message).not.toBe('');
  });

  it('show the files that a template would write', async () => {
    const { status, body } = await post('preview', {
      templateRef: 'template:default/fine',
      values: { name: 'api' },
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        state: 'ready',
        files: [
          { path: 'out/README.md', sizeInBytes: 14, text: '# api of Shop\n' },
        ],
      },
    });
  });

  it.each<[object, object]>([
    [{}, { state: 'incomplete', problems: ['requires property "name"'] }],
    [
      { name: '../x' },
      { state: 'incomplete', problems: [expect.stringMatching(/^name does/)] },
    ],
    [
      { name: 'theirs' },
      { state: 'failed', message: expect.stringContaining('is taken') },
    ],
  ])('say why there is no preview: %j', async (values, expected) => {
    const { status, body } = await post('preview', {
      templateRef: 'template:default/fine',
      values,
    });
    expect({ status, body }).toEqual({ status: 200, body: expected });
  });

  it('don’t reveal other entities as templates', async () => {
    for (const templateRef of [
      'component:default/theirs',
      'template:default/none',
    ]) {
      const { status } = await post('preview', { templateRef, values: {} });
      expect(status).toBe(404);
    }
  });

  it('need somebody who is signed in', async () => {
    const { status } = await post('service-check', { name: 'api' }).set(
      'Authorization',
      mockCredentials.none.header(),
    );
    expect(status).toBe(401);
  });

  it.each([
    ['scaffolder.task.create', [403, 403, 403]],
    ['scaffolder.template.dry-run', [200, 200, 403]],
  ])('need the permission %s', async (denied, expected) => {
    const other = await start([denied]);
    const answers = [
      await request(other.server).get('/api/scaffolder/delivery/environments'),
      await post('service-check', { name: 'api' }, other),
      await post(
        'preview',
        { templateRef: 'template:default/fine', values: { name: 'api' } },
        other,
      ),
    ];
    expect(answers.map(({ status }) => status)).toEqual(expected);
    await other.stop();
  });
});
