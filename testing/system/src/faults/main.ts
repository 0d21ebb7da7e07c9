import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../processes';
import { writeReport } from '../writeReport';
import { runFault, type RunResult } from './FaultRun';
import { cleanUp, prepare } from './executePlan';
import { failureText, nameOf, resultLine } from './report';
import { FAULTS, planRun, type Fault, type RunPlan } from './scenario';
import { Testbed } from './Testbed';

const HELP = `yarn faults [--runs 200] [--seed N] [--only <fault>]

Runs of the real processes with faults between them; each ends with a comparison
of the promotions with those of an undisturbed portal.

  --runs N      how many runs, with the seeds N, N+1 …; 200 by default
  --seed N      the first seed; by default another one each time
  --only FAULT  only this fault, one of
                ${FAULTS.join(', ')}
`;

interface Options {
  runs: number;
  seed: number;
  only?: Fault;
  /** The file for the result, as JSON. */
  report?: string;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) {
    console.log(HELP);
    return;
  }
  const folder = resolve(ROOT, '.tools/reports/faults');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const plans = Array.from({ length: options.runs }, (_, index) =>
    planRun(options.seed + index, options.only),
  );
  const startedAt = Date.now();
  console.log('Starting sandbox and portals …');
  const testbed = await Testbed.start({
    folder,
    seed: options.seed,
    targets: new Set(plans.map(({ target }) => target)),
  });
  const results: RunResult[] = [];
  try {
    await runAll(testbed, plans, result => {
      results.push(result);
      console.log(resultLine(result));
      if (result.differences.length > 0) {
        console.log(failureText(result, folder));
      }
    });
  } finally {
    await testbed.stop();
  }
  const failed = results.filter(({ differences }) => differences.length > 0);
  const passed = results.length - failed.length;
  console.log(
    `\n${results.length} runs: ${passed} equal, ${
      failed.length
    } different, in ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
  if (options.report) {
    writeReport(options.report, {
      passed,
      failures: failed.map(({ plan }) => nameOf(plan)),
    });
  }
  process.exitCode = failed.length > 0 ? 1 : 0;
}

/**
 * Runs the plans one after another and prepares the next one in the meantime.
 */
async function runAll(
  testbed: Testbed,
  plans: RunPlan[],
  onResult: (result: RunResult) => void,
): Promise<void> {
  const prepared = (plan: RunPlan | undefined) =>
    plan &&
    prepare(testbed.cluster, plan).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
  let next = prepared(plans.at(0));
  for (const [index, plan] of plans.entries()) {
    const failure = await next;
    next = prepared(plans.at(index + 1));
    onResult(
      failure
        ? {
            plan,
            seconds: 0,
            differences: [`It could not be set up: ${failure.error}`],
            log: [],
          }
        : await runFault(testbed, plan),
    );
    await cleanUp(testbed.cluster, plan);
  }
}

function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '200' },
      seed: { type: 'string' },
      only: { type: 'string' },
      report: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    return undefined;
  }
  const only = FAULTS.find(fault => fault === values.only);
  if (values.only !== undefined && !only) {
    throw new Error(
      `There is no fault ${values.only}; there are ${FAULTS.join(', ')}`,
    );
  }
  return {
    runs: wholeNumber('--runs', values.runs, 1),
    seed:
      values.seed === undefined
        ? Math.floor(Math.random() * 1_000_000)
        : wholeNumber('--seed', values.seed, 0),
    ...(only && { only }),
    ...(values.report && { report: values.report }),
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least) {
    throw new Error(`${name} is "${text}": give a whole number from ${least}`);
  }
  return number;
}

main().then(
  // Sockets that hang on purpose must not keep the process alive.
  () => process.exit(),
  error => {
    console.error(error instanceof Error ? error.stack : error);
    process.exit(1);
  },
);
