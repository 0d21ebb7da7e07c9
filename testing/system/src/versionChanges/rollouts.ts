import type {
  ActionCode,
  ApplicationRollout,
} from '@landfall/backstage-plugin-delivery-common';
import { waitUntil } from '@landfall/testing-kit';
import assert from 'node:assert/strict';
import { ENTITY, REACHED_MS } from './manifests';
import { refOf, statusOf } from './Person';
import type { Trial } from './Trial';

const FIRST = '1.0.0';
const NEXT = '1.0.1';
const LAST = '1.0.2';
const CANARY = [{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }];
const NAME = 'canary';
const LOOK_MS = 200;

/** A canary pauses, is promoted, aborted and tried again. */
export async function movesRollout(trial: Trial): Promise<void> {
  const service = { name: NAME, updated: false, automated: true };
  await trial.deploy({ ...service, canary: CANARY }, FIRST);

  await release(trial, NEXT);
  await untilPaused(trial);
  await act(trial, 'rollout-promote');
  await trial.untilRuns(NAME, NEXT);

  await release(trial, LAST);
  await untilPaused(trial);
  await act(trial, 'rollout-abort');
  await until(
    trial,
    'is aborted',
    ({ aborted, phase }) => aborted && phase === 'Degraded',
  );
  await act(trial, 'rollout-retry');
  await untilPaused(trial);
  await act(trial, 'rollout-restart');
  await act(trial, 'rollout-promote-full');
  await trial.untilRuns(NAME, LAST);
  const rollout = { name: `not-${NAME}` };
  const refused = trial.ada.again(() =>
    trial.ada.start(NAME, { action: 'rollout-abort', rollout }),
  );
  assert.equal(await refused.catch(statusOf), 400);
}

/** Somebody commits a version. */
async function release(trial: Trial, tag: string): Promise<void> {
  await trial.cluster.push(`shop/${NAME}`, tag);
  await trial.setTag(NAME, tag);
}

async function act(trial: Trial, action: RolloutAction): Promise<void> {
  const rollout = { name: NAME };
  const record = await trial.ada.again(() =>
    trial.ada.start(NAME, { action, rollout }),
  );
  assert.equal(record.state, 'succeeded', JSON.stringify(record));
  assert.equal(record.options?.rollout, NAME);
}

type RolloutAction = Extract<ActionCode, `rollout-${string}`>;

async function untilPaused(trial: Trial): Promise<void> {
  await until(
    trial,
    'pauses at its second step',
    ({ phase, currentStep, weight, pauses }) =>
      phase === 'Paused' &&
      currentStep === 1 &&
      weight === 20 &&
      pauses.length === 1,
  );
  await waitUntil(
    'the page shows that it is suspended',
    async () => {
      const deployment = await trial.ada.find(NAME);
      return deployment?.health.status === 'Suspended';
    },
    { timeoutMs: REACHED_MS, intervalMs: LOOK_MS },
  );
}

/** Waits until the drawer shows something of the Rollout. */
async function until(
  trial: Trial,
  what: string,
  reached: (rollout: ApplicationRollout) => boolean,
): Promise<void> {
  let seen: ApplicationRollout[] = [];
  await waitUntil(
    `the Rollout ${what}`,
    async () => {
      const { rollouts } = await trial.ada.api.getApplicationResources(
        ENTITY,
        refOf(NAME),
        trial.ada,
      );
      seen = rollouts;
      return seen.some(reached);
    },
    {
      timeoutMs: REACHED_MS,
      intervalMs: LOOK_MS,
      detail: () => JSON.stringify(seen),
    },
  );
}
