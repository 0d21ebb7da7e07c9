import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './lib/install.mjs';
import { ensureNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { Failure, main, say } from './lib/say.mjs';

const HELP = `yarn properties [--runs <number>] [--seed <number>]

Plays random sequences of observations against the promotion reducer. Every
property is checked with --runs sequences (default: 100000, which takes about an
hour on two cores).

A failure prints the seed of its half and the shortest sequence that fails;
PROPERTY_SEED=<seed> repeats it in the package's own test.
`;

/**
 * The rules themselves, and what a portal can still know after missing events.
 */
const PACKAGES = ['plugins/delivery-common', 'testing/system'];

/** Each process runs its share with its own seed. */
const PROCESSES = 2;

main(async () => {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '100000' },
      seed: { type: 'string', default: String(Date.now() % 0x7fffff) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const runs = Number(values.runs);
  const seed = Number(values.seed);
  if (!(Number.isInteger(runs) && runs > 0 && Number.isInteger(seed))) {
    throw new Failure(`--runs and --seed are whole numbers.\n\n${HELP}`);
  }
  const { node, env } = await ensureNode();
  await ensureInstalled({ node, env });
  say(`${runs} sequences for each property, seed ${seed} …`);
  const codes = [];
  for (const folder of PACKAGES) {
    codes.push(
      ...(await Promise.all(
        Array.from({ length: PROCESSES }, (_, index) =>
          run(
            node,
            [
              join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
              'package',
              'test',
              '--watchAll=false',
              '--runInBand',
              'properties',
            ],
            {
              cwd: join(root, folder),
              env: {
                ...env,
                CI: 'true',
                PROPERTY_RUNS: String(Math.ceil(runs / PROCESSES)),
                PROPERTY_SEED: String(seed + index),
              },
              check: false,
              what: `Jest in ${folder} with seed ${seed + index}`,
            },
          ),
        ),
      )),
    );
  }
  if (codes.some(code => code !== 0)) {
    process.exitCode = 1;
  }
});
