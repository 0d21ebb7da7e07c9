import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { ROOT } from '../processes';
import { MergeRequests } from '../scenarios/MergeRequests';
import { writeReport } from '../writeReport';
import { Trial } from './Trial';

const FIRST = '1.0.0';
const NEXT = '1.0.1';
const CYCLES = 3;

/** A promotion by a merge request ends with the version live. */
async function promotes(trial: Trial): Promise<void> {
  const name = 'promoted';
  await trial.deploy({ name, updated: false, automated: true }, FIRST);
  await trial.cluster.push(`shop/${name}`, NEXT);
  const record = await trial.change(name, 'promote', { tag: NEXT });
  assert.equal(record.state, 'accepted', JSON.stringify(record));
  assert.equal(record.change?.requestState, 'open');
  assert.equal(await trial.committedTag(name), FIRST);
  const number = Number(record.change?.url?.split('/').at(-1));
  const requests = new MergeRequests(
    trial.cluster.git.cloneUrl('deploy'),
    'deploy',
  );
  await requests.merge(number);
  const done = await trial.untilState(record.id, 'succeeded');
  assert.equal(done.change?.requestState, 'merged');
  assert.equal(await trial.committedTag(name), NEXT);
  await trial.untilRuns(name, NEXT);
}

/** A version that is taken back in Git stays back until updates are resumed. */
async function reverts(trial: Trial): Promise<void> {
  const name = 'reverted';
  await trial.deploy({ name, updated: true, automated: true }, FIRST);
  await trial.cluster.push(`shop/${name}`, NEXT);
  await trial.untilRuns(name, NEXT);
  const before = await trial.manifest(name);
  const record = await trial.change(name, 'revert', {
    tag: FIRST,
    via: 'commit',
  });
  assert.equal(record.state, 'accepted', JSON.stringify(record));
  await trial.untilState(record.id, 'succeeded');
  assert.match(await trial.manifest(name), /app\.ignore-tags: "\*"/);
  await trial.updaterCycles(CYCLES);
  assert.equal(await trial.committedTag(name), FIRST);
  await trial.untilRuns(name, FIRST);

  const resumed = await trial.change(name, 'resume-updates', { via: 'commit' });
  assert.equal(resumed.state, 'accepted', JSON.stringify(resumed));
  await trial.untilState(resumed.id, 'succeeded');
  assert.equal(await trial.manifest(name), before);
  await trial.untilRuns(name, NEXT);
}

/** Where sync is manual, so does one that Argo CD rolls back. */
async function rollsBack(trial: Trial): Promise<void> {
  const name = 'rolled-back';
  await trial.deploy({ name, updated: true, automated: false }, FIRST);
  await trial.cluster.push(`shop/${name}`, NEXT);
  await trial.cluster.until(
    name,
    'is out of sync',
    ({ status }) => status.sync.status === 'OutOfSync',
  );
  await trial.cluster.sync(name);
  await trial.untilRuns(name, NEXT);
  const record = await trial.rollBack(name);
  await trial.untilState(record.id, 'succeeded');
  const runsFirst = () =>
    trial.cluster.until(
      name,
      `runs ${FIRST}`,
      ({ status }) =>
        status.summary.images?.every(image => image.endsWith(`:${FIRST}`)) ??
        false,
    );
  await runsFirst();
  await trial.updaterCycles(CYCLES);
  await runsFirst();
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { report: { type: 'string' } } });
  const folder = resolve(ROOT, '.tools/reports/version-changes');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const trial = await Trial.start(folder);
  let passed = 0;
  const failures: string[] = [];
  try {
    for (const run of [promotes, reverts, rollsBack]) {
      const startedAt = Date.now();
      try {
        await run(trial);
        passed += 1;
        console.log(
          `ok      ${run.name} (${(Date.now() - startedAt) / 1000} s)`,
        );
      } catch (error) {
        failures.push(run.name);
        console.log(`failed  ${run.name}: ${error}`);
      }
    }
  } finally {
    await trial.stop();
  }
  if (values.report) {
    writeReport(values.report, { passed, failures });
  }
  process.exitCode = failures.length > 0 ? 1 : 0;
}

main().then(
  () => process.exit(),
  error => {
    console.error(error instanceof Error ? error.stack : error);
    process.exit(1);
  },
);
