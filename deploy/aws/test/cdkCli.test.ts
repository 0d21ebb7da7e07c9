import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, delimiter, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { configOf, stacksOf } from './deployment.ts';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));

/** Runs the command line of CDK, as `yarn cdk` does, without an account. */
function cdk(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(PROJECT, 'node_modules/aws-cdk/bin/cdk'), ...args],
    {
      cwd: PROJECT,
      encoding: 'utf8',
      env: {
        PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
        HOME: tmpdir(),
        AWS_EC2_METADATA_DISABLED: 'true',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
      },
    },
  );
  return { status, output: `${stdout}${stderr}` };
}

describe('the command line of CDK', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-cdk-'));
  after(() => rmSync(folder, { recursive: true }));

  it('makes the templates that are tested here', () => {
    const { status, output } = cdk(
      ...['synth', '--quiet', '--no-notices', '--output', folder],
      ...['-c', 'config=config/ha.yaml'],
      // What only the command line adds, for people.
      ...[
        '--no-path-metadata',
        '--no-asset-metadata',
        '--no-version-reporting',
      ],
    );
    assert.equal(status, 0, output);
    const stacks = stacksOf(configOf('ha'));
    assert.equal(stacks.length, 8);
    for (const { id, template } of stacks) {
      assert.deepEqual(
        JSON.parse(readFileSync(join(folder, `${id}.template.json`), 'utf8')),
        template,
      );
    }
  });

  it('says what is missing without a configuration', () => {
    const { status, output } = cdk('synth', '--no-notices', '--output', folder);
    assert.equal(status, 1);
    assert.match(
      output,
      /Name the configuration: cdk … -c config=config\/ha\.yaml/,
    );
  });
});
