import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { FakeDelivery, REPOSITORY } from '../__testUtils__/fakeDelivery';
import { createApplicationsReadAction } from './applicationsRead';

async function read(service: FakeDelivery) {
  const ctx = createMockActionContext({
    input: { entityRef: 'component:api' },
  });
  const warn = jest.spyOn(ctx.logger, 'warn');
  await createApplicationsReadAction({ service }).handler(ctx);
  return {
    ...Object.fromEntries(jest.mocked(ctx.output).mock.calls),
    warnings: warn.mock.calls.map(([message]) => String(message)),
  };
}

function expected(environment: string) {
  return {
    instance: 'main',
    namespace: 'argocd',
    name: `api-${environment}`,
    project: 'shop',
    environment,
  };
}

describe('delivery:applications:read', () => {
  it('lists each Application once, also without an image', async () => {
    const service = new FakeDelivery([
      { environment: 'dev', name: 'api-dev', images: [] },
      {
        environment: 'prod',
        name: 'api-prod',
        images: [REPOSITORY, 'example.com/sidecar'].map(repository => ({
          repository,
          running: [{ tag: '1.0.0' }],
        })),
      },
    ]);
    await expect(read(service)).resolves.toEqual({
      applications: [expected('dev'), expected('prod')],
      warnings: [],
    });
  });

  it('lists nothing for an entity without Applications', async () => {
    await expect(read(new FakeDelivery([]))).resolves.toEqual({
      applications: [],
      warnings: [],
    });
  });

  it('warns that some are left out', async () => {
    const service = new FakeDelivery([], {
      truncated: {
        shown: 1,
        total: 2,
        advice: {
          code: 'advice.narrow-annotations',
          parameters: { annotation: 'argocd/app-selector' },
          message: 'Narrow the selector.',
        },
      },
    });
    await expect(read(service)).resolves.toMatchObject({
      warnings: [expect.stringContaining('Only 1 of 2')],
    });
  });
});
