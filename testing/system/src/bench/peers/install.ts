import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../processes';
import { OVERRIDES, type Peer } from './peers';

/**
 * Installs the peers' backends from npm into an ignored folder, so that they are no
 * dependencies of this repository. Returns the folder.
 */
export function installPeers(peers: readonly Peer[]): string {
  const folder = join(ROOT, '.tools/peers');
  mkdirSync(folder, { recursive: true });
  const dependencies = Object.fromEntries(
    peers.map(peer => [peer.package, peer.version]),
  );
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify(
      { private: true, dependencies, overrides: OVERRIDES },
      null,
      2,
    )}\n`,
  );
  const { status } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts'],
    { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) {
    throw new Error('npm could not install the peers');
  }
  return folder;
}
