import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { configOf, PROFILES, stacksOf } from './deployment.ts';
import { toolPath, without } from './tools.ts';

/** Rules that are accepted, and why. */
const ACCEPTED = {
  W3005: 'CDK writes dependencies that references imply, too',
  W3691: 'RDS takes the newest minor version of PostgreSQL 17',
  W3010: 'The configuration names the zones, so that no look-up is needed',
};

interface Finding {
  Rule: { Id: string };
  Message: string;
  Filename: string;
  Location: { Path: unknown[] | null };
}

const program = toolPath('cfn-lint');

describe('the rules of cfn-lint', { skip: without(program) }, () => {
  it('find nothing in the templates that is not accepted', () => {
    const files = PROFILES.flatMap(profile =>
      stacksOf(configOf(profile)).map(({ file }) => file),
    );
    assert.ok(files.length >= 24);
    const { stdout, stderr, error } = spawnSync(
      program,
      [
        '--format',
        'json',
        '--ignore-checks',
        ...Object.keys(ACCEPTED),
        '--regions',
        'eu-west-1',
        '--',
        ...files,
      ],
      { encoding: 'utf8', maxBuffer: 1e8 },
    );
    assert.equal(error, undefined);
    const findings: Finding[] = JSON.parse(stdout || `[${stderr}]`);
    assert.deepEqual(
      findings.map(
        ({ Rule, Message, Filename, Location }) =>
          `${Rule.Id} ${Filename.split('/').pop()} ${Location.Path?.join(
            '/',
          )}: ${Message}`,
      ),
      [],
    );
  });
});
