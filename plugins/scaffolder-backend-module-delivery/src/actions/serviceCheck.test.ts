import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createServiceCheckAction } from './serviceCheck';

const input = {
  name: 'api',
  system: 'system:default/shop',
  owner: 'group:default/shop-team',
  environments: ['dev'],
  gitHost: 'github.com',
};

type Change = Partial<typeof input> & {
  gitOwner?: string;
  gitProject?: string;
  regions?: { environment: string; region: string }[];
};

async function run(change: Change = {}) {
  const requested: unknown[] = [];
  const ctx = createMockActionContext({ input: { ...input, ...change } });
  await createServiceCheckAction({
    check: {
      check: async (...request) => {
        requested.push(request);
        return {
          entityRef: 'component:default/api',
          exists: false,
          release: 'api',
          system: 'shop',
          systemRef: 'system:default/shop',
          ownerRef: 'group:default/shop-team',
          project: 'web-shop',
          imageRepository: 'shop/api',
          gitPlace: { owner: 'shop' },
          gitRepository: 'api',
          environments: [
            { name: 'dev', application: 'api-dev', namespace: 'shop-dev' },
          ],
        };
      },
    },
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
  }).handler(ctx);
  return {
    requested,
    initiator: await ctx.getInitiatorCredentials(),
    output: Object.fromEntries(jest.mocked(ctx.output).mock.calls),
  };
}

describe('delivery:service:check', () => {
  it('returns every name that later steps need', async () => {
    const { requested, initiator, output } = await run();
    const { gitHost, ...rest } = input;
    expect(requested).toEqual([
      [{ ...rest, sourceHost: { type: 'github' } }, initiator],
    ]);
    expect(output).toEqual({
      entityRef: 'component:default/api',
      exists: false,
      name: 'api',
      system: 'shop',
      systemRef: 'system:default/shop',
      ownerRef: 'group:default/shop-team',
      project: 'web-shop',
      imageRepository: 'shop/api',
      replicas: [],
      repoUrl: `${gitHost}?owner=shop&repo=api`,
      environments: {
        dev: { name: 'dev', application: 'api-dev', namespace: 'shop-dev' },
      },
    });
  });

  it('returns the regions of environments, and refuses others', async () => {
    const region = 'us-east-1';
    const { output } = await run({ regions: [{ environment: 'dev', region }] });
    expect(output).toMatchObject({
      replicas: [{ region }],
      environments: { dev: { name: 'dev', region } },
    });
    await expect(
      run({ regions: [{ environment: 'prod', region }] }),
    ).rejects.toThrow('has no environment "prod"');
  });

  it('passes on where the host has its repositories', async () => {
    const { requested } = await run({
      gitHost: 'dev.azure.com',
      gitOwner: 'acme',
      gitProject: '{system}',
    });
    expect(requested).toMatchObject([
      [
        {
          sourceHost: { type: 'azure', owner: 'acme', project: '{system}' },
        },
        {},
      ],
    ]);
  });

  it('refuses an unconfigured Git host', async () => {
    await expect(run({ gitHost: '169.254.169.254' })).rejects.toThrow(
      `"169.254.169.254" isn't a configured Git host`,
    );
  });
});
