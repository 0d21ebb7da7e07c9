import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  argoCdInstancesServiceRef,
  type ArgoCdInstances,
  DefaultArgoCdClient,
} from '@landfall/backstage-plugin-delivery-node';
import { waitFor } from '@landfall/testing-kit';
import type { Knex } from 'knex';
import type { ActingArgoCd, ActingMode } from './__testUtils__/ActingArgoCd';
import {
  ADA,
  ageAction,
  BOB,
  startActingArgoCd,
  startActingPortal,
} from './__testUtils__/actingPortal';
import { createTestDatabases } from './__testUtils__/databases';
import type { PortalSystems } from './__testUtils__/portal';

const databases = createTestDatabases();

jest.setTimeout(120_000);

/**
 * An Argo CD client whose calls never come back, as those of a process that is killed
 * after it has sent them.
 */
function deadAfterSending(url: string) {
  const client = DefaultArgoCdClient.create({
    name: 'main',
    url,
    frontendUrl: url,
    credentials: { token: 'token-of-argocd' },
  });
  const { operations } = client;
  let bury = () => {};
  const dead = new Promise<void>(resolve => {
    bury = resolve;
  });
  const sync: typeof operations.sync = async (...args) => {
    await operations.sync.apply(operations, args);
    await dead;
  };
  const replaced = new Proxy(client, {
    get: (target, name) => {
      if (name === 'operations') {
        return new Proxy(operations, {
          get: (own, key) =>
            key === 'sync' ? sync : Reflect.get(own, key).bind(own),
        });
      }
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const instances: ArgoCdInstances = {
    list: () => [replaced],
    get: () => replaced,
  };
  return {
    close: () => client.close(),
    /** Lets the process end, which waits for its requests. */
    bury,
    factory: createServiceFactory({
      service: argoCdInstancesServiceRef,
      deps: {},
      factory: () => instances,
    }),
  };
}

describe.each(databases.eachSupportedId())('faults of actions on %s', id => {
  let systems: PortalSystems;
  let acting: ActingArgoCd;
  let knex: Knex;
  const stops: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    ({ systems, acting } = await startActingArgoCd());
    knex = await databases.init(id);
  });

  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) {
      await stop();
    }
    await systems.stop();
  });

  async function start(
    options: Partial<Parameters<typeof startActingPortal>[0]> = {},
  ) {
    const portal = await startActingPortal({
      databases,
      knex,
      systems,
      requestMs: 700,
      ...options,
    });
    stops.push(portal.stop);
    return portal;
  }

  it.each<ActingMode>(['silent-after-accepting', 'cut-after-accepting'])(
    'finds a sync whose answer is lost (%s), and sends it once',
    async mode => {
      const { api } = await start();
      acting.mode = mode;
      const key = api.nextKey();
      const expected = { actionKey: await api.actionKey('billing') };
      const sent = { action: 'sync', expected };

      const { status, body } = await api.act('billing', sent, { key });

      expect(status).toBe(200);
      expect(['accepted', 'unknown']).toContain(body.state);
      await api.untilState('billing', body.id, 'accepted');
      acting.mode = 'normal';
      const again = await api.act('billing', sent, { key });
      expect(again.body).toMatchObject({ id: body.id, state: 'accepted' });
      acting.finish('billing');
      await api.untilState('billing', body.id, 'succeeded');
      expect(acting.bodies('/sync')).toHaveLength(1);
    },
  );

  it('says that nobody knows whether a proxy passed a sync on', async () => {
    const { api } = await start();
    acting.mode = 'bad-gateway';
    const key = api.nextKey();
    const expected = { actionKey: await api.actionKey('billing') };
    const sent = { action: 'sync', expected };

    const { body } = await api.act('billing', sent, { key });

    expect(body).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('It may have been done'),
    });
    acting.mode = 'normal';
    const again = await api.act('billing', sent, { key });
    expect(again.body.id).toBe(body.id);
    expect(acting.bodies('/sync')).toHaveLength(1);

    // Somebody who has looked may ask for it again.
    const next = await api.act('billing', sent);
    expect(next.body.state).toBe('accepted');
    expect(acting.bodies('/sync')).toHaveLength(2);
  });

  it('finds what a killed replica had sent', async () => {
    const dead = deadAfterSending(systems.argocd.url);
    stops.push(dead.close);
    const first = await start({ argocd: dead.factory });
    stops.push(async () => dead.bury());
    const key = first.api.nextKey();
    const expected = { actionKey: await first.api.actionKey('billing') };
    const lost = first.api.act(
      'billing',
      { action: 'sync', expected },
      { key },
    );
    lost.catch(() => {});
    await waitFor(() => expect(acting.bodies('/sync')).toHaveLength(1));

    const second = await start();
    acting.finish('billing');

    await waitFor(async () => {
      expect(await second.api.records('billing')).toMatchObject([
        { action: 'sync', state: 'succeeded', user: ADA },
      ]);
    });
    const again = await second.api.act(
      'billing',
      { action: 'sync', expected },
      { key },
    );
    expect(again.body.state).toBe('succeeded');
    expect(acting.bodies('/sync')).toHaveLength(1);
  });

  it('reports what a killed replica may have sent, and doesn’t send it', async () => {
    const { api } = await start();
    acting.mode = 'bad-gateway';
    const { body } = await api.act('billing', { action: 'sync' });
    // As it was stored before the call.
    const row = await knex('actions').where({ id: body.id }).first('document');
    const { message, ...record } = JSON.parse(row.document);
    await knex('actions')
      .where({ id: body.id })
      .update({
        state: 'requested',
        document: JSON.stringify({ ...record, state: 'requested' }),
      });
    acting.mode = 'normal';

    await ageAction(knex, body.id, 180_000);

    const settled = await api.untilState('billing', body.id, 'unknown');
    expect(settled.message).toContain('The portal stopped');
    expect(acting.bodies('/sync')).toHaveLength(1);
  });

  it('does it once on two replicas, for one person or two', async () => {
    const [one, two] = [await start(), await start()];
    const key = one.api.nextKey();
    const expected = { actionKey: await one.api.actionKey('billing') };
    const sent = { action: 'sync', expected };
    const same = await Promise.all([
      one.api.act('billing', sent, { key }),
      two.api.act('billing', sent, { key }),
    ]);
    expect(same.map(({ status }) => status)).toEqual([200, 200]);
    expect(same[0].body.id).toBe(same[1].body.id);
    expect(acting.bodies('/sync')).toHaveLength(1);

    const cart = {
      action: 'sync',
      expected: { actionKey: await one.api.actionKey('cart') },
    };
    const both = await Promise.all([
      one.api.act('cart', cart, { user: ADA }),
      two.api.act('cart', cart, { user: BOB }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(acting.bodies('/cart/sync')).toHaveLength(1);
  });
});
