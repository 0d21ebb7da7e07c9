import { createMockDirectory } from '@backstage/backend-test-utils';
import { describeWith } from '@landfall/testing-kit';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
