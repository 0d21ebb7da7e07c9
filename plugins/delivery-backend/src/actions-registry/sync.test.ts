import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import { z } from 'zod';
import type { ActingArgoCd } from '../__testUtils__/ActingArgoCd';
import {
  ADA,
  BOB,
  startActingArgoCd,
  startActingPortal,
} from '../__testUtils__/actingPortal';
import { createTestDatabases } from '../__testUtils__/databases';
import { McpClient } from '../__testUtils__/mcp';
import { MCP_PORTAL } from '../__testUtils__/mcpPortal';
import type { PortalSystems } from '../__testUtils__/portal';

/** May neither use the actions nor sync. */
const EVE = 'user:default/eve';
const CHANGES = ['delivery.promote', 'delivery.sync'];
const SYNC = { entity: 'billing', application: 'billing' };

const offerSchema = z.object({
  offer: z.object({ allowed: z.boolean(), actionKey: z.string().optional() }),
});
const recordSchema = z.object({
  record: z.object({ id: z.string(), state: z.string() }),
});

const databases = createTestDatabases();

jest.setTimeout(60_000);

describe('the action that syncs, for an MCP client', () => {
  let systems: PortalSystems;
  let acting: ActingArgoCd;
  let portal: Awaited<ReturnType<typeof startActingPortal>>;
  const clients = new Map<string, McpClient>();

  beforeAll(async () => {
    ({ systems, acting } = await startActingArgoCd());
    portal = await startActingPortal({
      databases,
      systems,
      ...MCP_PORTAL,
    });
    for (const user of [ADA, BOB, EVE]) {
      clients.set(user, await McpClient.connect(portal.server, user));
    }
  });

  afterAll(async () => {
    for (const client of clients.values()) {
      await client.close();
    }
    await portal?.stop();
    await systems?.stop();
  });

  beforeEach(() => {
    acting.received.length = 0;
    portal.audited.length = 0;
  });

  function as(user: string): McpClient {
    const client = clients.get(user);
    if (!client) {
      throw new Error(`Nobody connected as ${user}`);
    }
    return client;
  }

  const sync = (user: string, more: object = {}) =>
    as(user).call('delivery.sync', { ...SYNC, ...more });

  async function keyFor(user: string): Promise<string> {
    const { offer } = offerSchema.parse((await sync(user)).structured);
    return offer.actionKey ?? '';
  }

  it('is listed as one that changes something, with the other', async () => {
    const tools = await as(ADA).tools();
    const changing = tools.filter(({ name }) => CHANGES.includes(name));
    expect(changing.map(({ name }) => name).sort()).toEqual(CHANGES);
    for (const { annotations } of changing) {
      expect(annotations).toMatchObject({
        readOnlyHint: false,
        destructiveHint: true,
        idempotentHint: true,
      });
    }
  });

  it('is neither seen nor callable without its permission', async () => {
    expect(await as(EVE).tools()).toEqual([]);
    for (const name of CHANGES) {
      expect(await as(EVE).call(name, SYNC)).toEqual({
        isError: true,
        text: `NotFoundError: Action "${name}" not found`,
      });
      await request(portal.server)
        .post(
          `/api/delivery/.backstage/actions/v1/actions/${name.replace(
            '.',
            ':',
          )}/invoke`,
        )
        .set('Authorization', mockCredentials.user.header(EVE))
        .send(SYNC)
        .expect(404);
    }
    expect(acting.received).toEqual([]);
  });

  it('changes nothing at first, and says whether it could', async () => {
    const answer = await sync(ADA);
    expect(answer.structured).toMatchObject({
      offer: { allowed: true, actionKey: expect.any(String) },
    });
    expect(answer.text).toContain('billing');
    expect(acting.received).toEqual([]);
    expect(await portal.api.records('billing')).toEqual([]);
  });

  it('syncs once, as its caller, however often it is called', async () => {
    const actionKey = await keyFor(ADA);
    const call = { actionKey, prune: true, reason: 'after the outage' };
    const [first, second] = [await sync(ADA, call), await sync(ADA, call)];
    const { record } = recordSchema.parse(first.structured);
    expect(record.state).toBe('accepted');
    expect(recordSchema.parse(second.structured).record.id).toBe(record.id);
    expect(acting.bodies('/billing/sync')).toEqual([
      expect.objectContaining({
        prune: true,
        infos: expect.arrayContaining([
          { name: 'Requested by', value: ADA },
          { name: 'Reason', value: 'after the outage' },
        ]),
      }),
    ]);
    expect(portal.audited).toContainEqual(
      expect.objectContaining({
        outcome: 'succeeded',
        meta: expect.objectContaining({
          actions: [expect.objectContaining({ id: record.id, user: ADA })],
        }),
      }),
    );
    acting.finish('billing');
    await portal.api.untilState('billing', record.id, 'succeeded');

    const stale = await sync(ADA, { ...call, attempt: 'again' });
    expect(stale.isError).toBe(true);
    expect(stale.text).toMatch(/^ConflictError: /);
    expect(acting.bodies('/billing/sync')).toHaveLength(1);
  });

  it('needs the permission for the entity, too', async () => {
    const offered = await sync(BOB);
    expect(offered.structured).toMatchObject({
      offer: {
        allowed: false,
        refusal: { code: 'action.permission-missing' },
      },
    });
    expect(
      offerSchema.parse(offered.structured).offer.actionKey,
    ).toBeUndefined();

    const answer = await sync(BOB, { actionKey: await keyFor(ADA) });
    expect(answer.isError).toBe(true);
    expect(answer.text).toContain('NotAllowedError');
    expect(answer.text).toContain('delivery.application.sync');
    expect(acting.received).toEqual([]);
    expect(portal.audited).toContainEqual(
      expect.objectContaining({ outcome: 'failed' }),
    );
  });

  it.each<[string, object, string]>([
    [
      'an application of another entity',
      { application: 'cart' },
      'The entity has no such application. It has billing in',
    ],
    [
      'an application that isn’t provably its own',
      { entity: 'thief', actionKey: 'a-key-that-was-guessed' },
      'NotFoundError',
    ],
    ['a key that was guessed', { actionKey: 'guessed' }, 'ConflictError'],
    [
      'a resource that is none',
      { actionKey: 'guessed', resources: [{ kind: 'a/b', name: 'x' }] },
      'is no kind in Kubernetes',
    ],
    [
      'a reason of several lines',
      { actionKey: 'guessed', reason: 'a\nb' },
      'must be one line of text',
    ],
  ])('refuses %s', async (_, args, message) => {
    const answer = await sync(ADA, args);
    expect(answer.isError).toBe(true);
    expect(answer.text).toContain(message);
    expect(acting.received).toEqual([]);
  });
});
