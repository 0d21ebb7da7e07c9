import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ensureNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { Failure, main } from './lib/say.mjs';
import { TRANSFORM } from './lib/services.mjs';

const HELP = `yarn bench policy

Measures how long it takes to evaluate the update policies of 10,000 applications
for repositories with 1,000 tags, and to read a repository with 10,000 images from
the sandbox's ECR. Takes about a minute.

yarn bench watch [options]

Measures the watch of Argo CD with a sandbox and a portal as real processes, on
SQLite and on a PostgreSQL out of npm: the first read of all applications beside
a bare download of the same list, the time from Argo CD's event to the committed
row, the sustained events per second, another read without changes, and memory.
Takes about fifteen minutes on two cores. All figures are kept in artifacts/.

  --sizes <numbers>      numbers of applications (100,1000,10000)
  --databases <names>    of sqlite and postgres (sqlite,postgres)
  --rate <number>        events a second for the time to the row (20)
  --rates <numbers>      events a second that are tried with the largest size
                         (50,100,200,300,400,600,800,1200)
  --seconds <number>     how long events come for each measurement (20)
`;

const BENCHMARKS = {
  policy: 'testing/system/src/bench/policy/main.ts',
  watch: 'testing/system/src/bench/main.ts',
};

main(async () => {
  const [what, ...args] = process.argv.slice(2);
  if (what === undefined || what === '--help' || args.includes('--help')) {
    console.log(HELP);
    return;
  }
  if (!Object.hasOwn(BENCHMARKS, what)) {
    throw new Failure(`There is no benchmark ${what}.\n\n${HELP}`);
  }
  const { node, env } = await ensureNode();
  await ensureInstalled({ node, env });
  process.exitCode = await run(
    node,
    [
      '--no-node-snapshot',
      ...TRANSFORM,
      join(root, BENCHMARKS[what]),
      '--output',
      join(root, `artifacts/bench-${what}.json`),
      ...args,
    ],
    { env, check: false, what: 'The benchmark' },
  );
});
