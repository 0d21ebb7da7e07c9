import { Resolver } from 'node:dns/promises';
import { parseArgs } from 'node:util';
import { Aws } from './lib/aws.mjs';
import { readDeployConfig } from './lib/deployConfig.mjs';
import { check } from './lib/preflight/check.mjs';
import { Failure, main } from './lib/say.mjs';

const HELP = `node scripts/preflight.mjs --config deploy/aws/config/<yours>.yaml [--profile <name>]

Checks whether a deployment can succeed: tools, credentials, quotas, the CDK
bootstrap, hosted zone, certificate, names. Reads only. Prints what to do about each
failure, and ends with 1 if there is one.

  --config   the configuration that will be deployed
  --profile  the profile of the AWS command line; default: its own
  --json     prints the results as JSON
`;

main(async () => {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      profile: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || !values.config) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const config = await readDeployConfig(values.config);
  const aws = new Aws({ region: config.region, profile: values.profile });
  const resolver = new Resolver({ timeout: 3000, tries: 1 });
  const results = await check({
    config,
    aws,
    env: process.env,
    resolveNs: domain => resolver.resolveNs(domain),
    now: Date.now,
  });
  if (values.json) {
    console.log(JSON.stringify(results, null, 2));
  } else {
    print(results);
  }
  const failures = results.filter(({ status }) => status === 'failed');
  if (failures.length > 0) {
    throw new Failure(
      `${failures.length} of ${results.length} checks failed; the deployment would, too.`,
    );
  }
});

function print(results) {
  const sign = { ok: 'ok      ', warning: 'warning ', failed: 'FAILED  ' };
  for (const { title, status, text, todo } of results) {
    console.log(`${sign[status]} ${title}: ${text}`);
    if (todo) {
      console.log(`          → ${todo}`);
    }
  }
}
