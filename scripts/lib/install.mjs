import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { run } from './run.mjs';
import { Failure, say } from './say.mjs';
import { root, toolsDir } from './paths.mjs';

const NEEDED_BYTES = 4 * 1024 ** 3;

/**
 * Installs the packages of the lock file, unless they are already installed.
 */
export async function ensureInstalled({ node, env }) {
  checkGit();
  const stamp = join(root, 'node_modules', '.landfall-install');
  const current = fingerprint(node);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) {
    return;
  }
  if (!existsSync(stamp)) {
    await checkDisk();
  }
  say('Installing packages (the first time takes a few minutes) …');
  await yarnInstall({ node, env }, root, 'install');
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stamp, current);
}

/**
 * Installs the packages of `deploy/aws`, which has a lock file of its own so that
 * starting the portal doesn't need them.
 */
export async function ensureDeployInstalled({ node, env }) {
  await yarnInstall({ node, env }, join(root, 'deploy/aws'), 'install-deploy');
}

async function yarnInstall({ node, env }, cwd, log) {
  const release = readFileSync(join(root, '.yarnrc.yml'), 'utf8').match(
    /^yarnPath: (.+)$/m,
  )[1];
  await run(node, [join(root, release), 'install', '--immutable'], {
    cwd,
    env,
    log: join(toolsDir, 'logs', `${log}.log`),
    what: 'Installing packages with Yarn',
  });
}

function checkGit() {
  const { error, status } = spawnSync('git', ['--version']);
  if (error || status !== 0) {
    throw new Failure(
      'git was not found: install it (https://git-scm.com/downloads) and start again.',
    );
  }
}

async function checkDisk() {
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  if (free < NEEDED_BYTES) {
    const gib = bytes => (bytes / 1024 ** 3).toFixed(1);
    throw new Failure(
      `Only ${gib(
        free,
      )} GiB are free on the disk of ${root}; the packages need ${gib(
        NEEDED_BYTES,
      )} GiB. Free some space and start again.`,
    );
  }
}

/**
 * Changes with the lock file, a package's dependencies or the version of Node.
 */
function fingerprint(node) {
  const hash = createHash('sha256').update(node);
  const manifests = ['packages', 'plugins', 'testing'].flatMap(folder =>
    readdirSync(join(root, folder))
      .map(name => join(root, folder, name, 'package.json'))
      .filter(file => existsSync(file))
      .sort(),
  );
  for (const file of [
    join(root, 'package.json'),
    join(root, 'yarn.lock'),
    ...manifests,
  ]) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}
