import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ensureNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { main } from './lib/say.mjs';
import { TRANSFORM } from './lib/services.mjs';

main(async () => {
  const tools = await ensureNode();
  await ensureInstalled(tools);
  process.exitCode = await run(
    tools.node,
    [
      ...TRANSFORM,
      join(root, 'packages/trials/src/hostile/main.ts'),
      ...process.argv.slice(2),
    ],
    { env: tools.env, check: false, what: 'The hostile run' },
  );
});
