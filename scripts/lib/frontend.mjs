import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from './run.mjs';
import { say } from './say.mjs';
import { root, toolsDir } from './paths.mjs';

/** The sources of the frontend's build. */
const INPUTS = [
  'yarn.lock',
  'packages/app',
  'plugins/delivery',
  'plugins/delivery-common',
];

/**
 * Builds the portal's frontend, unless the last build used the same sources.
 * The backend serves the built frontend, which costs a fraction of a dev
 * server's memory. The configuration is injected when the backend starts.
 */
export async function ensureFrontend({ node, env }) {
  const stamp = join(root, 'packages/app/dist/.landfall-build');
  const current = fingerprintOf(INPUTS);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) {
    return;
  }
  say('Building the frontend (about a minute, again only when it changes) …');
  await run(
    node,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'build',
    ],
    {
      cwd: join(root, 'packages/app'),
      env: { ...env, NODE_OPTIONS: '--max-old-space-size=3072' },
      log: join(toolsDir, 'logs', 'frontend.log'),
      what: 'Building the frontend',
    },
  );
  writeFileSync(stamp, current);
}

/** Changes with the sources in files and folders, without tests and what is built. */
export function fingerprintOf(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesOf(join(root, input))) {
      hash.update(relative(root, file)).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function filesOf(path) {
  if (!existsSync(path)) {
    return [];
  }
  const entries = (() => {
    try {
      return readdirSync(path, { withFileTypes: true });
    } catch {
      return undefined;
    }
  })();
  if (!entries) {
    return [path];
  }
  return entries
    .filter(({ name }) => !['dist', 'e2e-tests', 'node_modules'].includes(name))
    .filter(entry => !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap(entry => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? filesOf(child) : [child];
    });
}
