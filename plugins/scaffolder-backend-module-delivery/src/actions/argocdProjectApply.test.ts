import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  ArgoCdForbiddenError,
  ArgoCdInvalidRequestError,
} from '@landfall/backstage-plugin-delivery-node';
import { validate } from 'jsonschema';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { FakeProjects } from '../__testUtils__/fakeProjects';
import { logOf } from '../__testUtils__/logOf';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createArgoCdProjectApplyAction } from './argocdProjectApply';

const entityRef = 'component:default/api';
const destinations = [
  { server: 'https://kubernetes.default.svc', namespace: 'shop' },
];
const sourceRepos = ['https://git.example.com/deploy.git'];

function project(owner: string | undefined, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: 'shop',
      ...(owner && { annotations: { 'landfall.io/entity-ref': owner } }),
    },
    spec,
  };
}

async function run(
  client: FakeProjects,
  input: { name?: string; sourceRepos?: string[] } = {},
  options: {
    state?: FakeTaskState;
    isDryRun?: boolean;
    entities?: Entity[];
  } = {},
) {
  const { state = new FakeTaskState(), isDryRun, entities } = options;
  const ctx = {
    ...createMockActionContext({
      input: {
        name: 'shop',
        entityRef: 'component:api',
        sourceRepos,
        destinations,
        ...input,
      },
    }),
    getInitiatorCredentials: async () => mockCredentials.user(),
    checkpoint: state.checkpoint,
    isDryRun,
  };
  const log = logOf(ctx.logger);
  await createArgoCdProjectApplyAction({
    instances: instancesOf(client),
    ownership: ownershipOfEntities(entities),
  }).handler(ctx);
  return {
    output: Object.fromEntries(jest.mocked(ctx.output).mock.calls),
    log,
  };
}

