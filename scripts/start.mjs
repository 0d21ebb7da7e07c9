import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFrontend } from './lib/frontend.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ensureNode } from './lib/node.mjs';
import { stateDir } from './lib/paths.mjs';
import { Failure, main, say } from './lib/say.mjs';
import {
  PORTS,
  answers,
  checkPort,
  end,
  portOf,
  spawnPortal,
  spawnSandbox,
} from './lib/services.mjs';

const HELP = `npm start [-- --no-sandbox]

Sets all up and runs the portal with its sandbox: a Git host, a registry, an
Argo CD and an Image Updater on this machine.

  --no-sandbox  Only the portal; the systems it works with are named by
                app-config.local.yaml and the environment (see the README).

Ports, and the environment variables that change them:
${Object.entries(PORTS)
  .map(
    ([name, { port, variable }]) =>
      `  ${String(port)}  ${name.padEnd(14)} ${variable}`,
  )
  .join('\n')}
State is kept in .landfall/ (LANDFALL_STATE_DIR); delete it to start afresh.
`;

main(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  const unknown = args.filter(arg => arg !== '--no-sandbox');
  if (unknown.length > 0) {
    throw new Failure(`Unknown argument ${unknown[0]}.\n\n${HELP}`);
  }
  const withSandbox = !args.includes('--no-sandbox');

  for (const name of withSandbox ? Object.keys(PORTS) : ['portal']) {
    await checkPort(name);
  }
  const tools = await ensureNode();
  await ensureInstalled(tools);
  await ensureFrontend(tools);
  mkdirSync(stateDir, { recursive: true });

  const children = [];
  let ending = false;
  const stop = async () => {
    ending = true;
    // The portal first, so that it doesn't complain of a sandbox that is gone.
    for (const child of children.reverse()) {
      await end(child);
    }
  };
  const started = (child, what) => {
    children.push(child);
    child.once('exit', (code, signal) => {
      if (!ending) {
        console.error(
          `\n${what} ended by itself (${code ?? signal}); stopping the rest.`,
        );
        process.exitCode = 1;
        stop();
      }
    });
    return child;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, stop);
  }

  if (withSandbox) {
    say('Starting the sandbox …');
    const sandbox = started(
      // Its own process group: Ctrl-C reaches this process, which ends the others in order.
      spawnSandbox(tools, ['start'], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        detached: true,
      }),
      'The sandbox',
    );
    await ready(sandbox);
    tools.env.AWS_ENDPOINT_URL_ECR ??= `http://127.0.0.1:${portOf('ecr')}`;
  }
  say('Starting the portal …');
  const portal = started(
    spawnPortal(tools, {
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    }),
    'The portal',
  );
  const pidFile = join(stateDir, 'portal.pid');
  writeFileSync(pidFile, `${portal.pid}\n`);
  portal.once('exit', () => rmSync(pidFile, { force: true }));
  const url = `http://localhost:${portOf('portal')}`;
  await answers(`${url}/.backstage/health/v1/readiness`, portal, 'The portal');
  say(`Ready: open ${url}, choose Create, and make a service.`);
  say(
    'Push a new version of it with: npm run sandbox -- push-image shop/<name> 1.0.1',
  );
});

async function ready(sandbox) {
  await new Promise((resolve, reject) => {
    sandbox.on('message', message => {
      if (message?.type === 'ready') {
        resolve();
      }
    });
    sandbox.once('exit', () =>
      reject(
        new Failure(
          'The sandbox could not start; its own message stands above.',
        ),
      ),
    );
  });
}
