import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TEMPLATES } from './createService.ts';
import { toolPath, without } from './tools.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HADOLINT = toolPath('hadolint');
const ACTIONLINT = toolPath('actionlint');

/** Nothing of these is the repository's own. */
const FOREIGN = new Set([
  '.git',
  '.landfall',
  '.tools',
  'artifacts',
  'cdk.out',
  'dist',
  'node_modules',
]);

const isDockerfile = (path: string) =>
  /^(.+\.)?Dockerfile(\..+)?$/.test(basename(path));
const isWorkflow = (path: string) =>
  /\.ya?ml$/.test(path) && dirname(path).endsWith('.github/workflows');

/** The paths of a folder's files that hadolint or actionlint reads. */
function lintedFiles(folder: string): string[] {
  const search = (path: string): string[] =>
    readdirSync(join(folder, path))
      .filter(name => !FOREIGN.has(name))
      .flatMap(name => {
        const child = join(path, name);
        // Links are followed: a copy may consist of some.
        if (statSync(join(folder, child)).isDirectory()) {
          return search(child);
        }
        return isDockerfile(child) || isWorkflow(child) ? [child] : [];
      });
  return search('.').sort();
}

interface Linted {
  status: number | null;
  output: string;
}

function lint(program: string, args: string[], cwd: string): Linted {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (error) {
    throw error;
  }
  return { status, output: `${stdout}${stderr}` };
}

function hadolint(files: string[], cwd: string): Linted {
  return lint(HADOLINT, ['--no-color', ...files], cwd);
}

/** It looks for actions and workflows from the root of a repository. */
function actionlint(files: string[], repository: string): Linted {
  mkdirSync(join(repository, '.git'), { recursive: true });
  return lint(
    ACTIONLINT,
    // They are used where they are installed, so the result would vary.
    ['-no-color', '-shellcheck=', '-pyflakes=', ...files],
    repository,
  );
}

const CLEAN: Linted = { status: 0, output: '' };

describe('the files of the release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-'));
  after(() => rmSync(folder, { recursive: true }));

  // Those of a new service are checked, rendered, beside the actions of templates.
  const ours = lintedFiles(ROOT).filter(
    path => !path.startsWith(`${TEMPLATES}/`),
  );

  it('are all found', () => {
    assert.deepEqual(ours, [
      '.github/workflows/ci.yml',
      '.github/workflows/release.yml',
      'deploy/portal/Dockerfile',
    ]);
  });

  it(
    'are Dockerfiles that hadolint accepts',
    { skip: without(HADOLINT) },
    () => {
      assert.deepEqual(hadolint(ours.filter(isDockerfile), ROOT), CLEAN);
    },
  );

  it(
    'are workflows that actionlint accepts',
    { skip: without(ACTIONLINT) },
    () => {
      // A copy, which may get the folder that makes it a repository.
      const copy = join(folder, 'own');
      cpSync(join(ROOT, '.github'), join(copy, '.github'), { recursive: true });
      assert.deepEqual(actionlint(ours.filter(isWorkflow), copy), CLEAN);
    },
  );

  it(
    'are refused by hadolint with a fault',
    { skip: without(HADOLINT) },
    () => {
      writeFileSync(join(folder, 'Dockerfile'), 'FROM node:latest\n');
      assert.match(hadolint(['Dockerfile'], folder).output, /DL3007/);
    },
  );

  it(
    'are refused by actionlint with a fault',
    { skip: without(ACTIONLINT) },
    () => {
      const repository = join(folder, 'faulty');
      const workflow = '.github/workflows/a.yml';
      mkdirSync(join(repository, dirname(workflow)), { recursive: true });
      writeFileSync(
        join(repository, workflow),
        'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ steps.b.outputs.c }}\n',
      );
      assert.match(
        actionlint([workflow], repository).output,
        /property "b" is not defined/,
      );
    },
  );
});
