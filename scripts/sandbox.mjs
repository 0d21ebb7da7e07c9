import { ensureInstalled } from './lib/install.mjs';
import { ensureNode } from './lib/node.mjs';
import { main } from './lib/say.mjs';
import { spawnSandbox } from './lib/services.mjs';

main(async () => {
  const tools = await ensureNode();
  await ensureInstalled(tools);
  const child = spawnSandbox(tools, process.argv.slice(2));
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => child.kill(signal));
  }
  process.exitCode = await new Promise(resolve =>
    child.once('exit', code => resolve(code ?? 1)),
  );
});
