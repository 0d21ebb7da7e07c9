import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureFrontend } from './lib/frontend.mjs';
import { ensureImage } from './lib/image.mjs';
import { ensureDeployInstalled, ensureInstalled } from './lib/install.mjs';
import { ensureNode } from './lib/node.mjs';
import { root, toolsDir } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { Failure, main, say } from './lib/say.mjs';
import { TRANSFORM } from './lib/services.mjs';

const HELP = `npm test [-- <stage> …]

Runs all tests, or those of the given stages:
  checks      Prettier, ESLint, the TypeScript compiler, API reports, import cycles and Knip
  unit        Jest in every package, on SQLite and on a PostgreSQL out of npm
  faults      ten seeded runs of the real processes with faults between them
  scenarios   what a portal reports about versions that aren't deployed
  hostile     attacks by a user with an account on another team's service
  changes     versions that are promoted, reverted and rolled back, with real processes
  deploy      the AWS stacks and charts of deploy/, without account or cluster
  browser     the portal and its sandbox as a user sees them, in a real Chromium
`;

/** The smallest CI machine has two cores. */
const WORKERS = process.env.LANDFALL_TEST_WORKERS ?? '2';

main(async () => {
  const args = process.argv.slice(2);
  const stages = {
    checks,
    unit,
    faults,
    scenarios,
    hostile,
    changes,
    deploy,
    browser,
  };
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  const unknown = args.find(arg => !(arg in stages));
  if (unknown) {
    throw new Failure(`There is no stage ${unknown}.\n\n${HELP}`);
  }
  const tools = await ensureNode();
  await ensureInstalled(tools);

  const total = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  for (const [name, stage] of Object.entries(stages)) {
    if (args.length > 0 && !args.includes(name)) {
      continue;
    }
    say(`Stage ${name} …`);
    const counts = await stage(tools);
    say(`Stage ${name}: ${line(counts)}`);
    for (const key of Object.keys(total)) {
      total[key] += counts[key];
    }
    failures.push(
      ...(counts.failures ?? []).map(failure => `${name}: ${failure}`),
    );
  }
  // Their own output may be thousands of lines above.
  if (failures.length > 0) {
    console.log(`\nFailed:\n${failures.map(text => `  ${text}`).join('\n')}`);
  }
  console.log(`\n${line(total)}`);
  if (total.failed > 0 || total.passed === 0) {
    process.exitCode = 1;
  }
});

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

async function checks({ node, env }) {
  const bin = name => join(root, 'node_modules', name);
  const commands = {
    Prettier: [
      bin('prettier/bin-prettier.js'),
      '--check',
      '--loglevel',
      'warn',
      '.',
    ],
    ESLint: [
      bin('@backstage/cli/bin/backstage-cli'),
      'repo',
      'lint',
      '--max-warnings',
      '0',
    ],
    TypeScript: [bin('typescript/bin/tsc')],
    // Reads the declarations that tsc has just written.
    'API reports': [
      bin('@backstage/repo-tools/bin/backstage-repo-tools'),
      ...apiReportArguments(),
      '--ci',
    ],
    'Import cycles': [join(root, 'scripts/import-cycles.mjs')],
    Knip: [bin('knip/bin/knip.js'), '--no-config-hints'],
    'Configuration reference': [
      join(root, 'scripts/config-reference.mjs'),
      '--check',
    ],
  };
  // Remove old declarations: those of files that have since moved would be read
  // as well.
  rmSync(join(root, 'dist-types'), { recursive: true, force: true });
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const [what, command] of Object.entries(commands)) {
    say(`${what} …`);
    const code = await run(node, command, {
      env: { ...env, NODE_OPTIONS: '--max-old-space-size=6144' },
      check: false,
      what,
    });
    if (code === 0) {
      counts.passed += 1;
    } else {
      counts.failed += 1;
      counts.failures.push(what);
    }
  }
  return counts;
}

/** The same arguments as in `yarn api-reports`. */
function apiReportArguments() {
  const { scripts } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return scripts['api-reports']
    .split('backstage-repo-tools ')[1]
    .split(' ')
    .map(argument => argument.replaceAll("'", ''));
}

