import { createMockDirectory } from '@backstage/backend-test-utils';
import { describeWith } from '@landfall/testing-kit';
import { chmodSync, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { read } from '../__testUtils__/createService';
import { run } from '../__testUtils__/skeletons';

const SCRIPTS = resolve(__dirname, '../../../../scripts');
const SCRIPT = resolve(SCRIPTS, 'publish-charts.sh');
const SHELLCHECK = resolve(SCRIPTS, '../.tools/deploy/bin/shellcheck');
const REGISTRY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/landfall';
const NOT_FOUND = 'echo "An error (ImageNotFoundException)" >&2; exit 254';

describe('the script that publishes the charts', () => {
  const folder = createMockDirectory();

  /** Runs it with stand-ins for the commands, which log how they are called. */
  function publish(options: { describe: string; published?: string }) {
    const command = (lines: string) =>
      `#!/bin/sh\necho "$(basename "$0") $*" >>"$CALLS"\n${lines}\n`;
    folder.setContent({
      'bin/aws': command(options.describe),
      // Unpacks the published chart where it is told to.
      'bin/helm': command(
        [
          'if [ "$1" = pull ]; then',
          '  for last; do :; done',
          '  mkdir -p "$last/service"',
          `  printf '%s' '${
            options.published ?? ''
          }' >"$last/service/values.yaml"`,
          'fi',
        ].join('\n'),
      ),
      'charts/portal-2.0.0.tgz': 'portal',
      'source/service/values.yaml': 'replicas: 1',
      calls: '',
    });
    for (const name of ['aws', 'helm']) {
      chmodSync(folder.resolve('bin', name), 0o755);
    }
    run(folder.resolve('source'), [
      'tar',
      '-czf',
      '../charts/service-1.0.0.tgz',
      'service',
    ]);
    const { status, output } = run(folder.resolve('charts'), ['sh', SCRIPT], {
      PATH: `${folder.resolve('bin')}:${process.env.PATH}`,
      CALLS: folder.resolve('calls'),
      REGISTRY,
      AWS_REGION: 'eu-west-1',
    });
    const calls = read(folder.path, 'calls').split('\n').filter(Boolean);
    return {
      status,
      output,
      asked: calls.filter(call => call.startsWith('aws ')),
      pushed: calls.filter(call => call.startsWith('helm push ')),
    };
  }

  const push = (file: string) => `helm push ./${file} oci://${REGISTRY}/charts`;

  it('pushes each chart', () => {
    const { status, asked, pushed } = publish({ describe: NOT_FOUND });
    expect({ status, pushed }).toEqual({
      status: 0,
      pushed: [push('portal-2.0.0.tgz'), push('service-1.0.0.tgz')],
    });
    expect(asked).toEqual([
      'aws ecr describe-images --region eu-west-1 --repository-name landfall/charts/service --image-ids imageTag=1.0.0',
    ]);
  });

  it('leaves a version of the services’ chart alone that was published before', () => {
    expect(
      publish({ describe: 'echo found', published: 'replicas: 1' }),
    ).toMatchObject({
      status: 0,
      output: expect.stringContaining('published as 1.0.0 already'),
      pushed: [push('portal-2.0.0.tgz')],
    });
  });

  it.each([
    [
      'the chart changed without a new version',
      { describe: 'echo found', published: 'replicas: 2' },
      'Raise the version in',
    ],
    [
      'ECR can’t be asked',
      { describe: 'echo "AccessDeniedException" >&2; exit 254' },
      'AccessDeniedException',
    ],
  ])('pushes nothing if %s', (_, options, message) => {
    expect(publish(options)).toMatchObject({
      status: 1,
      output: expect.stringContaining(message),
      pushed: [],
    });
  });

  describeWith({
    name: 'shellcheck',
    isInstalled: existsSync(SHELLCHECK),
    install: 'yarn deploy:check --install',
  })('for shellcheck', () => {
    it('is fine', () => {
      expect(run(SCRIPTS, [SHELLCHECK, SCRIPT])).toEqual({
        status: 0,
        output: '',
      });
    });
  });
});
