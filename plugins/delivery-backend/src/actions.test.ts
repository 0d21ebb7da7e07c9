import type { AvailableActions } from '@landfall/backstage-plugin-delivery-common';
import { waitFor } from '@landfall/testing-kit';
import request from 'supertest';
import type { ActingArgoCd } from './__testUtils__/ActingArgoCd';
import {
  ADA,
  BOB,
  startActingArgoCd,
  startActingPortal,
} from './__testUtils__/actingPortal';
import { createTestDatabases } from './__testUtils__/databases';
import type { PortalSystems } from './__testUtils__/portal';

const API = '/api/delivery/v1/entities/component/default';
const databases = createTestDatabases();

jest.setTimeout(60_000);

describe('actions on an application', () => {
  let systems: PortalSystems;
  let acting: ActingArgoCd;
  let portal: Awaited<ReturnType<typeof startActingPortal>>;

  beforeAll(async () => {
    ({ systems, acting } = await startActingArgoCd());
    portal = await startActingPortal({ databases, systems });
  });

  afterAll(async () => {
    await portal.stop();
    await systems.stop();
  });

  beforeEach(() => {
    acting.mode = 'normal';
    acting.received.length = 0;
    portal.audited.length = 0;
  });

  it('go from the request to Argo CD and back by the watch', async () => {
    const { api, audited } = portal;
    const { body, status } = await api.act('billing', {
      action: 'sync',
      prune: true,
      reason: 'after the outage',
    });
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        action: 'sync',
        state: 'accepted',
        user: ADA,
        reason: 'after the outage',
        application: {
          instance: 'main',
          namespace: 'argocd',
          name: 'billing',
        },
      }),
    ]);
    expect(acting.bodies('/billing/sync')).toEqual([
      expect.objectContaining({
        appNamespace: 'argocd',
        project: 'shop',
        prune: true,
        infos: [
          { name: 'landfall-correlation-id', value: body.id },
          { name: 'Requested by', value: ADA },
          { name: 'Reason', value: 'after the outage' },
          { name: 'Requested in', value: 'Landfall' },
        ],
      }),
    ]);
    expect(audited).toMatchObject([
      {
        outcome: 'succeeded',
        meta: { actions: [{ id: body.id, user: ADA, action: 'sync' }] },
      },
    ]);

    acting.finish('billing', 'Failed', 'one or more objects failed to apply');
    expect(await api.untilState('billing', body.id, 'failed')).toMatchObject({
      message: 'one or more objects failed to apply',
    });
  });

  it('are done once, however often they are sent', async () => {
    const { api } = portal;
    const key = api.nextKey();
    const expected = { actionKey: await api.actionKey('billing') };
    const sent = { action: 'sync', expected };
    const [first, second] = await Promise.all([
      api.act('billing', sent, { key }),
      api.act('billing', sent, { key }),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.id).toBe(first.body.id);
    const third = await api.act('billing', sent, { key });
    expect(third.body.id).toBe(first.body.id);
    expect(acting.bodies('/sync')).toHaveLength(1);

    const other = await api.act('billing', { ...sent, prune: true }, { key });
    expect(other.status).toBe(409);
    acting.finish('billing');
    await api.untilState('billing', first.body.id, 'succeeded');
  });

  it('are refused to one of two people who act at once', async () => {
    const { api } = portal;
    const expected = { actionKey: await api.actionKey('billing') };
    const answers = await Promise.all([
      api.act('billing', { action: 'sync', expected }, { user: ADA }),
      api.act('billing', { action: 'sync', expected }, { user: BOB }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(acting.bodies('/sync')).toHaveLength(1);
    acting.finish('billing');
    const done = answers.find(({ status }) => status === 200);
    await api.untilState('billing', done?.body.id, 'succeeded');

    // The page of the other still shows what was.
    const late = await api.act('billing', { action: 'sync', expected });
    expect(late.status).toBe(409);
    expect(acting.bodies('/sync')).toHaveLength(1);
  });

  it('need an application that provably is the entity’s own', async () => {
    const { api, audited, server } = portal;
    const answer = await api.act(
      'billing',
      { action: 'sync' },
      { entity: 'thief' },
    );
    expect(answer.status).toBe(404);
    expect(acting.received).toEqual([]);
    expect(audited).toMatchObject([{ outcome: 'failed' }]);

    const { body } = await request(server)
      .get(`${API}/thief/applications/main/argocd/billing/actions`)
      .expect(200);
    const { items }: AvailableActions = body;
    expect(items.filter(({ allowed }) => allowed)).toEqual([]);
    expect(items[0].refusal).toMatchObject({
      code: 'action.not-proven',
      advice: expect.stringContaining('landfall.io/entity-ref'),
    });
  });

  it('refresh, also from a stale page', async () => {
    const { body } = await portal.api.act('billing', {
      action: 'refresh',
      expected: { actionKey: 'stale' },
    });
    expect(body).toMatchObject({ action: 'refresh', state: 'succeeded' });
    expect(acting.received).toMatchObject([
      { method: 'GET', query: { refresh: 'normal', project: 'shop' } },
    ]);
  });

  it('terminate the running operation', async () => {
    const { api } = portal;
    const sync = await api.act('billing', { action: 'sync' });
    await api.untilState('billing', sync.body.id, 'accepted');
    const early = await api.act('billing', { action: 'sync' });
    expect(early.status).toBe(409);
    let stopped = await api.act('billing', { action: 'terminate' });
    // The watch may not have shown the operation yet.
    for (let left = 50; stopped.status === 409 && left > 0; left--) {
      await new Promise(setImmediate);
      stopped = await api.act('billing', { action: 'terminate' });
    }
    expect(stopped.status).toBe(200);
    await api.untilState('billing', stopped.body.id, 'succeeded');
    expect(
      await api.untilState('billing', sync.body.id, 'failed'),
    ).toMatchObject({ message: 'Operation terminated' });
    const again = await api.act('billing', { action: 'terminate' });
    expect(again.status).toBe(409);
  });

  it('roll back to a deployment, which Argo CD gives no id', async () => {
    const { api } = portal;
    const missing = await api.act('billing', {
      action: 'rollback',
      historyId: 4711,
    });
    expect(missing.status).toBe(400);
    const automated = await api.act('cart', {
      action: 'rollback',
      historyId: 0,
    });
    expect(automated.status).toBe(409);
    expect(acting.received).toEqual([]);

    const { body } = await api.act('billing', {
      action: 'rollback',
      historyId: 0,
    });
    expect(acting.bodies('/billing/rollback')).toEqual([
      { id: 0, appNamespace: 'argocd', project: 'shop' },
    ]);
    expect(body).toMatchObject({
      state: 'accepted',
      options: { historyId: 0 },
    });
    acting.finish('billing');
    await api.untilState('billing', body.id, 'succeeded');
  });

  it('act on Rollouts that the application manages', async () => {
    const { api, server } = portal;
    const refusal = async () => {
      const { body } = await request(server)
        .get(`${API}/billing/applications/main/argocd/billing/actions`)
        .expect(200);
      const { items }: AvailableActions = body;
      return items.find(({ action }) => action === 'rollout-promote')?.refusal
        ?.code;
    };
    expect(await refusal()).toBe('action.no-rollout');
    const application = acting.application('billing');
    const rollout = {
      group: 'argoproj.io',
      version: 'v1alpha1',
      kind: 'Rollout',
      namespace: 'dev',
      name: 'billing',
    };
    acting.put({
      ...application,
      status: { ...Object(application.status), resources: [rollout] },
    });
    await waitFor(async () => expect(await refusal()).toBeUndefined());
    const act = (action: string, name: string, user = ADA) =>
      api.act('billing', { action, rollout: { name } }, { user });

    const foreign = await act('rollout-promote', 'cart');
    expect(foreign.status).toBe(400);
    expect(acting.received).toEqual([]);
    const both = await Promise.all([
      act('rollout-promote', 'billing', ADA),
      act('rollout-promote', 'billing', BOB),
    ]);

    // Twice would skip a step.
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(acting.bodies('/resource/actions/v2')).toEqual([
      {
        appNamespace: 'argocd',
        project: 'shop',
        group: 'argoproj.io',
        version: 'v1alpha1',
        kind: 'Rollout',
        namespace: 'dev',
        resourceName: 'billing',
        action: 'resume',
      },
    ]);
    const abort = await act('rollout-abort', 'billing');
    expect(abort.body).toMatchObject({
      action: 'rollout-abort',
      state: 'succeeded',
      options: { rollout: 'billing' },
    });
  });

  it('keep the message with which Argo CD refuses', async () => {
    acting.mode = 'forbidden';
    const { api, audited } = portal;
    const { status, body } = await api.act('billing', { action: 'sync' });
    expect([status, body.state, body.message]).toEqual([
      200,
      'failed',
      'permission denied: applications, sync',
    ]);
    expect(audited).toMatchObject([
      { outcome: 'failed', error: 'permission denied: applications, sync' },
    ]);
  });
});
