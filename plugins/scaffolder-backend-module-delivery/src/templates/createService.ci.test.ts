import { createMockDirectory } from '@backstage/backend-test-utils';
import { describeWith } from '@landfall/testing-kit';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import yaml from 'yaml';
import { read, template } from '../__testUtils__/createService';
import { copy, run, sourceOf } from '../__testUtils__/skeletons';

const tools = resolve(__dirname, '../../../../.tools/deploy/bin');
const LANGUAGES = ['node', 'go', 'python', 'java'];

const describeWithTool = (name: string) =>
  describeWith({
    name,
    isInstalled: existsSync(join(tools, name)),
    install: 'yarn deploy:check --install',
  });

/** The content of all files below a folder, by path. */
function filesBelow(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(file => [
        file.slice(folder.length),
        readFileSync(file).toString('base64'),
      ]),
  );
}

describe('the files of create-service', () => {
  const workspace = createMockDirectory();

  it.each([
    'chart',
    'ci/shared',
    'ci/azure',
    'ci/bitbucket',
    'ci/github',
    'ci/gitlab',
    ...LANGUAGES.map(language => `languages/${language}`),
  ])('are copied byte by byte: %s', async skeleton => {
    const folder = await copy(workspace.path, skeleton, `copy/${skeleton}`);
    const original = filesBelow(join(template, 'skeleton', skeleton));
    expect(Object.keys(original).length).toBeGreaterThan(0);
    expect(filesBelow(folder)).toEqual(original);
  });

  it('may contain the expressions of other languages', async () => {
    const hostile = createMockDirectory({
      content: {
        'skeleton/x/${{ values.name }}.yaml': [
          '${{ secrets.TOKEN }} {{ .Values.x }} {% raw %} {# comment #}',
          '{{/* of Helm */}} {{- /* too */ -}} {%- endraw %} {{`{{ x }}`}}',
          '\u0000\ufeff\r\n',
        ].join('\n'),
      },
    });
    const folder = await copy(
      workspace.path,
      'x',
      'hostile',
      `file://${hostile.path}/template.yaml`,
    );
    expect(filesBelow(folder)).toEqual(
      filesBelow(hostile.resolve('skeleton/x')),
    );
  });

  describeWithTool('hadolint')('satisfy hadolint', () => {
    it.each(LANGUAGES)('%s', language => {
      expect(
        run(join(template, 'skeleton/languages', language), [
          join(tools, 'hadolint'),
          'Dockerfile',
        ]),
      ).toEqual({ status: 0, output: '' });
    });
  });

  describeWithTool('actionlint')('satisfy actionlint', () => {
    it('the workflow for GitHub', async () => {
      const folder = await sourceOf(workspace.path, 'go');
      expect(
        run(folder, [
          join(tools, 'actionlint'),
          '.github/workflows/release.yaml',
        ]),
      ).toEqual({ status: 0, output: '' });
    });
  });

  describeWithTool('check-jsonschema')("satisfy the Git host's schema", () => {
    /** Offline: the schemas are part of the program. */
    const check = (folder: string, file: string, ...options: string[]) =>
      run(folder, [
        join(tools, 'check-jsonschema'),
        '--builtin-schema',
        ...options,
        file,
      ]);

    describe.each([
      ['gitlab', '.gitlab-ci.yml', ['vendor.gitlab-ci']],
      ['bitbucket', 'bitbucket-pipelines.yml', ['vendor.bitbucket-pipelines']],
      [
        'azure',
        'azure-pipelines.yml',
        [
          'vendor.azure-pipelines',
          // Of its hook for these files: they may have expressions, and the schema
          // has patterns that only this variant reads.
          '--data-transform=azure-pipelines',
          '--regex-variant=nonunicode',
        ],
      ],
    ])('of %s', (ci, file, options) => {
      it('in the file for its CI', async () => {
        const folder = await sourceOf(workspace.path, 'go', ci);
        // The schema of Azure Pipelines has no tasks but Microsoft's own.
        const known = read(folder, file).replace(
          /task: AWSShellScript@1\n *inputs:\n(?: {10}\w+:.*\n)+/,
          'script: sh ci/release.sh\n',
        );
        const path = createMockDirectory({ content: { [file]: known } }).path;
        expect(check(path, file, ...options)).toEqual({
          status: 0,
          output: expect.stringContaining('ok'),
        });
      });

      it('which refuses a wrong one', () => {
        const wrong = createMockDirectory({
          content: {
            [file]: 'test:\n  script: 1\npipelines: 1\njobs: 1\n',
          },
        });
        expect(check(wrong.path, file, ...options)).toMatchObject({
          status: 1,
        });
      });
    });
  });

  describeWithTool('shellcheck')('satisfy shellcheck', () => {
    it('the script that releases', () => {
      expect(
        run(join(template, 'skeleton/ci/shared/ci'), [
          join(tools, 'shellcheck'),
          'release.sh',
        ]),
      ).toEqual({ status: 0, output: '' });
    });
  });

  it('sign in to AWS without a key, and never on a branch', async () => {
    const github = yaml.parse(
      read(
        await sourceOf(workspace.path, 'python'),
        '.github/workflows/release.yaml',
      ),
    );
    expect(github.permissions).toEqual({ contents: 'read' });
    expect(github.jobs.release).toMatchObject({
      needs: 'test',
      if: "github.ref == 'refs/heads/main'",
      permissions: { 'id-token': 'write' },
    });
    const gitlab = yaml.parse(
      read(await sourceOf(workspace.path, 'node', 'gitlab'), '.gitlab-ci.yml'),
    );
    expect(gitlab.release).toMatchObject({
      rules: [{ if: '$CI_COMMIT_BRANCH == "main"' }],
      id_tokens: { AWS_TOKEN: { aud: 'sts.amazonaws.com' } },
    });
    const bitbucket = yaml.parse(
      read(
        await sourceOf(workspace.path, 'node', 'bitbucket'),
        'bitbucket-pipelines.yml',
      ),
    );
    const signsIn = (steps: { step: { oidc?: boolean } }[]) =>
      steps.map(({ step }) => step.oidc ?? false);
    expect(signsIn(bitbucket.pipelines.default)).toEqual([false]);
    expect(Object.keys(bitbucket.pipelines.branches)).toEqual(['main']);
    expect(signsIn(bitbucket.pipelines.branches.main)).toEqual([false, true]);
    const azure = yaml.parse(
      read(
        await sourceOf(workspace.path, 'node', 'azure'),
        'azure-pipelines.yml',
      ),
    );
    expect(azure.jobs).toMatchObject([
      { job: 'test', steps: [{ script: expect.any(String) }] },
      {
        dependsOn: 'test',
        condition:
          "and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))",
        // With the role of a service connection.
        steps: [
          { task: 'AWSShellScript@1', inputs: { awsCredentials: 'aws' } },
        ],
      },
    ]);
    expect(JSON.stringify([github, gitlab, bitbucket, azure])).not.toMatch(
      /access.key/i,
    );
  });

  it.each(LANGUAGES)('run without root in %s', language => {
    const dockerfile = read(
      join(template, 'skeleton/languages', language),
      'Dockerfile',
    );
    const [, last] = /^FROM (?:.*\n)(?![^]*\nFROM )([^]*)$/m.exec(
      dockerfile,
    ) ?? ['', ''];
    // Kubernetes can only check a number against runAsNonRoot.
    expect(last).toMatch(/^USER [1-9]\d*$/m);
    expect(dockerfile).toMatch(/^FROM .* AS test$/m);
  });
});