async function unit({ node, env }) {
  // Runs under this process's Node, which may differ from the one that runs the
  // tests.
  const postgres = await import('./lib/postgres.mjs').then(
    ({ startPostgres }) => startPostgres({ durable: false }),
  );
  const report = join(toolsDir, 'reports', 'unit.json');
  mkdirSync(join(toolsDir, 'reports'), { recursive: true });
  rmSync(report, { force: true });
  try {
    await run(
      node,
      [
        '--no-node-snapshot',
        join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'repo',
        'test',
        '--maxWorkers',
        WORKERS,
        '--workerIdleMemoryLimit=1500M',
        '--json',
        '--outputFile',
        report,
      ],
      {
        env: {
          ...env,
          CI: 'true',
          NODE_OPTIONS: '--no-node-snapshot',
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
            postgres.connectionString,
        },
        check: false,
        what: 'Jest',
      },
    );
  } finally {
    await postgres.stop();
  }
  const {
    numPassedTests,
    numFailedTests,
    numPendingTests,
    numTodoTests,
    numRuntimeErrorTestSuites,
    testResults,
  } = JSON.parse(readFileSync(report, 'utf8'));
  sayMissingTools(testResults);
  return {
    passed: numPassedTests,
    // A file that could not run contains no failed test, but counts as a
    // failure.
    failed: numFailedTests + numRuntimeErrorTestSuites,
    skipped: numPendingTests + numTodoTests,
    failures: testResults.flatMap(failedTests),
  };
}

/** The names of a file's failed tests, or the file if it could not run. */
function failedTests({ name, status, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults.filter(
    assertion => assertion.status === 'failed',
  );
  return status === 'failed' && failed.length === 0
    ? [file]
    : failed.map(({ fullName }) => `${file}: ${fullName}`);
}

/**
 * Prints the tools that skipped tests need, which `describeWith` of the testing
 * kit writes into test names.
 */
function sayMissingTools(testResults) {
  const counts = new Map();
  for (const { assertionResults } of testResults) {
    for (const { status, fullName } of assertionResults) {
      const tool =
        status === 'pending' && /\[needs (.+?)\]/.exec(fullName)?.[1];
      if (tool) {
        counts.set(tool, (counts.get(tool) ?? 0) + 1);
      }
    }
  }
  for (const [tool, count] of counts) {
    say(`Skipped ${count} tests that need ${tool}`);
  }
}

/**
 * Ten consecutive seeds cover all faults. Starting at a multiple of ten gives
 * the best order.
 */
const FAULT_RUNS = ['--seed', '20', '--runs', '10'];

function faults(tools) {
  return systemTest(tools, 'faults', 'The fault runs', FAULT_RUNS);
}

function scenarios(tools) {
  return systemTest(tools, 'scenarios', 'The scenarios');
}

function hostile(tools) {
  return systemTest(tools, 'hostile', 'The hostile run');
}

function changes(tools) {
  return systemTest(tools, 'versionChanges', 'The changes of versions');
}

/** Runs one of the system tests. */
async function systemTest({ node, env }, name, what, args = []) {
  const report = join(toolsDir, 'reports', `${name}.json`);
  mkdirSync(join(toolsDir, 'reports'), { recursive: true });
  rmSync(report, { force: true });
  await run(
    node,
    [
      ...TRANSFORM,
      join(root, `testing/system/src/${name}/main.ts`),
      ...args,
      '--report',
      report,
    ],
    { env, check: false, what },
  );
  return JSON.parse(readFileSync(report, 'utf8'));
}

async function browser(tools) {
  await ensureFrontend(tools);
  return nodeTests(tools, {
    name: 'browser',
    what: 'The browser tests',
    folder: join(root, 'packages/app/e2e-tests'),
    options: [...TRANSFORM],
  });
}

/** The project in `deploy/aws` has packages of its own, which nothing else needs. */
async function deploy(tools) {
  const project = join(root, 'deploy/aws');
  await ensureDeployInstalled(tools);
  await ensureImage(tools);
  // The portal serves it in production, and checks its configuration.
  await ensureFrontend(tools);
  const types = await run(
    tools.node,
    [join(project, 'node_modules/typescript/bin/tsc')],
    { cwd: project, env: tools.env, check: false, what: 'TypeScript' },
  );
  const counts = await nodeTests(tools, {
    name: 'deploy',
    what: 'The tests of deploy/',
    folder: join(project, 'test'),
    options: ['--import', 'tsx'],
    cwd: project,
  });
  if (types === 0) {
    counts.passed += 1;
  } else {
    counts.failed += 1;
    counts.failures.push('TypeScript');
  }
  return counts;
}

/** Runs the files of a folder that end with `.test.ts` by Node's test runner. */
async function nodeTests(
  { node, env },
  { name, what, folder, options, cwd = root },
) {
  const report = join(toolsDir, 'reports', `${name}.json`);
  mkdirSync(join(toolsDir, 'reports'), { recursive: true });
  rmSync(report, { force: true });
  const files = readdirSync(folder)
    .filter(file => file.endsWith('.test.ts'))
    .map(file => join(folder, file));
  await run(
    node,
    [
      ...options,
      '--test',
      '--test-concurrency=1',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${pathToFileURL(
        join(root, 'scripts/lib/countReporter.mjs'),
      )}`,
      `--test-reporter-destination=${report}`,
      ...files,
    ],
    { cwd, env, check: false, what },
  );
  return JSON.parse(readFileSync(report, 'utf8'));
}
