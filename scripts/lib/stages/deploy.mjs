import { join } from 'node:path';
import { ensureFrontend } from '../frontend.mjs';
import { ensureImage } from '../image.mjs';
import { ensureDeployInstalled } from '../install.mjs';
import { root } from '../paths.mjs';
import { run } from '../run.mjs';
import { nodeTests } from './nodeTests.mjs';

/** The project in `deploy/aws` has packages of its own, which nothing else needs. */
export async function deploy(tools) {
  const project = join(root, 'deploy/aws');
  await ensureDeployInstalled(tools);
  await ensureImage(tools);
  // The portal serves it in production, and checks its configuration.
  await ensureFrontend(tools);
  const types = await run(
    tools.node,
    [join(project, 'node_modules/typescript/bin/tsc')],
    {
      cwd: project,
      env: tools.env,
      check: false,
      label: 'deploy',
      what: 'TypeScript',
    },
  );
  const counts = await nodeTests(tools, {
    name: 'deploy',
    what: 'The tests of deploy/',
    folder: join(project, 'test'),
    options: ['--import', 'tsx'],
    cwd: project,
    label: 'deploy',
  });
  if (types === 0) {
    counts.passed += 1;
  } else {
    counts.failed += 1;
    counts.failures.push('TypeScript');
  }
  return counts;
}
