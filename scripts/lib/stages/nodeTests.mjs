import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../paths.mjs';
import { run } from '../run.mjs';
import { newReport } from './reports.mjs';

/** Runs the files of a folder that end with `.test.ts` by Node's test runner. */
export async function nodeTests(
  { node, env },
  { name, what, folder, options, cwd = root, concurrency = 1, label },
) {
  const report = newReport(name);
  const files = readdirSync(folder)
    .filter(file => file.endsWith('.test.ts'))
    .map(file => join(folder, file));
  await run(
    node,
    [
      ...options,
      '--test',
      `--test-concurrency=${concurrency}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${pathToFileURL(
        join(root, 'scripts/lib/countReporter.mjs'),
      )}`,
      `--test-reporter-destination=${report}`,
      ...files,
    ],
    { cwd, env, check: false, label, what },
  );
  return JSON.parse(readFileSync(report, 'utf8'));
}
