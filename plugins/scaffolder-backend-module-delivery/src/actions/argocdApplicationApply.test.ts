import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import yaml from 'yaml';
import { anApplication, FakeArgoCd, instancesOf } from '../testing/fakeArgoCd';
import { createArgoCdApplicationApplyAction } from './argocdApplicationApply';
import { examples } from './argocdApplicationApply.examples';

const manifest = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'api-dev' },
  spec: { project: 'shop', destination: {} },
};

type Input = { path?: string; manifest?: JsonObject };

describe('delivery:argocd:application:apply', () => {
  const workspace = createMockDirectory();
  const context = (input: Input, isDryRun = false) => ({
    ...createMockActionContext({ input, workspacePath: workspace.path }),
    isDryRun,
  });

  it.each([
    ['creates one that is not there', undefined, true],
    ['updates one that is there', anApplication(), false],
  ])('%s', async (_, before, created) => {
    workspace.setContent({ 'app.yaml': yaml.stringify(manifest) });
    const client = new FakeArgoCd([before]);
    const action = createArgoCdApplicationApplyAction({
      instances: instancesOf(client),
    });
    const ctx = context({ path: 'app.yaml' });
    await action.handler(ctx);
    expect(client.created).toEqual([{ manifest, upsert: true }]);
    expect(Object.fromEntries(jest.mocked(ctx.output).mock.calls)).toEqual({
      name: 'api-dev',
      namespace: 'argocd',
      instance: 'main',
      project: 'shop',
      url: 'https://argocd.example.com/applications/argocd/api-dev',
      created,
    });
  });

  it('writes nothing in a dry run', async () => {
    const client = new FakeArgoCd([undefined]);
    const action = createArgoCdApplicationApplyAction({
      instances: instancesOf(client),
    });
    await action.handler(context({ manifest }, true));
    expect(client.created).toEqual([]);
  });

  it.each([
    [{}, 'Give the Application as path or as manifest'],
    [{ path: 'a', manifest }, 'exclude one another'],
    [{ path: 'missing.yaml' }, "can't be read from the workspace"],
    [{ path: '../../etc/passwd' }, 'not allowed'],
  ])('refuses %j', async (input, message) => {
    const action = createArgoCdApplicationApplyAction({
      instances: instancesOf(new FakeArgoCd([undefined])),
    });
    await expect(action.handler(context(input))).rejects.toThrow(message);
  });

  it('has examples that its own input takes', async () => {
    workspace.setContent({
      delivery: {
        argocd: { api: { 'api-dev.yaml': yaml.stringify(manifest) } },
      },
    });
    for (const { example } of examples) {
      const client = new FakeArgoCd([undefined]);
      const action = createArgoCdApplicationApplyAction({
        instances: instancesOf(client),
      });
      await action.handler(context(yaml.parse(example).steps[0].input));
      expect(client.created).toHaveLength(1);
    }
  });
});
