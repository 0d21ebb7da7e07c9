import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { runExample } from '../__testUtils__/runExample';
import { createGitRepositoryInspectAction } from './gitRepositoryInspect';
import { examples } from './gitRepositoryInspect.examples';

describe('examples of delivery:git:repository:inspect', () => {
  it.each(examples)('$description', async example => {
    const inspected: string[] = [];
    const action = createGitRepositoryInspectAction({
      git: {
        inspect: async ({ url }) => {
          inspected.push(url);
          return { state: 'missing' };
        },
      },
      integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      reader: mockServices.urlReader.mock(),
    });
    await expect(
      runExample(action, example, {
        values: {
          '${{ parameters.repoUrl }}': 'github.com?owner=shop&repo=api',
        },
      }),
    ).resolves.toEqual([
      expect.objectContaining({
        state: 'missing',
        host: 'github',
        remoteUrl: 'https://github.com/shop/api.git',
      }),
    ]);
    expect(inspected).toEqual(['https://github.com/shop/api.git']);
  });
});
