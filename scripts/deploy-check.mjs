import { join } from 'node:path';
import { ensureDeployTools } from './lib/deployTools.mjs';
import { ensureMoto } from './lib/moto.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { main } from './lib/say.mjs';

// `yarn deploy:check`: all tests of deploy/, with the tools that `npm test` skips
// where they are missing. With --install, it only installs them.
main(async () => {
  await ensureDeployTools();
  if (process.argv.includes('--install')) {
    return;
  }
  await ensureMoto();
  process.exitCode = await run(
    process.execPath,
    [join(root, 'scripts/test.mjs'), 'deploy'],
    {
      env: { ...process.env, LANDFALL_REQUIRE_TOOLS: '1' },
      check: false,
      what: 'The tests of deploy/',
    },
  );
});
