import type { StuckReason } from '@landfall/backstage-plugin-delivery-common';
import { describeStuckReason } from '@landfall/backstage-plugin-delivery-common';
import { promotionAt, REF } from '../__testUtils__/promotions';
import type { Notice } from '../store/operations/notificationOutbox';
import { toNotification } from './toNotification';

const WAITS: StuckReason = {
  code: 'merge-pending',
  parameters: { request: '#7', url: 'https://git.example.com/7' },
  advice: { code: 'advice.merge-request', parameters: {} },
};

const address = (notice: Notice, id = 1, environment = 'prod') => ({
  id,
  notice,
  environment,
  recipients: [
    { entityRef: 'component:default/api', owners: ['group:default/shop'] },
  ],
});

describe('toNotification', () => {
  it.each<[Notice, string, string, string]>([
    [
      {
        kind: 'failed',
        promotion: promotionAt(1, {
          reason: {
            code: 'promotion.sync-failed',
            parameters: { message: 'no such host' },
          },
        }),
      },
      'Failed deployments',
      'shop/api 1.0.1 failed in prod',
      'Application api-dev: no such host',
    ],
    [
      { kind: 'recovered', promotion: promotionAt(1) },
      'Recovered deployments',
      'shop/api 1.0.1 recovered and is live in prod',
      'Application api-dev',
    ],
    [
      {
        kind: 'rolled-back',
        promotion: promotionAt(1, {
          reason: {
            code: 'promotion.rolled-back-by',
            parameters: { version: '1.0.0', user: 'jo' },
          },
        }),
      },
      'Rolled back deployments',
      'shop/api 1.0.1 was rolled back in prod',
      'Application api-dev: Rolled back to 1.0.0 by jo',
    ],
    [
      {
        kind: 'stuck',
        promotion: promotionAt(1),
        reason: describeStuckReason(WAITS),
      },
      'Stuck deployments',
      'shop/api 1.0.1 is stuck on its way to prod',
      'Application api-dev: Waiting for a merge of request #7: https://git.example.com/7',
    ],
    [
      {
        kind: 'approval',
        entityRef: 'component:default/api',
        approvers: ['group:default/on-call'],
        record: {
          id: 'p01',
          action: 'sync',
          state: 'waiting',
          application: REF,
          environment: 'prod',
          user: 'user:default/ada',
          reason: 'after the outage',
          requestedAt: '2026-11-30T05:00:00.000Z',
          changedAt: '2026-11-30T05:00:00.000Z',
        },
      },
      'Approvals',
      'sync of api-dev in prod waits for approval',
      'Application api-dev: asked for by user:default/ada, after the outage',
    ],
  ])('has a topic of its own: %#', (notice, topic, title, description) => {
    const { payload, recipients } = toNotification({
      to: ['component:default/api'],
      one: address(notice),
    });
    expect(payload).toMatchObject({
      topic,
      title,
      description: expect.stringContaining(description),
      link: '/catalog/default/component/api/deployments',
      scope: expect.stringMatching(/^delivery:(action:)?p01$/),
    });
    expect(recipients).toEqual({
      type: 'entity',
      entityRef: ['component:default/api'],
    });
  });

  it('counts what a digest is about, and leads to the fleet of its owner', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      address(
        {
          kind: 'stuck',
          promotion: promotionAt(index % 8),
          reason: describeStuckReason(WAITS),
        },
        100 + index,
        index < 30 ? 'dev' : 'prod',
      ),
    );
    expect(toNotification({ to: ['group:default/shop'], many })).toEqual({
      recipients: { type: 'entity', entityRef: ['group:default/shop'] },
      payload: {
        title: '40 deployments are stuck',
        description:
          '30 in dev, 10 in prod: shop/api 1.0.0, shop/api 1.0.1, shop/api 1.0.2, shop/api 1.0.3, shop/api 1.0.4, 3 more',
        link: '/delivery?owner=group%3Adefault%2Fshop&state=stuck&sort=urgency',
        severity: 'normal',
        topic: 'Stuck deployments',
        scope: 'delivery:digest:100',
      },
    });
  });
});
