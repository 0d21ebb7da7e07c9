import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolsDir } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const VERSION = '5.2.5';

/**
 * Installs moto's server, which simulates AWS, from PyPI into its own virtual
 * environment, unless it is already installed.
 *
 * @throws Failure if Python 3 with venv is missing, or if the installation
 * fails
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
