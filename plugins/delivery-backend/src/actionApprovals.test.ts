import { mockServices } from '@backstage/backend-test-utils';
import { waitFor } from '@landfall/testing-kit';
import type { Knex } from 'knex';
import type { ActingArgoCd } from './__testUtils__/ActingArgoCd';
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

describe.each(databases.eachSupportedId())('approvals on %s', id => {
  let systems: PortalSystems;
  let acting: ActingArgoCd;
  let knex: Knex;
  let stop = async () => {};

  beforeEach(async () => {
    ({ systems, acting } = await startActingArgoCd());
    knex = await databases.init(id);
  });

  afterEach(async () => {
    await stop();
    await systems.stop();
  });

  const groups = new Map([
    [ADA, ['group:default/shop']],
    [BOB, ['group:default/leads']],
  ]);

  async function startWithApprovals() {
    const userInfo = mockServices.userInfo.mock();
    userInfo.getUserInfo.mockImplementation(async credentials => {
      const userEntityRef = mockUser(credentials);
      const refs = groups.get(userEntityRef) ?? [];
      return { userEntityRef, ownershipEntityRefs: [userEntityRef, ...refs] };
    });
    const portal = await startActingPortal({
      databases,
      knex,
      systems,
      features: [userInfo.factory],
      actions: {
        approvals: [{ environment: 'dev', approvers: ['leads'] }],
      },
    });
    stop = portal.stop;
    return portal;
  }

  it('need somebody else, and what was seen', async () => {
    const { api } = await startWithApprovals();
    const { body } = await api.act('billing', { action: 'sync' });
    expect(body.state).toBe('waiting');
    expect(acting.bodies('/sync')).toEqual([]);

    const own = await api.decide('billing', body.id, { approve: true }, ADA);
    expect(own.status).toBe(403);
    const other = await api.decide('cart', body.id, { approve: true }, BOB);
    expect(other.status).toBe(404);
    const both = await Promise.all([
      api.decide('billing', body.id, { approve: true }, BOB),
      api.decide('billing', body.id, { approve: true }, BOB),
    ]);

    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(acting.bodies('/sync')).toHaveLength(1);
    expect(await api.untilState('billing', body.id, 'accepted')).toMatchObject({
      user: ADA,
      approver: BOB,
    });
  });

  it('don’t count once the application has changed', async () => {
    const { api } = await startWithApprovals();
    const { body } = await api.act('billing', { action: 'sync' });
    const before = await api.actionKey('billing');
    const application = acting.application('billing');
    const source = { repoURL: 'https://git.example.com/x.git', path: 'x' };
    acting.put({
      ...application,
      spec: { ...Object(application.spec), source },
    });
    await waitFor(async () =>
      expect(await api.actionKey('billing')).not.toBe(before),
    );

    const late = await api.decide('billing', body.id, { approve: true }, BOB);

    expect(late.body).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('changed before it was approved'),
    });
    expect(acting.bodies('/sync')).toEqual([]);
  });

  it('can be refused, and expire', async () => {
    const { api } = await startWithApprovals();
    const { body } = await api.act('billing', { action: 'sync' });
    const refused = await api.decide(
      'billing',
      body.id,
      { approve: false, reason: 'not on Friday' },
      BOB,
    );
    expect(refused.body).toMatchObject({
      state: 'rejected',
      approver: BOB,
      message: 'not on Friday',
    });
    const next = await api.act('billing', { action: 'sync' });
    await ageAction(knex, next.body.id, 86_400_000);
    await api.untilState('billing', next.body.id, 'rejected');
    expect(acting.bodies('/sync')).toEqual([]);
  });

  it('aren’t needed to refresh or to try', async () => {
    const { api } = await startWithApprovals();
    const refresh = await api.act('billing', { action: 'refresh' });
    expect(refresh.body.state).toBe('succeeded');
    const dryRun = await api.act('billing', { action: 'sync', dryRun: true });
    expect(dryRun.body.state).toBe('accepted');
  });
});

function mockUser(credentials: unknown): string {
  const { principal } = Object(credentials);
  return principal?.userEntityRef ?? 'user:default/mock';
}
