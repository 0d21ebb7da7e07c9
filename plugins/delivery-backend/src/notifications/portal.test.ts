import { waitFor } from '@landfall/testing-kit';
import {
  ADA,
  startActingArgoCd,
  startActingPortal,
} from '../__testUtils__/actingPortal';
import { createTestDatabases } from '../__testUtils__/databases';
import { keptNotifications } from '../__testUtils__/keptNotifications';

const databases = createTestDatabases();

jest.setTimeout(60_000);

describe('the notifications of a portal', () => {
  it('inform approvers of an action that waits for them', async () => {
    const { systems } = await startActingArgoCd();
    const notifications = keptNotifications();
    const portal = await startActingPortal({
      databases,
      systems,
      features: [notifications.factory],
      delivery: {
        environments: [{ name: 'dev' }],
        notifications: { enabled: true, digest: { window: { seconds: 0 } } },
      },
      actions: {
        approvals: [
          { environment: 'dev', approvers: ['group:default/on-call'] },
        ],
      },
    });
    try {
      const { body } = await portal.api.act('billing', {
        action: 'sync',
        reason: 'after the outage',
      });
      expect(body.state).toBe('waiting');
      await waitFor(() =>
        expect(notifications.sent).toContainEqual({
          recipients: { type: 'entity', entityRef: ['group:default/on-call'] },
          payload: expect.objectContaining({
            title: `sync of billing in ${body.environment} waits for approval`,
            description: `Application billing: asked for by ${ADA}, after the outage`,
            link: '/catalog/default/component/billing/deployments',
            topic: 'Approvals',
            scope: `delivery:action:${body.id}`,
          }),
        }),
      );
    } finally {
      await portal.stop();
      await systems.stop();
    }
  });
});
