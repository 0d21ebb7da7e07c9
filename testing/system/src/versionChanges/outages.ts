import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import { waitUntil } from '@landfall/testing-kit';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Person, statusOf } from './Person';
import type { Trial } from './Trial';

const FIRST = '1.0.0';
/** Longer than the portal waits for an answer of a replica that has stopped. */
const SETTLED_MS = 240_000;
const SENT = 'sent';
const UNSENT = 'unsent';

const sync = { action: 'sync' } as const;

/**
 * The portal is killed between its requests to Argo CD and the answers. Argo CD got one
 * of the requests, and not the other.
 */
export async function survivesKill(trial: Trial): Promise<void> {
  const { ada, relay, portal } = trial;
  for (const name of [SENT, UNSENT]) {
    await trial.deploy({ name, updated: false, automated: false }, FIRST);
  }
  relay.withhold(SENT, 'answer');
  relay.withhold(UNSENT, 'request');
  const key = randomUUID();
  const actionKey = await ada.actionKey(SENT);
  const lost = [
    ada.start(SENT, sync, { key, actionKey }),
    ada.start(UNSENT, sync),
  ];
  const answers = Promise.allSettled(lost);
  await waitUntil(
    'Argo CD has got one of the requests',
    () => relay.answeredFor(SENT) === 1 && relay.receivedFor(UNSENT) === 1,
  );
  await portal.kill9();
  assert.deepEqual(
    (await answers).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  relay.release(SENT);
  relay.release(UNSENT);
  await portal.start();

  const [record] = await ada.records(SENT);
  await ada.untilState(record, 'succeeded');
  const again = await ada.start(SENT, sync, { key, actionKey });
  assert.equal(again.id, record.id);
  assert.equal(relay.receivedFor(SENT), 1);
  assert.equal((await ada.records(SENT)).length, 1);
}

/**
 * What was killed before Argo CD got it isn't lost without a word, nor sent by itself.
 * Whoever has looked may ask for it again.
 */
export async function reportsWhatIsUnknown(trial: Trial): Promise<void> {
  const { ada, relay } = trial;
  const [record, ...others] = await ada.records(UNSENT);
  assert.deepEqual(others, []);
  const settled = await ada.untilState(record, 'unknown', SETTLED_MS);
  assert.match(settled.message ?? '', /The portal stopped/);
  assert.equal(relay.receivedFor(UNSENT), 1);
  const next = await ada.start(UNSENT, sync);
  await ada.untilState(next, 'succeeded');
  assert.equal(relay.receivedFor(UNSENT), 2);
}

/** Argo CD accepts a sync, and its answer never comes. */
export async function outlastsTimeout(trial: Trial): Promise<void> {
  const { ada, relay } = trial;
  const name = 'unanswered';
  await trial.deploy({ name, updated: false, automated: false }, FIRST);
  relay.withhold(name, 'answer');
  const key = randomUUID();
  const actionKey = await ada.actionKey(name);
  const record = await ada.start(name, sync, { key, actionKey });
  assert.ok(['unknown', 'accepted', 'succeeded'].includes(record.state));
  await ada.untilState(record, 'succeeded');
  relay.release(name);
  const again = await ada.start(name, sync, { key, actionKey });
  assert.equal(again.id, record.id);
  assert.equal(relay.receivedFor(name), 1);
}

/** Two replicas get the same request, and then two people ask for the same at once. */
export async function actsOnceOnReplicas(trial: Trial): Promise<void> {
  const { relay, portal } = trial;
  const name = 'shared';
  await trial.deploy({ name, updated: false, automated: false }, FIRST);
  const replica = await trial.startReplica();
  const ada = [trial.ada, trial.ada.at(replica)];
  const bob = await Person.signIn(portal, 'bob');
  const key = randomUUID();
  let actionKey = await trial.ada.actionKey(name);
  const same = await Promise.all(
    ada.map(one => one.start(name, sync, { key, actionKey })),
  );
  assert.equal(same[0].id, same[1].id);
  assert.equal(relay.receivedFor(name), 1);
  await trial.ada.untilState(same[0], 'succeeded');

  await trial.untilRuns(name, FIRST);
  actionKey = await trial.ada.actionKey(name);
  const both = await Promise.allSettled([
    ada[1].start(name, sync, { actionKey }),
    bob.start(name, sync, { actionKey }),
  ]);
  const done = both.flatMap((one): ActionRecord[] =>
    one.status === 'fulfilled' ? [one.value] : [],
  );
  const refused = both.flatMap(one =>
    one.status === 'rejected' ? [statusOf(one.reason)] : [],
  );
  assert.equal(done.length, 1, JSON.stringify(both));
  assert.deepEqual(refused, [409]);
  assert.equal(relay.receivedFor(name), 2);
  await trial.ada.untilState(done[0], 'succeeded');
  await replica.stop();
}
