import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { ROOT } from '../processes';
import { writeReport } from '../writeReport';
import {
  actsOnceOnReplicas,
  outlastsTimeout,
  reportsWhatIsUnknown,
  survivesKill,
} from './outages';
import { movesRollout } from './rollouts';
import { actsByTools } from './tools';
import { Trial } from './Trial';

const FIRST = '1.0.0';
const NEXT = '1.0.1';
const CYCLES = 3;

/** A promotion by a merge request ends with the version live. */
async function promotes(trial: Trial): Promise<void> {
  const { ada } = trial;
  const name = 'promoted';
  await trial.deploy({ name, updated: false, automated: true }, FIRST);
  await trial.cluster.push(`shop/${name}`, NEXT);
  const repository = trial.imageOf(name);
  const record = await ada.change(name, 'promote', { repository, tag: NEXT });
  assert.equal(record.state, 'accepted', JSON.stringify(record));
  assert.equal(record.change?.requestState, 'open');
  assert.equal(await trial.committedTag(name), FIRST);
  const number = Number(record.change?.url?.split('/').at(-1));
  await trial.requests.approve(number);
  await ada.until(
    record,
    'approved',
    ({ change }) => change?.requestState === 'approved',
  );
  await trial.requests.merge(number);
  const done = await ada.untilState(record, 'succeeded');
  assert.equal(done.change?.requestState, 'merged');
  assert.equal(await trial.committedTag(name), NEXT);
  await trial.untilRuns(name, NEXT);
}

/** A version that is taken back in Git stays back until updates are resumed. */
async function reverts(trial: Trial): Promise<void> {
  const { ada } = trial;
  const name = 'reverted';
  await trial.deploy({ name, updated: true, automated: true }, FIRST);
  await trial.cluster.push(`shop/${name}`, NEXT);
  await trial.untilRuns(name, NEXT);
  const before = await trial.manifest(name);
  const repository = trial.imageOf(name);
  const revert = async () => {
    const record = await ada.change(name, 'revert', {
      repository,
      tag: FIRST,
      via: 'commit',
    });
    assert.equal(record.state, 'accepted', JSON.stringify(record));
    return ada.untilSettled(record);
  };
  let reverted = await revert();
  if (reverted.state === 'failed') {
    // The Image Updater saw the old version before the hold, and came once more.
    assert.match(reverted.message ?? '', /before the hold took effect/);
    reverted = await revert();
  }
  assert.equal(reverted.state, 'succeeded', JSON.stringify(reverted));
  assert.match(await trial.manifest(name), /app\.ignore-tags: "\*"/);
  await trial.updaterCycles(CYCLES);
  assert.equal(await trial.committedTag(name), FIRST);
  await trial.untilRuns(name, FIRST);

  const resumed = await ada.change(name, 'resume-updates', {
    repository,
    via: 'commit',
  });
  assert.equal(resumed.state, 'accepted', JSON.stringify(resumed));
  await ada.untilState(resumed, 'succeeded');
  assert.equal(await trial.manifest(name), before);
  await trial.untilRuns(name, NEXT);
}

/** Where sync is manual, so does one that Argo CD rolls back. */
async function rollsBack(trial: Trial): Promise<void> {
  const { ada } = trial;
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
  const record = await ada.rollBack(name);
  await ada.untilState(record, 'succeeded');
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

/**
 * Those of a step run at the same time; the others would change what Git wants of each
 * other's services. The last one looks what became of an action of the first.
 */
const STEPS = [
  [survivesKill],
  [promotes, outlastsTimeout],
  [reverts],
  [rollsBack],
  [movesRollout],
  [actsByTools],
  [actsOnceOnReplicas],
  [reportsWhatIsUnknown],
];

/** Resolves with whether it went as expected. */
async function report(
  run: (trial: Trial) => Promise<void>,
  trial: Trial,
): Promise<boolean> {
  const startedAt = Date.now();
  try {
    await run(trial);
    const seconds = (Date.now() - startedAt) / 1000;
    console.log(`ok      ${run.name} (${seconds} s)`);
    return true;
  } catch (error) {
    console.log(`failed  ${run.name}: ${error}`);
    return false;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      report: { type: 'string' },
      only: { type: 'string', multiple: true },
    },
  });
  const { only } = values;
  const folder = resolve(ROOT, '.tools/reports/version-changes');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const trial = await Trial.start(folder);
  let passed = 0;
  const failures: string[] = [];
  try {
    for (const step of STEPS) {
      const runs = step.filter(({ name }) => !only || only.includes(name));
      const done = await Promise.all(runs.map(run => report(run, trial)));
      passed += done.filter(isOk => isOk).length;
      failures.push(
        ...runs.filter((_, index) => !done[index]).map(({ name }) => name),
      );
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