describe('the script that releases', () => {
  const workspace = createMockDirectory();
  const DIGEST = `sha256:${'ab'.repeat(32)}`;

  /** Runs it with stand-ins for the commands, which log how they are called. */
  async function release(options: { version?: string; describe: string }) {
    const folder = await sourceOf(workspace.path, 'go');
    const command = (lines: string) =>
      `#!/bin/sh\necho "$(basename "$0") $*" >>"$CALLS"\n${lines}\n`;
    workspace.addContent({
      'bin/aws': command(
        [
          'case "$*" in',
          '*describe-repositories*) echo 1.dkr.ecr.eu-west-1.amazonaws.com/shop/api ;;',
          `*describe-images*) ${options.describe} ;;`,
          '*get-login-password*) echo secret ;;',
          'esac',
        ].join('\n'),
      ),
      'bin/docker': command(
        [
          'case "$*" in',
          'login*) cat >/dev/null ;;',
          `*metadata-file*) echo '{ "containerimage.digest": "${DIGEST}", "x": 1 }' >metadata.json ;;`,
          'esac',
        ].join('\n'),
      ),
      [`${folder.slice(workspace.path.length + 1)}/VERSION`]: `${
        options.version ?? '1.2.3'
      }\n`,
      calls: '',
    });
    for (const name of ['aws', 'docker']) {
      chmodSync(workspace.resolve('bin', name), 0o755);
    }
    const { status, output } = run(folder, ['sh', 'ci/release.sh'], {
      PATH: `${workspace.resolve('bin')}:${process.env.PATH}`,
      CALLS: workspace.resolve('calls'),
      REVISION: 'abc',
      SOURCE: 'https://git.example.com/shop/api',
    });
    const calls = read(workspace.path, 'calls').split('\n').filter(Boolean);
    return {
      status,
      output,
      docker: calls.filter(call => call.startsWith('docker ')),
      leftovers: readdirSync(folder).filter(file => /metadata/.test(file)),
    };
  }

  it('builds a new version once, pushes it and prints its digest', async () => {
    const { docker, ...rest } = await release({
      describe: 'echo "An error (ImageNotFoundException)" >&2; exit 254',
    });
    expect(rest).toEqual({
      status: 0,
      output: `1.dkr.ecr.eu-west-1.amazonaws.com/shop/api:1.2.3@${DIGEST}\n`,
      leftovers: [],
    });
    expect(docker[0]).toBe(
      'docker login --username AWS --password-stdin 1.dkr.ecr.eu-west-1.amazonaws.com',
    );
    const build = docker.filter(call => call.includes('buildx build'));
    expect(build).toHaveLength(1);
    for (const option of ['--sbom=true', '--provenance=mode=max', '--push']) {
      expect(build[0]).toContain(option);
    }
  });

  it('leaves a version alone that was pushed before', async () => {
    const { docker, ...rest } = await release({ describe: `echo ${DIGEST}` });
    expect(docker).toEqual([]);
    expect(rest).toMatchObject({
      status: 0,
      output: expect.stringContaining(`was pushed already`),
    });
    expect(rest.output).toContain(`:1.2.3@${DIGEST}\n`);
  });

  it('pushes nothing if ECR can not be asked', async () => {
    const { docker, status, output } = await release({
      describe: 'echo "An error (AccessDeniedException)" >&2; exit 254',
    });
    expect(docker).toEqual([]);
    expect({ status, output }).toEqual({
      status: 1,
      output: 'An error (AccessDeniedException)\n',
    });
  });

  it.each(['', 'a b', '1.0;x', '$(x)'])(
    'refuses the version %j',
    async version => {
      const { docker, status, output } = await release({
        version,
        describe: 'exit 1',
      });
      expect(docker).toEqual([]);
      expect({ status, output }).toMatchObject({
        status: 1,
        output: expect.stringContaining('must contain a version'),
      });
    },
  );
});
