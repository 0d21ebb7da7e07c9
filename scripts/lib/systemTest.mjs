import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { ensureNode } from './node.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { main } from './say.mjs';
import { TRANSFORM } from './services.mjs';

/** Runs one of the system tests with this process's arguments, and ends with its exit code. */
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
