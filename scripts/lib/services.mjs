import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Failure } from './say.mjs';
import { root, stateDir } from './paths.mjs';

/** Node arguments that run our TypeScript directly, without a build. */
export const TRANSFORM = [
  '--enable-source-maps',
  '--require',
  join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
  // About Node's SQLite, which the sandbox keeps its state in.
  '--disable-warning=ExperimentalWarning',
];

/**
 * The ports of the portal and the sandbox, and the environment variable that
 * sets each.
 */
export const PORTS = {
  portal: { variable: 'LANDFALL_PORT', port: 7007 },
  git: { variable: 'SANDBOX_GIT_PORT', port: 3300 },
  ecr: { variable: 'SANDBOX_ECR_PORT', port: 3301 },
  argocd: { variable: 'SANDBOX_ARGOCD_PORT', port: 3302 },
  'image-updater': { variable: 'SANDBOX_IMAGE_UPDATER_PORT', port: 3303 },
};

/** The port of a service: from the environment, or the default. */
export function portOf(name) {
  const { variable, port } = PORTS[name];
  const text = process.env[variable];
  if (!text) {
    return port;
  }
  const chosen = Number(text);
  if (!Number.isInteger(chosen) || chosen < 1 || chosen > 65535) {
    throw new Failure(
      `${variable} is "${text}": set it to a port from 1 to 65535.`,
    );
  }
  return chosen;
}

/**
 * Fails if the port can't be used. The message has the port's number and the
 * variable that changes it.
 */
export async function checkPort(name) {
  const port = portOf(name);
  const error = await new Promise(resolve => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, '127.0.0.1', () =>
      server.close(() => resolve(undefined)),
    );
  });
  if (error?.code === 'EADDRINUSE' || error?.code === 'EACCES') {
    throw new Failure(
      `Port ${port} (${name}) ${
        error.code === 'EACCES' ? 'may not be used' : 'is taken'
      }: end what listens there, or choose another one, such as ${
        PORTS[name].variable
      }=${port + 10000} npm start.`,
    );
  }
  if (error) {
    throw error;
  }
}

/** Starts the sandbox's CLI as a child process. */
export function spawnSandbox({ node, env }, args, options = {}) {
  return spawn(
    node,
    [...TRANSFORM, join(root, 'packages/sandbox/src/cli/index.ts'), ...args],
    {
      stdio: 'inherit',
      ...options,
      env: {
        ...env,
        SANDBOX_STATE_DIR: env.SANDBOX_STATE_DIR ?? join(stateDir, 'sandbox'),
        SANDBOX_PORTAL_URL:
          env.SANDBOX_PORTAL_URL ?? `http://127.0.0.1:${portOf('portal')}`,
      },
    },
  );
}

/**
 * Starts the portal's backend, which also serves the built frontend, as a child
 * process. `configs` are the paths of its configuration files; later files
 * override earlier ones.
 */
export function spawnPortal({ node, env }, { configs, ...options }) {
  return spawn(
    node,
    [
      // The scaffolder's isolated-vm needs this on Node 20 and later.
      '--no-node-snapshot',
      ...TRANSFORM,
      join(root, 'packages/backend/src/index.ts'),
      ...configs.flatMap(file => ['--config', file]),
    ],
    {
      cwd: join(root, 'packages/backend'),
      stdio: 'inherit',
      ...options,
      env: {
        ...env,
        // Overrides the shell's value: in production mode the sandbox's secrets
        // are rejected.
        NODE_ENV: 'development',
        LANDFALL_STATE_DIR: env.LANDFALL_STATE_DIR ?? stateDir,
      },
    },
  );
}

/**
 * Resolves once the URL responds with success. Fails if the process ends first.
 */
export async function answers(url, child, what) {
  let ended;
  const onExit = (code, signal) => {
    ended = `${what} ended (${
      code ?? signal
    }) before it answered; its own messages stand above.`;
  };
  child.once('exit', onExit);
  for (;;) {
    if (ended) {
      throw new Failure(ended);
    }
    const ok = await fetch(url, { signal: AbortSignal.timeout(5000) }).then(
      response => response.ok,
      () => false,
    );
    if (ok) {
      child.removeListener('exit', onExit);
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

/**
 * Sends SIGTERM to a process and resolves when it has ended. Kills it after a
 * timeout.
 */
export async function end(child, milliseconds = 10_000) {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  await exited;
  clearTimeout(timer);
}
