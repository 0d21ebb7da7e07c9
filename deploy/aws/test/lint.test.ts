import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { renderStep } from './createService.ts';
import { toolPath, without } from './tools.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HADOLINT = toolPath('hadolint');
const ACTIONLINT = toolPath('actionlint');

describe('the files of the release, and those of a new service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-'));
  after(() => rmSync(folder, { recursive: true }));

  let service: string;

  before(async () => {
    service = await renderStep(
      'renderSource',
      {
        parameters: { description: 'Says hello' },
        environment: {
          parameters: {
            configRepository: 'https://github.com/example/gitops.git',
          },
        },
        steps: {
          service: {
            output: {
              name: 'api',
              system: 'shop',
              systemRef: 'system:default/shop',
              ownerRef: 'group:default/shop',
              imageRepository: 'shop/api',
            },
          },
          image: {
            output: {
              repositoryUri:
                '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api',
            },
          },
        },
      },
      folder,
    );
  });

  it(
    'are Dockerfiles that hadolint accepts',
    { skip: without(HADOLINT) },
    () => {
      const { status, stdout, stderr, error } = spawnSync(
        HADOLINT,
        [join(ROOT, 'deploy/portal/Dockerfile'), join(service, 'Dockerfile')],
        { encoding: 'utf8' },
      );
      assert.deepEqual(
        { error, stdout, stderr, status },
        {
          error: undefined,
          stdout: '',
          stderr: '',
          status: 0,
        },
      );
    },
  );

  it(
    'are workflows that actionlint accepts',
    { skip: without(ACTIONLINT) },
    () => {
      // It looks for actions and workflows from the root of a repository.
      for (const [name, workflows] of [
        ['portal', join(ROOT, '.github/workflows')],
        ['service', join(service, '.github/workflows')],
      ] as const) {
        const repository = join(folder, name);
        mkdirSync(join(repository, '.git'), { recursive: true });
        cpSync(workflows, join(repository, '.github/workflows'), {
          recursive: true,
        });
        const files = readdirSync(join(repository, '.github/workflows'));
        assert.ok(files.length > 0);
        const { status, stdout, stderr, error } = spawnSync(
          ACTIONLINT,
          [
            '-no-color',
            // They are used where they are installed, so the result would vary.
            ...['-shellcheck=', '-pyflakes='],
            ...files.map(file => `.github/workflows/${file}`),
          ],
          { cwd: repository, encoding: 'utf8' },
        );
        assert.deepEqual(
          { error, stdout, stderr, status },
          {
            error: undefined,
            stdout: '',
            stderr: '',
            status: 0,
          },
        );
      }
    },
  );
});
