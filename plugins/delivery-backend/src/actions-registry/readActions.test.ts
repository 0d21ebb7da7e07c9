import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import {
  ADA,
  BOB,
  EVE,
  REPOSITORY,
  startAskedPortal,
} from '../__testUtils__/askedPortal';
import { createTestDatabases } from '../__testUtils__/databases';
import { McpClient } from '../__testUtils__/mcp';

const READ_ACTIONS = [
  'delivery.list-promotions',
  'delivery.who-runs-what',
  'delivery.why-is-it-stuck',
  'delivery.would-update',
];

const databases = createTestDatabases();

describe('the actions that read, for an MCP client', () => {
  let portal: Awaited<ReturnType<typeof startAskedPortal>>;
  let ada: McpClient;

  beforeAll(async () => {
    portal = await startAskedPortal(databases);
    ada = await McpClient.connect(portal.server, ADA);
  });

  afterAll(async () => {
    await ada?.close();
    await portal?.stop();
  });

  async function as<T>(
    user: string,
    use: (client: McpClient) => Promise<T>,
  ): Promise<T> {
    const client = await McpClient.connect(portal.server, user);
    try {
      return await use(client);
    } finally {
      await client.close();
    }
  }

  it('are listed with what they do and need', async () => {
    const tools = await ada.tools();
    expect(tools.map(({ name }) => name).sort()).toEqual(READ_ACTIONS);
    for (const { description, annotations, inputSchema } of tools) {
      expect(description).toContain('Examples: {');
      expect(annotations).toMatchObject({
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
      });
      for (const property of Object.values(inputSchema.properties ?? {})) {
        expect(property).toHaveProperty('description');
      }
    }
  });

  it('answer who runs what, for an entity', async () => {
    const answer = await ada.call('delivery.who-runs-what', { entity: 'api' });
    expect(answer).toMatchObject({
      isError: false,
      structured: {
        total: 1,
        applications: [
          {
            entities: ['component:default/api'],
            application: { instance: 'main', name: 'api-dev' },
            environment: 'dev',
            health: 'Healthy',
            images: [{ repository: REPOSITORY, running: [{ tag: '1.0.0' }] }],
          },
        ],
        unreachable: [],
      },
    });
    expect(answer.text).toContain('api-dev in dev: runs 1.0.0 of shop/api');
  });

  it.each([
    ['the full name of its repository', { image: REPOSITORY }, 1],
    ['its name in any registry', { image: 'shop/api' }, 1],
    ['a version that runs', { image: 'shop/api', tag: '1.0.0' }, 1],
    ['a version that no pod runs', { image: 'shop/api', tag: '1.0.1' }, 0],
    ['a part of its name', { image: 'api' }, 1],
    ['a name that only ends alike', { image: 'pi' }, 0],
    ['a pattern', { image: '%' }, 0],
    ['another environment', { image: 'shop/api', environment: 'prod' }, 0],
  ])('answer who runs an image, by %s', async (_, args, total) => {
    const answer = await ada.call('delivery.who-runs-what', args);
    expect(answer.structured).toMatchObject({ total });
    expect(answer.structured?.applications).toHaveLength(total);
  });

  it('answer why a version waits', async () => {
    const answer = await ada.call('delivery.why-is-it-stuck', {
      entity: 'component:default/api',
    });
    expect(answer.structured).toMatchObject({
      waiting: [
        {
          application: { name: 'api-dev' },
          environment: 'dev',
          version: { tag: '1.0.1' },
          stage: 'pushed',
          failed: false,
          waiting: {
            code: 'updater-cycle',
            message: 'Waiting for the next cycle of Image Updater',
            since: expect.any(String),
          },
        },
      ],
    });
    expect(answer.text).toContain('1.0.1 of shop/api is pushed');
  });

  it('answer why a version that isn’t even pushed isn’t there', async () => {
    const answer = await ada.call('delivery.why-is-it-stuck', {
      entity: 'api',
      tag: '2.0.0',
    });
    expect(answer.structured).toMatchObject({ waiting: [] });
    expect(answer.text).toContain(
      'if 2.0.0 were pushed, which the registry does not have yet: outside the constraint ~1.0',
    );
  });

  it('list promotions', async () => {
    const open = await ada.call('delivery.list-promotions', {
      entity: 'api',
      outcome: 'open',
    });
    expect(open.structured).toMatchObject({
      promotions: [
        {
          application: { name: 'api-dev' },
          version: { tag: '1.0.1' },
          outcome: 'open',
          stages: { pushed: { basis: 'reported' } },
          waiting: { code: 'updater-cycle' },
        },
      ],
    });
    const failed = await ada.call('delivery.list-promotions', {
      entity: 'api',
      outcome: 'failed',
    });
    expect(failed.structured).toEqual({
      summary: ['There are no promotions like that'],
      promotions: [],
    });
  });

  it('answer what Image Updater would do, with a tag or without', async () => {
    const present = await ada.call('delivery.would-update', { entity: 'api' });
    expect(present.structured).toMatchObject({
      applications: [
        {
          application: { name: 'api-dev' },
          repository: REPOSITORY,
          state: 'not-enabled',
          next: { outcome: 'update', version: { tag: '1.0.1' } },
        },
      ],
    });
    const later = await ada.call('delivery.would-update', {
      entity: 'api',
      tag: '1.0.7',
    });
    expect(later.structured).toMatchObject({
      applications: [
        {
          next: { outcome: 'update', version: { tag: '1.0.7' } },
          tag: { tag: '1.0.7', known: false, accepted: true, isNext: true },
          others: [
            {
              tag: '1.0.1',
              code: 'older',
              reason: { message: 'lower than 1.0.7' },
            },
          ],
          othersTotal: 1,
        },
      ],
    });
    const other = await ada.call('delivery.would-update', {
      entity: 'api',
      repository: 'shop/other',
    });
    expect(other.text).toContain(
      'shop/other is not one of the image repositories here',
    );
  });

  it.each([
    ['neither entity nor image', {}, "Give either 'entity'"],
    ['both', { entity: 'api', image: 'shop/api' }, "Give either 'entity'"],
    [
      'a malformed ref',
      { entity: 'component:default/' },
      'is not an entity ref',
    ],
    ['an unknown entity', { entity: 'nobody' }, 'There is no entity'],
    ['a malformed tag', { image: 'shop/api', tag: 'a b' }, 'Invalid input'],
    [
      'a limit beyond the most',
      { entity: 'api', limit: 1000 },
      'Invalid input',
    ],
  ])('refuse %s with what to do', async (_, args, message) => {
    const answer = await ada.call('delivery.who-runs-what', args);
    expect(answer.isError).toBe(true);
    expect(answer.text).toContain(message);
  });

  it('are neither seen nor callable without the permission', async () => {
    await as(BOB, async bob => {
      expect(await bob.tools()).toEqual([]);
      for (const name of READ_ACTIONS) {
        const answer = await bob.call(name, { entity: 'api' });
        expect(answer).toEqual({
          isError: true,
          text: `NotFoundError: Action "${name}" not found`,
        });
      }
    });
    // Not around the MCP endpoint, either.
    for (const name of READ_ACTIONS) {
      const id = name.replace('.', ':');
      await request(portal.server)
        .post(`/api/delivery/.backstage/actions/v1/actions/${id}/invoke`)
        .set('Authorization', mockCredentials.user.header(BOB))
        .send({ entity: 'api' })
        .expect(404);
    }
  });

  it('show only what the caller may see', async () => {
    await as(EVE, async eve => {
      expect(await eve.tools()).toHaveLength(READ_ACTIONS.length);
      for (const name of READ_ACTIONS) {
        const answer = await eve.call(name, { entity: 'api' });
        expect(answer.isError).toBe(true);
        expect(answer.text).toContain(
          "There is no entity 'component:default/api', or you may not see it",
        );
      }
      const answer = await eve.call('delivery.who-runs-what', {
        image: 'shop/api',
      });
      expect(answer.structured).toEqual({
        summary: ['No application that you may see runs shop/api'],
        total: 0,
        applications: [],
        unreachable: [],
      });
      expect(answer.text).not.toContain(REPOSITORY);
    });
  });

  it('can be called by a script without MCP', async () => {
    const { body } = await request(portal.server)
      .post(
        '/api/delivery/.backstage/actions/v1/actions/delivery:who-runs-what/invoke',
      )
      .set('Authorization', mockCredentials.user.header(ADA))
      .send({ entity: 'api' })
      .expect(200);
    expect(body.output.summary).toEqual([
      expect.stringContaining('api-dev in dev: runs 1.0.0 of shop/api'),
    ]);
  });

  it('need a caller', async () => {
    for (const path of [
      '/api/mcp-actions/v1',
      '/api/delivery/.backstage/actions/v1/actions/delivery:who-runs-what/invoke',
    ]) {
      const { status } = await request(portal.server)
        .post(path)
        .set('Authorization', mockCredentials.none.header())
        .send({});
      expect(status).toBe(401);
    }
  });
});
