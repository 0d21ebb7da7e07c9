import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { run } from './run.mjs';
import { say } from './say.mjs';
import { toolsDir } from './paths.mjs';

/** The Node version to fetch from npm if the running one is unsuitable. */
const NODE_VERSION = '22.23.3';

/**
 * Finds a Node that Backstage supports, including the headers for native
 * modules. Fetches one from npm if necessary.
 *
 * @returns the environment in which to run everything else
 */
export async function ensureNode() {
  const own = resolve(dirname(process.execPath), '..');
  if (fits(process.versions.node) && hasHeaders(own)) {
    return environment(process.execPath, own);
  }
  const prefix = join(toolsDir, 'node');
  const home = findHome(prefix);
  if (home && versionOf(home) === NODE_VERSION) {
    return environment(join(home, 'bin', executable), home);
  }
  say(
    fits(process.versions.node)
      ? `Node ${process.versions.node} lacks the headers for native modules: fetching Node ${NODE_VERSION} from npm …`
      : `Backstage needs Node 22, but this is Node ${process.versions.node}: fetching Node ${NODE_VERSION} from npm …`,
  );
  // On Windows npm can't be started without a shell; elsewhere no shell is
  // needed.
  await run(
    'npm',
    [
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--prefix',
      prefix,
      `node@${NODE_VERSION}`,
    ],
    {
      log: join(toolsDir, 'logs', 'node.log'),
      what: 'Fetching Node from npm',
      shell: process.platform === 'win32',
    },
  );
  const fetched = findHome(prefix);
  return environment(join(fetched, 'bin', executable), fetched);
}

const executable = process.platform === 'win32' ? 'node.exe' : 'node';

/**
 * Node 22 from 22.15 on (for tls.getCACertificates), or Node 24 below 24.19,
 * where better-sqlite3 12 aborts.
 */
function fits(version) {
  const [major, minor] = version.split('.').map(Number);
  return (major === 22 && minor >= 15) || (major === 24 && minor < 19);
}

function hasHeaders(home) {
  return existsSync(join(home, 'include', 'node', 'node.h'));
}

function findHome(prefix) {
  // npm nests or hoists the package with the binary, depending on its version.
  const name = `node-${
    process.platform === 'win32' ? 'win' : process.platform
  }-${process.arch}`;
  return [
    join(prefix, 'node_modules', 'node', 'node_modules', name),
    join(prefix, 'node_modules', name),
  ].find(home => existsSync(join(home, 'bin', executable)));
}

function versionOf(home) {
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version;
}

function environment(node, home) {
  return {
    node,
    env: {
      ...process.env,
      PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
      // node-gyp uses these headers instead of downloading them.
      npm_config_nodedir: home,
    },
  };
}