describe('delivery:argocd:project:apply', () => {
  const spec = { sourceRepos, destinations };
  const output = {
    name: 'shop',
    instance: 'main',
    url: 'https://argocd.example.com/settings/projects/shop',
    created: false,
    updated: false,
    differences: [],
  };

  it('creates a project with the mark of the entity', async () => {
    const client = new FakeProjects();
    const result = await run(client);
    expect(result.output).toEqual({ ...output, created: true });
    expect(client.get('shop')).toMatchObject(project(entityRef, spec));
  });

  it('changes nothing when it is run again', async () => {
    const client = new FakeProjects();
    await run(client);
    const { output: again, log } = await run(client);
    expect(again).toEqual(output);
    expect(log).toEqual([
      `info: The AppProject shop already has all settings: ${output.url}`,
    ]);
    expect(client.writes).toEqual(['create shop']);
  });

  it('changes what differs, names it, and keeps the rest', async () => {
    const client = new FakeProjects([
      project(entityRef, {
        ...spec,
        sourceRepos: ['*'],
        syncWindows: [{ kind: 'deny' }],
        roles: [{ name: 'ci', policies: [], jwtTokens: [{ iat: 1 }] }],
      }),
    ]);
    const { output: changed, log } = await run(client);
    const current = '["*"]';
    const wanted = JSON.stringify(sourceRepos);
    expect(changed).toEqual({
      ...output,
      updated: true,
      differences: [{ setting: 'sourceRepos', current, wanted }],
    });
    expect(log).toContain(`info: sourceRepos: ${current} → ${wanted}`);
    expect(client.get('shop')).toMatchObject({
      spec: {
        ...spec,
        syncWindows: [{ kind: 'deny' }],
        roles: [{ name: 'ci', policies: [], jwtTokens: [{ iat: 1 }] }],
      },
    });
  });

  it.each([
    ['without a mark', undefined, 'exists without the annotation'],
    [
      'of another entity',
      'component:default/pay',
      'belongs to component:default/pay by its annotation landfall.io/entity-ref, not to component:default/api',
    ],
  ])('never changes a project %s', async (_, owner, message) => {
    // The same settings or fewer make no difference.
    for (const existing of [project(owner), project(owner, spec)]) {
      const client = new FakeProjects([existing]);
      await expect(run(client)).rejects.toThrow(message);
      expect(client.writes).toEqual([]);
    }
  });

  it.each([
    ['with other settings', {}],
    ['with the same settings', spec],
  ])(
    'takes over no project that was created after the read, %s',
    async (_, settings) => {
      const client = new FakeProjects();
      client.beforeWrite = () => {
        client.beforeWrite = () => {};
        client.put(project(undefined, settings));
      };
      await expect(run(client)).rejects.toThrow('without the annotation');
      expect(client.writes).toEqual([]);
    },
  );

  it('loses nothing that somebody else changes meanwhile', async () => {
    const client = new FakeProjects([project(entityRef)]);
    client.beforeWrite = () => {
      client.beforeWrite = () => {};
      client.put(project(entityRef, { description: 'theirs' }));
    };
    await run(client);
    expect(client.get('shop')).toMatchObject({
      spec: { ...spec, description: 'theirs' },
    });
  });

  it('gives up if it keeps changing', async () => {
    const client = new FakeProjects([project(entityRef)]);
    let count = 0;
    client.beforeWrite = () => {
      count += 1;
      client.put(project(entityRef, { description: String(count) }));
    };
    await expect(run(client)).rejects.toThrow(
      'changed by somebody else 4 times in a row',
    );
  });

  it('says which rights the account lacks', async () => {
    const client = new FakeProjects();
    client.beforeWrite = () => {
      throw new ArgoCdForbiddenError("Argo CD 'main' answered 403: no", {
        instance: 'main',
        status: 403,
      });
    };
    await expect(run(client)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringMatching(
        /^Argo CD 'main' answered 403: no\. Grant the account "projects, get", "projects, create" and "projects, update" for shop/,
      ),
    });
  });

  it('passes on Argo CD’s refusal of settings', async () => {
    const client = new FakeProjects([project(entityRef)]);
    const error = new ArgoCdInvalidRequestError(
      '1 applications destination became invalid',
      { instance: 'main', status: 400, code: 3 },
    );
    client.beforeWrite = () => {
      throw error;
    };
    await expect(run(client)).rejects.toBe(error);
  });

  it('writes once in a recovered task', async () => {
    const client = new FakeProjects();
    const state = new FakeTaskState();
    const first = await run(client, {}, { state });
    state.recover();
    const again = await run(client, {}, { state });
    expect(again.output).toEqual(first.output);
    expect(client.writes).toEqual(['create shop']);
  });

  it('writes nothing for an entity that the initiator doesn’t own', async () => {
    const client = new FakeProjects();
    await expect(
      run(client, {}, { entities: [apiOwnedBy('group:default/payments')] }),
    ).rejects.toThrow('it is owned by group:default/payments');
    expect(client.writes).toEqual([]);
  });

  it('says in a dry run what it would do', async () => {
    const client = new FakeProjects();
    const { output: dry, log } = await run(client, {}, { isDryRun: true });
    expect(dry).toEqual(output);
    expect(log).toEqual([
      `info: Dry run: would apply the AppProject shop to main: ${JSON.stringify(
        spec,
      )}`,
    ]);
    expect(client.writes).toEqual([]);
  });

  it('warns of a project that may use anything', async () => {
    const { log } = await run(new FakeProjects(), { sourceRepos: ['*'] });
    expect(log[0]).toBe('warn: The AppProject shop may use every repository');
  });

  it('refuses the built-in project', async () => {
    await expect(run(new FakeProjects(), { name: 'default' })).rejects.toThrow(
      "is Argo CD's own",
    );
  });

  it('takes no tokens', () => {
    const { schema } = createArgoCdProjectApplyAction({
      instances: instancesOf(),
      ownership: ownershipOfEntities(),
    });
    const input = (role: object) => ({
      name: 'shop',
      entityRef,
      roles: [{ name: 'ci', policies: [], ...role }],
    });
    const isValid = (value: object) =>
      validate(value, schema?.input ?? false).valid;
    expect(isValid(input({}))).toBe(true);
    expect(isValid(input({ jwtTokens: [{ iat: 1 }] }))).toBe(false);
  });
});
