import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ensureNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/say.mjs';
import { TRANSFORM } from './lib/services.mjs';

main(async () => {
  const { node, env, ...tools } = await ensureNode();
  await ensureInstalled({ node, env, ...tools });
  const child = spawn(
    node,
    [
      ...TRANSFORM,
      join(root, 'packages/conformance/src/cli/index.ts'),
      ...process.argv.slice(2),
    ],
    { stdio: 'inherit', env },
  );
  // The terminal sends Ctrl-C to both processes, so this one ignores it. Other
  // signals reach only this process, so it forwards SIGTERM.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise(resolve =>
    child.once('exit', code => resolve(code ?? 1)),
  );
});
