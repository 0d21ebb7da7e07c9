import { waitFor } from '@landfall/testing-kit';
import type { ActingArgoCd } from './__testUtils__/ActingArgoCd';
import {
  startActingArgoCd,
  startActingPortal,
} from './__testUtils__/actingPortal';
import { createTestDatabases } from './__testUtils__/databases';
import type { PortalSystems } from './__testUtils__/portal';

const databases = createTestDatabases();

jest.setTimeout(60_000);

describe('a page of before a commit', () => {
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

  it('is refused if Git wants something else, and not after any commit', async () => {
    const { api } = portal;
    const billing = acting.application('billing');
    const commit = (letter: string, image: string) => {
      systems.argocd.putManaged('billing', [
        { kind: 'Deployment', spec: { containers: [{ image }] } },
      ]);
      acting.put({
        ...billing,
        status: {
          ...Object(billing.status),
          sync: { status: 'OutOfSync', revision: letter.repeat(40) },
          resources: [
            {
              group: 'apps',
              kind: 'Deployment',
              name: 'billing',
              status: 'OutOfSync',
            },
          ],
        },
      });
    };
    /** Of the commit, once it is known what Git wants with it. */
    const keyAfter = async (before: string) => {
      let key = before;
      await waitFor(async () => {
        key = await api.actionKey('billing');
        expect([key === before, key.split('.').length]).toEqual([false, 4]);
      });
      return key;
    };
    commit('c', 'api:1.2.0');
    const actionKey = await keyAfter(await api.actionKey('billing'));

    commit('d', 'api:1.3.0');
    const other = await keyAfter(actionKey);
    const stale = { action: 'sync', expected: { actionKey } };
    expect((await api.act('billing', stale)).status).toBe(409);
    expect(acting.bodies('/sync')).toEqual([]);

    commit('e', 'api:1.2.0');
    await keyAfter(other);
    const { status, body } = await api.act('billing', stale);
    expect([status, body.state]).toEqual([200, 'accepted']);
    expect(acting.bodies('/sync')).toMatchObject([
      { revision: 'e'.repeat(40) },
    ]);
    acting.finish('billing');
    await api.untilState('billing', body.id, 'succeeded');
  });
});
