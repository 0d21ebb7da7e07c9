import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolsDir } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const VERSION = '5.2.5';

/**
 * Installs moto's server, a stand-in for AWS, from PyPI into a virtual
 * environment of its own, unless that was done already.
 *
 * @throws Failure if there is no Python 3 with venv, or it can't be installed
 */
export async function ensureMoto() {
  const folder = join(toolsDir, 'moto');
  const stamp = join(folder, '.landfall-version');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === VERSION) {
    return;
  }
  say(`Installing moto ${VERSION} …`);
  rmSync(folder, { recursive: true, force: true });
  const log = join(toolsDir, 'logs', 'moto.log');
  await run('python3', ['-m', 'venv', folder], {
    log,
    what: 'Making a virtual environment with Python',
  });
  await run(
    join(folder, 'bin', 'python'),
    ['-m', 'pip', 'install', '--no-input', `moto[server]==${VERSION}`],
    { log, what: 'Installing moto with pip' },
  );
  writeFileSync(stamp, VERSION);
}
