import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readConfig } from '../lib/config.ts';
import { answers, CASES, OWN } from './preflightCases.ts';
import { ScriptRun } from './scripts.ts';

const LIBRARY = new URL('../../../scripts/lib/', import.meta.url);
const { check: checkAll }: { check(context: object): Promise<Result[]> } =
  await import(new URL('preflight/check.mjs', LIBRARY).href);
const { AwsError }: { AwsError: new (code: string, message: string) => Error } =
  await import(new URL('aws.mjs', LIBRARY).href);

interface Result {
  title: string;
  status: 'ok' | 'warning' | 'failed';
  text: string;
  todo?: string;
}

let script: ScriptRun;

beforeEach(() => {
  script = new ScriptRun();
});

afterEach(() => script.remove());

const failures = (results: Result[]) =>
  results.filter(({ status }) => status === 'failed');

/** Runs the checks with these answers of AWS, without a process for each call. */
async function check(
  changes: Record<string, object>,
  config: Record<string, unknown> = {},
): Promise<Result[]> {
  const all: Record<string, object> = { ...answers(), ...changes };
  return checkAll({
    config: readConfig(script.config('small', { ...OWN, ...config })),
    aws: {
      async call(service: string, operation: string) {
        const answer = all[`${service} ${operation}`] ?? {
          error: 'AccessDenied',
        };
        if ('error' in answer) {
          throw new AwsError(String(answer.error), 'no');
        }
        return answer;
      },
    },
    env: { PATH: script.withAws() },
    resolveNs: async () => ['ns-1.awsdns-01.com'],
    now: Date.now,
  });
}

describe('the check before a deployment', () => {
  it('finds nothing wrong with an account that is ready, and only reads', async () => {
    script.answers = answers();
    const { code, output } = await script.run('preflight.mjs', [
      '--config',
      script.config('small', OWN),
      '--json',
    ]);
    const results: Result[] = JSON.parse(
      /^\[[\s\S]*?^\]/m.exec(output)?.[0] ?? output,
    );

    assert.deepEqual(failures(results), []);
    assert.equal(code, 0);
    assert.deepEqual(
      results
        .filter(({ status }) => status === 'warning')
        .map(({ title }) => title)
        .filter(title => title !== 'kubectl'),
      // The zone of the test is delegated to nobody.
      ['API of Kubernetes', 'hosted zone'],
    );
    assert.ok(script.calls.length >= 15);
    assert.deepEqual(
      script.calls.filter(
        ({ call }) => !/^[a-z0-9-]+ (get|list|describe)-/.test(call),
      ),
      [],
    );
    for (const { options } of script.calls) {
      assert.deepEqual(options.slice(2, 4), ['--region', 'eu-west-1']);
    }
  });

  for (const { what, title, changes, config, todo } of CASES) {
    it(`reports ${what}, and what to do`, async () => {
      const results = await check(changes, config);
      const found = failures(results);
      assert.ok(found.length > 0);
      assert.deepEqual(
        [...new Set(found.map(result => result.title))],
        [title],
      );
      assert.match(found[0].todo ?? '', todo);
    });
  }

  it('goes on if one check may not be made', async () => {
    const results = await check({
      'iam get-role': { error: 'AccessDenied' },
      'service-quotas get-service-quota': { error: 'NoSuchResourceException' },
      'service-quotas get-aws-default-service-quota': { Quota: { Value: 64 } },
    });

    assert.deepEqual(failures(results), []);
    assert.match(
      results.find(({ title }) => title === 'administrators')?.text ?? '',
      /couldn't be checked/,
    );
    assert.match(
      results.find(({ title }) => title === 'quotas')?.text ?? '',
      /of 64/,
    );
  });

  it('ends with 1 if a check failed, and prints what to do', async () => {
    script.answers = {
      ...answers(),
      'sts get-caller-identity': { Account: '1', Arn: 'a' },
    };
    const { code, output } = await script.run('preflight.mjs', [
      '--config',
      script.config('small', OWN),
    ]);

    assert.equal(code, 1);
    assert.match(
      output,
      /^FAILED   credentials: .*\n +→ Sign in to the other/m,
    );
    assert.match(output, /1 of \d+ checks failed/);
    // It asks nothing more with credentials of another account.
    assert.equal(script.calls.length, 1);
  });

  it('says what is wrong with a configuration that can’t be read', async () => {
    const { code, output } = await script.run('preflight.mjs', [
      '--config',
      script.config('small', { region: 'Ireland' }),
    ]);

    assert.equal(code, 1);
    assert.match(output, /region/);
  });
});
