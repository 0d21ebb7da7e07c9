import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf } from './frontend.mjs';
import { root, toolsDir } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const FOLDER = join(toolsDir, 'image');

/**
 * What the Dockerfile copies from the root before it installs packages.
 *
 * @public
 */
export const ROOT_FILES = [
  '.yarnrc.yml',
  'backstage.json',
  'yarn.lock',
  'package.json',
];

/** What the image's files are made of, besides its configuration. */
const SOURCES = [
  'package.json',
  'yarn.lock',
  'backstage.json',
  'packages/app',
  'packages/backend',
  'plugins',
];

/**
 * What the stage `packages` of deploy/portal/Dockerfile runs. A test compares the two,
 * since the commands themselves are not run: they delete yarn's cache, which is the
 * developer's here.
 *
 * @public
 */
export const PACKAGES_STAGE = [
  'tar xzf skeleton.tar.gz && rm skeleton.tar.gz && yarn workspaces focus --all --production && rm -rf "$(yarn config get cacheFolder)" .yarn/cache .yarn/install-state.gz',
  'tar xzf bundle.tar.gz && rm bundle.tar.gz',
];

/**
 * Makes the files of the portal's image without a container engine, by the steps of
 * deploy/portal/Dockerfile: the backend's bundle, and the packages that it needs in
 * production, in a folder of their own. Does nothing if they are there and up to date.
 *
 * @returns the folder that is /app in the stage `packages` of the image
 */
export async function ensureImage({ node, env }) {
  const app = join(FOLDER, 'app');
  const stamp = join(FOLDER, '.landfall-image');
  const current = fingerprintOf(SOURCES);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) {
    return app;
  }
  say('Making the files of the image (about three minutes) …');
  rmSync(stamp, { force: true });
  const yarn = yarnOf(node, env);
  await yarn(['build:backend'], root, 'image-build', 'Building the backend');
  const dist = join(root, 'packages/backend/dist');
  await install({ app, archive: join(dist, 'skeleton.tar.gz'), yarn, node });
  await extract(join(dist, 'bundle.tar.gz'), app);
  writeFileSync(stamp, current);
  return app;
}

/** Installs what the manifests of all packages need in production, unless it is there. */
async function install({ app, archive, yarn, node }) {
  mkdirSync(app, { recursive: true });
  workspacesOf(app).forEach(removeFiles);
  cpSync(join(root, '.yarn/releases'), join(app, '.yarn/releases'), {
    recursive: true,
  });
  for (const name of ROOT_FILES) {
    cpSync(join(root, name), join(app, name));
  }
  await extract(archive, app);
  const stamp = join(FOLDER, '.landfall-packages');
  const hash = createHash('sha256').update(node);
  for (const file of [
    join(root, 'yarn.lock'),
    ...workspacesOf(app).map(folder => join(folder, 'package.json')),
  ]) {
    hash.update(readFileSync(file));
  }
  const current = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) {
    return;
  }
  rmSync(stamp, { force: true });
  rmSync(join(app, 'node_modules'), { recursive: true, force: true });
  await yarn(
    ['workspaces', 'focus', '--all', '--production'],
    app,
    'image-install',
    "Installing the image's packages",
  );
  writeFileSync(stamp, current);
}

function workspacesOf(app) {
  return ['packages', 'plugins']
    .map(name => join(app, name))
    .filter(folder => existsSync(folder))
    .flatMap(folder =>
      readdirSync(folder)
        .sort()
        .map(name => join(folder, name)),
    );
}

/** Removes what an earlier build has left in a workspace, but not its packages. */
function removeFiles(folder) {
  readdirSync(folder)
    .filter(name => name !== 'node_modules')
    .forEach(name =>
      rmSync(join(folder, name), { recursive: true, force: true }),
    );
}

function extract(archive, folder) {
  return run('tar', ['xzf', archive], { cwd: folder, what: 'Extracting' });
}

/**
 * Yarn as this repository has it. The builds start it as `yarn`, which a machine may
 * not have.
 */
function yarnOf(node, env) {
  const release = readFileSync(join(root, '.yarnrc.yml'), 'utf8').match(
    /^yarnPath: (.+)$/m,
  )[1];
  const bin = join(toolsDir, 'yarn');
  mkdirSync(bin, { recursive: true });
  const program = join(bin, 'yarn');
  writeFileSync(
    program,
    `#!/bin/sh\nexec "${node}" "${join(root, release)}" "$@"\n`,
  );
  chmodSync(program, 0o755);
  return (args, cwd, log, what) =>
    run(node, [join(root, release), ...args], {
      cwd,
      env: {
        ...env,
        PATH: `${bin}:${env.PATH}`,
        ...(cwd !== root && { NODE_ENV: 'production' }),
      },
      log: join(toolsDir, 'logs', `${log}.log`),
      what,
    });
}
