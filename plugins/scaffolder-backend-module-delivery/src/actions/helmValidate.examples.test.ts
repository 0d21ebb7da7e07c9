import { createMockDirectory } from '@backstage/backend-test-utils';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { render, template } from '../__testUtils__/createService';
import { runExample } from '../__testUtils__/runExample';
import { createHelmValidateAction } from './helmValidate';
import { examples } from './helmValidate.examples';

describe('examples of delivery:helm:validate', () => {
  const workspace = createMockDirectory();
  const [environment] = examples;

  it(`${environment.description}`, async () => {
    const chart = workspace.resolve('delivery/apps/api');
    cpSync(join(template, 'skeleton/chart'), chart, { recursive: true });
    for (const skeleton of ['service', 'environment']) {
      const rendered = await render(workspace.path, skeleton);
      cpSync(join(rendered, 'apps/api'), chart, { recursive: true });
    }
    const [output] = await runExample(
      createHelmValidateAction({ helm: '/missing/helm' }),
      environment,
      { workspacePath: workspace.path },
    );
    expect(output).toEqual({ rendered: false, resources: [] });
  });

  it('has a test for each', () => {
    expect(examples).toEqual([environment]);
  });
});
