import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../paths.mjs';
import { run } from '../run.mjs';
import { say } from '../say.mjs';
import { newReport } from './reports.mjs';

/**
 * The smallest CI machine has two cores; one worker more uses the time in which tests
 * wait for a database.
 */
const WORKERS = process.env.LANDFALL_TEST_WORKERS ?? '3';

/**
 * Jest loads all modules for each file again. With room for young objects, that costs
 * 7 % less processor time in garbage collection.
 */
const NODE_OPTIONS =
  '--no-node-snapshot --max-semi-space-size=64 --disable-warning=ExperimentalWarning';

/** Jest in every package, on SQLite and on a PostgreSQL out of npm. */
export async function unit({ node, env }) {
  // Runs under this process's Node, which may differ from the one that runs the
  // tests.
  const postgres = await import('../postgres.mjs').then(({ startPostgres }) =>
    startPostgres({ durable: false }),
  );
  const report = newReport('unit');
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
          NODE_OPTIONS,
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
