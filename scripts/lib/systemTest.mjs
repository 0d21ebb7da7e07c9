import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { ensureNode } from './node.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { main } from './say.mjs';
import { TRANSFORM } from './services.mjs';

/** Runs a system test with this process's arguments and uses its exit code. */
export function runSystemTest(name, what) {
  main(async () => {
    const tools = await ensureNode();
    await ensureInstalled(tools);
    process.exitCode = await run(
      tools.node,
      [
        ...TRANSFORM,
        join(root, `testing/system/src/${name}/main.ts`),
        ...process.argv.slice(2),
      ],
      { env: tools.env, check: false, what },
    );
  });
}
