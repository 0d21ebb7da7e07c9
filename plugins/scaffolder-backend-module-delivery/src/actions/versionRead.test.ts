import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  describeMessage,
  describeProblem,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import {
  FakeDelivery,
  REPOSITORY,
  refusal,
} from '../__testUtils__/fakeDelivery';
import { logOf } from '../__testUtils__/logOf';
import { createVersionReadAction } from './versionRead';

const DIGEST = `sha256:${'a'.repeat(64)}`;

async function run(
  service: Pick<DeliveryService, 'getDeployments' | 'getWouldUpdate'>,
  input: { environment?: string; application?: string; repository?: string },
  { isDryRun = false, entityRef = 'component:default/api' } = {},
  signal?: AbortSignal,
) {
  const ctx = {
    ...createMockActionContext({ input: { entityRef, ...input } }),
    getInitiatorCredentials: async () => mockCredentials.user(),
    isDryRun,
    signal,
  };
  const log = logOf(ctx.logger);
  await createVersionReadAction({ service }).handler(ctx);
  return {
    output: Object.fromEntries(jest.mocked(ctx.output).mock.calls),
    log,
  };
}

describe('delivery:version:read', () => {
  const all = () =>
    new FakeDelivery([
      {
        environment: 'dev',
        name: 'api-dev',
        health: 'Progressing',
        images: [
          {
            repository: REPOSITORY,
            running: [{ tag: '1.0.0' }, { tag: '1.1.0', digest: DIGEST }],
          },
        ],
      },
      {
        environment: 'prod',
        name: 'api-prod',
        held: true,
        images: [
          { repository: REPOSITORY, running: [{ tag: '1.0.0' }] },
          { repository: 'docker.io/library/redis', running: [] },
        ],
      },
    ]);
  const place = {
    namespace: 'argocd',
    instance: 'main',
    revision: 'abc',
    sync: 'Synced',
  };

  it('returns what runs, and what still runs besides', async () => {
    const { output, log } = await run(all(), {});
    expect(output).toEqual({
      versions: [
        {
          ...place,
          environment: 'dev',
          name: 'api-dev',
          repository: REPOSITORY,
          version: '1.1.0',
          digest: DIGEST,
          image: `${REPOSITORY}:1.1.0@${DIGEST}`,
          older: [`${REPOSITORY}:1.0.0`],
          health: 'Progressing',
          held: false,
        },
        {
          ...place,
          environment: 'prod',
          name: 'api-prod',
          repository: REPOSITORY,
          version: '1.0.0',
          image: `${REPOSITORY}:1.0.0`,
          older: [],
          health: 'Healthy',
          held: true,
        },
        {
          ...place,
          environment: 'prod',
          name: 'api-prod',
          repository: 'docker.io/library/redis',
          older: [],
          health: 'Healthy',
          held: true,
        },
      ],
    });
    expect(log).toEqual([
      `info: api-dev in dev runs ${REPOSITORY}:1.1.0@${DIGEST} (Synced, Progressing)`,
      `info: api-prod in prod runs ${REPOSITORY}:1.0.0 (Synced, Healthy, held)`,
      'info: api-prod in prod runs no docker.io/library/redis (Synced, Healthy, held)',
    ]);
  });

  it.each([
    [{ environment: 'prod', repository: REPOSITORY }, '1.0.0'],
    [{ environment: 'prod' }, undefined],
    [{ environment: 'prod', repository: 'docker.io/library/redis' }, undefined],
    // A rollout is under way.
    [{ application: 'api-dev' }, undefined],
  ])('returns the only version of %j', async (query, version) => {
    const { output } = await run(all(), query);
    expect(output.version).toBe(version);
    expect(output.image).toBe(version && `${REPOSITORY}:${version}`);
  });

  it.each([{}, { isDryRun: true }])(
    'asks as the initiator (%j)',
    async options => {
      const service = all();
      await run(service, {}, options);
      expect(service.callers).toEqual([
        expect.objectContaining({ userEntityRef: 'user:default/mock' }),
      ]);
    },
  );

  it('returns nothing for an entity without applications', async () => {
    const { output, log } = await run(new FakeDelivery([]), {});
    expect(output).toEqual({ versions: [] });
    expect(log).toEqual(['info: component:default/api has no Application']);
  });

  it('lists what there is if nothing matches', async () => {
    await expect(run(all(), { environment: 'live' })).rejects.toThrow(
      `The entity has no such version. It has: ${REPOSITORY} of api-dev in dev; ${REPOSITORY} of api-prod in prod; docker.io/library/redis of api-prod in prod`,
    );
    await expect(
      run(new FakeDelivery([]), { environment: 'live' }),
    ).rejects.toThrow('The entity has no application with an image');
  });

  it('warns of what may be incomplete or old', async () => {
    const advice = describeMessage({
      code: 'advice.narrow-annotations' as const,
      parameters: { annotation: 'argocd/app-selector' },
    });
    const { log } = await run(
      new FakeDelivery([], {
        truncated: { shown: 50, total: 60, advice },
        problems: [
          describeProblem({
            code: 'applications-withheld',
            parameters: { total: '1' },
            advice,
          }),
        ],
        instances: [
          {
            name: 'main',
            state: 'unreachable',
            since: '2026-01-01T00:00:00.000Z',
            lastReceivedAt: '2026-01-01T00:00:00.000Z',
            applications: 1,
          },
        ],
      }),
      {},
    );
    expect(log).toEqual([
      expect.stringMatching(
        /^warn: Applications .* aren't shown, .*: 1\. Narrow/,
      ),
      expect.stringMatching(
        /^warn: Only 50 of 60 Applications are covered. Narrow/,
      ),
      "warn: The Argo CD main can't be reached. What is read of it is as of 2026-01-01T00:00:00.000Z",
      'info: component:default/api has no Application',
    ]);
  });

  it('passes on the refusal of an entity that the initiator may not see', async () => {
    const service = all();
    service.getDeployments = async () => {
      throw await refusal(404, 'NotFoundError', 'No such entity');
    };
    await expect(run(service, {})).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringMatching(/404 .*No such entity.*Check entityRef/),
    });
  });

  it('ends when the task is cancelled', async () => {
    const controller = new AbortController();
    const service = all();
    service.getDeployments = () => new Promise(() => {});
    const ended = run(service, {}, {}, controller.signal);
    controller.abort(new Error('cancelled'));
    await expect(ended).rejects.toThrow('cancelled');
  });

  it('refuses what is no entity ref', async () => {
    await expect(run(all(), {}, { entityRef: 'api' })).rejects.toThrow(
      'is not an entity ref',
    );
  });
});
