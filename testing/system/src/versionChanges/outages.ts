import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import { waitUntil } from '@landfall/testing-kit';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Person, statusOf } from './Person';
import { SYNC, SyncRequest } from './SyncRequest';
import type { Trial } from './Trial';

const FIRST = '1.0.0';
/** Longer than the portal waits for an answer of a replica that has stopped. */
const SETTLED_MS = 240_000;
const SENT = 'sent';
const UNSENT = 'unsent';

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
  const sent = new SyncRequest(ada, SENT);
  const answers = Promise.allSettled([
    sent.send(),
    new SyncRequest(ada, UNSENT).send(),
  ]);
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
  assert.equal((await sent.repeat()).id, record.id);
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
  const next = await new SyncRequest(ada, UNSENT).send();
  await ada.untilState(next, 'succeeded');
  assert.equal(relay.receivedFor(UNSENT), 2);
}

/** Argo CD accepts a sync, and its answer never comes. */
export async function outlastsTimeout(trial: Trial): Promise<void> {
  const { ada, relay } = trial;
  const name = 'unanswered';
  await trial.deploy({ name, updated: false, automated: false }, FIRST);
  relay.withhold(name, 'answer');
  const sent = new SyncRequest(ada, name);
  const record = await sent.send();
  assert.ok(['unknown', 'accepted', 'succeeded'].includes(record.state));
  await ada.untilState(record, 'succeeded');
  relay.release(name);
  assert.equal((await sent.repeat()).id, record.id);
  assert.equal(relay.receivedFor(name), 1);
}

/** Two replicas get the same request, and then two people ask for the same at once. */
export async function actsOnceOnReplicas(trial: Trial): Promise<void> {
  const { relay, portal, ada } = trial;
  const name = 'shared';
  const [replica] = await Promise.all([
    trial.startReplica(),
    trial.deploy({ name, updated: false, automated: false }, FIRST),
  ]);
  const other = ada.at(replica);
  const bob = await Person.signIn(portal, 'bob');
  const key = randomUUID();
  const same = await ada.again(async () => {
    const actionKey = await ada.actionKey(name);
    return Promise.all(
      [ada, other].map(one => one.start(name, SYNC, { key, actionKey })),
    );
  });
  assert.equal(same[0].id, same[1].id);
  assert.equal(relay.receivedFor(name), 1);
  await ada.untilState(same[0], 'succeeded');

  await trial.untilRuns(name, FIRST);
  const done = await ada.again(async () => {
    const actionKey = await ada.actionKey(name);
    const both = await Promise.allSettled(
      [other, bob].map(one => one.start(name, SYNC, { actionKey })),
    );
    const refused = both.flatMap(one =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    assert.deepEqual(
      refused.map(statusOf),
      refused.map(() => 409),
    );
    const [record] = both.flatMap((one): ActionRecord[] =>
      one.status === 'fulfilled' ? [one.value] : [],
    );
    if (!record) {
      throw refused[0];
    }
    assert.equal(refused.length, 1);
    return record;
  });
  assert.equal(relay.receivedFor(name), 2);
  await ada.untilState(done, 'succeeded');
  await replica.stop();
}
