import { createServiceFactory } from '@backstage/backend-plugin-api';
import type { VersionChangeRequest } from '@landfall/backstage-plugin-delivery-common';
import {
  type DeliveryActionServiceOptions,
  type DeliveryActionsService,
  deliveryActionsServiceRef,
} from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod';
import {
  ADA,
  startActingArgoCd,
  startActingPortal,
} from '../__testUtils__/actingPortal';
import { createTestDatabases } from '../__testUtils__/databases';
import { McpClient } from '../__testUtils__/mcp';
import { MCP_PORTAL } from '../__testUtils__/mcpPortal';
import type { PortalSystems } from '../__testUtils__/portal';

const databases = createTestDatabases();

jest.setTimeout(60_000);

describe('the action that promotes, for an MCP client', () => {
  let systems: PortalSystems;
  let portal: Awaited<ReturnType<typeof startActingPortal>>;
  let ada: McpClient;
  const started: {
    request: VersionChangeRequest;
    options: DeliveryActionServiceOptions;
  }[] = [];

  const unexpected = async () => {
    throw new Error('Not part of a promotion');
  };

  /** In place of the API that writes to Git. */
  const versionChanges: DeliveryActionsService = {
    getAvailableActions: unexpected,
    startAction: unexpected,
    getActions: unexpected,
    decideAction: unexpected,
    previewVersionChange: async ({ items }) => ({
      changes: [
        {
          repositoryUrl: 'https://git.example.com/deploy.git',
          branch: 'main',
          title: 'Promote',
          description: '',
          via: 'request',
          files: [{ path: 'values.yaml', diff: '-tag: 1\n+tag: 2' }],
        },
      ],
      items: items.map(({ application, repository, tag }) => ({
        application,
        repository,
        from: '1.0.0',
        to: tag,
        notes: [
          {
            code: 'note',
            parameters: {},
            message: 'Image Updater would move it again',
          },
        ],
      })),
    }),
    startVersionChange: async (asked, options) => {
      started.push({ request: asked, options });
      return {
        items: asked.items.map(({ application }) => ({
          id: 'id-of-a-record',
          action: 'promote',
          state: 'accepted',
          application,
          environment: 'default',
          user: ADA,
          requestedAt: '2026-11-30T05:00:00.000Z',
          changedAt: '2026-11-30T05:00:00.000Z',
          change: { kind: 'request', url: 'https://git.example.com/7' },
        })),
      };
    },
  };

  beforeAll(async () => {
    ({ systems } = await startActingArgoCd());
    portal = await startActingPortal({
      databases,
      systems,
      ...MCP_PORTAL,
      features: [
        ...MCP_PORTAL.features,
        createServiceFactory({
          service: deliveryActionsServiceRef,
          deps: {},
          factory: () => versionChanges,
        }),
      ],
    });
    ada = await McpClient.connect(portal.server, ADA);
  });

  afterAll(async () => {
    await ada?.close();
    await portal?.stop();
    await systems?.stop();
  });

  it('shows what would change, and does it with what it showed', async () => {
    const who = await ada.call('delivery.who-runs-what', { entity: 'billing' });
    const { applications } = z
      .object({
        applications: z.array(
          z.object({
            environment: z.string(),
            images: z.array(z.object({ repository: z.string() })),
          }),
        ),
      })
      .parse(who.structured);
    const [{ environment, images }] = applications;
    const wanted = {
      entity: 'billing',
      environment,
      tag: '1.4.3',
      repository: images[0].repository,
    };

    const preview = await ada.call('delivery.promote', wanted);
    expect(preview.structured).toMatchObject({
      preview: {
        expected: [{ name: 'billing', actionKey: expect.any(String) }],
        changes: [{ files: [{ diff: '-tag: 1\n+tag: 2' }] }],
      },
    });
    expect(preview.text).toContain('1.0.0 → 1.4.3');
    expect(preview.text).toContain('Image Updater would move it again');
    expect(started).toEqual([]);

    const { expected } = z
      .object({ preview: z.object({ expected: z.array(z.unknown()) }) })
      .parse(preview.structured).preview;
    const carried = { ...wanted, expected, reason: 'Tested in staging' };
    const done = await ada.call('delivery.promote', carried);
    await ada.call('delivery.promote', carried);
    expect(done.structured).toMatchObject({
      records: [{ state: 'accepted', url: 'https://git.example.com/7' }],
    });
    expect(started[0].request).toEqual({
      action: 'promote',
      reason: 'Tested in staging',
      items: [
        {
          entityRef: 'component:default/billing',
          application: expect.objectContaining({ name: 'billing' }),
          expected: { actionKey: expect.any(String) },
          repository: images[0].repository,
          tag: '1.4.3',
        },
      ],
    });
    const keys = started.map(({ options }) => options.idempotencyKey);
    expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(JSON.stringify(started[0].options.credentials)).toContain(ADA);
  });

  it.each<[string, object, string]>([
    [
      'an environment that it isn’t in',
      { environment: 'nowhere', tag: '1.4.3' },
      'The entity has no such application',
    ],
    [
      'an image that it doesn’t run',
      { environment: 'default', tag: '1.4.3', repository: 'r.example.com/x' },
      'Give one of the image repositories of billing',
    ],
  ])('refuses %s', async (_, args, message) => {
    const who = await ada.call('delivery.who-runs-what', { entity: 'billing' });
    const environment = z
      .object({ applications: z.array(z.object({ environment: z.string() })) })
      .parse(who.structured).applications[0].environment;
    const answer = await ada.call('delivery.promote', {
      entity: 'billing',
      ...args,
      ...('repository' in args && { environment }),
    });
    expect(answer.isError).toBe(true);
    expect(answer.text).toContain(message);
  });
});
