import { createMockDirectory } from '@backstage/backend-test-utils';
import { chmodSync, readdirSync } from 'node:fs';
import { read } from '../__testUtils__/createService';
import { run, sourceOf } from '../__testUtils__/skeletons';

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
