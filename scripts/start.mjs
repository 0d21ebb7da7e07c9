import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { portalConfigs } from './lib/configs.mjs';
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

const HELP = `npm start [-- --no-sandbox] [--config <file>]

Installs everything and runs the portal with its sandbox: a Git host, a registry, an
Argo CD and an Image Updater on this machine.

  --no-sandbox     Only the portal, with the systems that app-config.local.yaml
                   configures (see the README).
  --config <file>  A further configuration file, read before
                   app-config.local.yaml; may be given several times.

Configuration files, each overriding those before: app-config.yaml,
app-config.development.yaml, app-config.sandbox.yaml (unless --no-sandbox),
those of --config, app-config.local.yaml (if it exists).

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
  const options = readArguments();
  if (options.help) {
    console.log(HELP);
    return;
  }
  const withSandbox = !options['no-sandbox'];
  const configs = portalConfigs({
    withSandbox,
    extraConfigs: options.config?.map(file => resolve(file)),
  });

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
    // The portal first, so that it doesn't log errors about a missing sandbox.
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

  const starting = [];
  if (withSandbox) {
    say('Starting the sandbox and the portal …');
    const sandbox = started(
      // In its own process group: Ctrl-C reaches only this process, which stops
      // the others in order.
      spawnSandbox(tools, ['start'], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        detached: true,
      }),
      'The sandbox',
    );
    starting.push(ready(sandbox));
    tools.env.AWS_ENDPOINT_URL_ECR ??= `http://127.0.0.1:${portOf('ecr')}`;
  } else {
    say('Starting the portal …');
  }
  // Meanwhile: it takes longer, and connects to the sandbox last.
  const portal = started(
    spawnPortal(tools, {
      configs,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    }),
    'The portal',
  );
  const pidFile = join(stateDir, 'portal.pid');
  writeFileSync(pidFile, `${portal.pid}\n`);
  portal.once('exit', () => rmSync(pidFile, { force: true }));
  const url = `http://localhost:${portOf('portal')}`;
  starting.push(
    answers(`${url}/.backstage/health/v1/readiness`, portal, 'The portal'),
  );
  await Promise.all(starting);
  say(`Ready: open ${url}, choose Create, and make a service.`);
  say(
    'Push a new version of it with: npm run sandbox -- push-image shop/<name> 1.0.1',
  );
});

function readArguments() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean' },
        'no-sandbox': { type: 'boolean' },
        config: { type: 'string', multiple: true },
      },
    }).values;
  } catch (error) {
    throw new Failure(`${error.message}\n\n${HELP}`);
  }
}

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
