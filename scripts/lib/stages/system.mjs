import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { run } from '../run.mjs';
import { TRANSFORM } from '../services.mjs';
import { newReport } from './reports.mjs';

/**
 * Ten consecutive seeds cover all faults. Starting at a multiple of ten gives
 * the best order.
 */
const FAULT_RUNS = ['--seed', '20', '--runs', '10'];

/** Seeded runs of the real processes with faults between them. */
export function faults(tools) {
  return systemTest(tools, 'faults', 'The fault runs', FAULT_RUNS);
}

/** What a portal reports about versions that aren't deployed. */
export function scenarios(tools) {
  return systemTest(tools, 'scenarios', 'The scenarios');
}

/** Attacks by a user with an account on another team's service. */
export function hostile(tools) {
  return systemTest(tools, 'hostile', 'The hostile run');
}

/** Versions that are promoted, reverted and rolled back, with real processes. */
export function changes(tools) {
  return systemTest(tools, 'versionChanges', 'The changes of versions');
}

async function systemTest({ node, env }, name, what, args = []) {
  const report = newReport(name);
  await run(
    node,
    [
      ...TRANSFORM,
      join(root, `testing/system/src/${name}/main.ts`),
      ...args,
      '--report',
      report,
    ],
    { env, check: false, label: name, what },
  );
  return JSON.parse(readFileSync(report, 'utf8'));
}
