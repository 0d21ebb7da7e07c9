import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { configOf } from './deployment.ts';
import { withoutHelm } from './helm.ts';
import { platformOf } from './platform.ts';

interface UpdaterValues {
  config: {
    registries: {
      prefix: string;
      api_url: string;
      credentials: string;
      credsexpire: string;
    }[];
  };
  authScripts: { enabled: boolean; scripts: Record<string, string> };
}

describe("Image Updater's way into ECR", { skip: withoutHelm }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-updater-'));
  after(() => rmSync(folder, { recursive: true }));

  const values = platformOf('ha')?.applications.find(
    ({ metadata }) => metadata.name === 'image-updater',
  )?.spec.source.helm?.valuesObject as unknown as UpdaterValues;

  /** Runs the script with an `aws` that does what the given shell script does. */
  function run(aws: string) {
    const [script] = Object.values(values.authScripts.scripts);
    const program = join(folder, 'aws');
    writeFileSync(program, `#!/bin/sh\n${aws}\n`);
    chmodSync(program, 0o755);
    const file = join(folder, 'ecr.sh');
    writeFileSync(file, script);
    return spawnSync('sh', [file], {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}` },
    });
  }

  it('has a script for each registry, and renews tokens before they end', () => {
    const { account, region } = configOf('ha');
    assert.deepEqual(
      values.config.registries.map(({ prefix, api_url }) => [prefix, api_url]),
      [
        [
          `${account}.dkr.ecr.${region}.amazonaws.com`,
          `https://${account}.dkr.ecr.${region}.amazonaws.com`,
        ],
      ],
    );
    for (const { credentials, credsexpire } of values.config.registries) {
      assert.ok(
        Object.keys(values.authScripts.scripts).includes(
          credentials.replace('ext:/scripts/', ''),
        ),
      );
      // A token of ECR ends after twelve hours.
      assert.ok(Number(/^(\d+)h$/.exec(credsexpire)?.[1]) < 12);
    }
  });

  it('prints one line with user and password, for its region', () => {
    const { status, stdout } = run('echo "$*" >&2; echo a-password');
    assert.equal(status, 0);
    assert.equal(stdout, 'AWS:a-password\n');
    assert.match(
      run('echo "$*" >&2; echo a-password').stderr,
      /^ecr get-login-password --region eu-west-1$/m,
    );
  });

  it('fails if AWS gives no password', () => {
    const { status, stdout } = run('echo "no credentials" >&2; exit 255');
    assert.notEqual(status, 0);
    assert.equal(stdout, '');
  });
});
