import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { serve, type TestServer } from '../../__testUtils__/http';
import { recordMetrics } from '../../__testUtils__/metrics';
import {
  notificationRecordings,
  readNotifications,
  type RecordedNotification,
  sendNotification,
} from '../../__testUtils__/notifications';
import type { WebhookSecret } from '../../config/readArgoCdWebhooks';
import { createWebhookRouter } from './createWebhookRouter';

const TOKEN = 'token-of-argocd-notifications';
const KEY = 'key-of-the-signing-relay';
const README = resolve(__dirname, '../../../README.md');
const RECORDED: WebhookSecret = {
  kind: 'token',
  header: 'x-portal-token',
  token: TOKEN,
};

describe('the webhook for argocd-notifications', () => {
  let server: TestServer;
  let refreshRequests: ApplicationRef[];
  let failure: Error | undefined;

  beforeAll(async () => {
    const secrets: Record<string, WebhookSecret> = {
      main: RECORDED,
      documented: { kind: 'token', header: 'x-landfall-token', token: TOKEN },
      bearer: { kind: 'token', header: 'authorization', token: TOKEN },
      signed: { kind: 'hmac', secret: KEY },
    };
    const router = createWebhookRouter({
      webhooks: Object.entries(secrets).map(([instance, secret]) => ({
        instance,
        secret,
      })),
      onRefreshRequest: async ref => {
        if (failure) {
          throw failure;
        }
        refreshRequests.push(ref);
      },
      logger: mockServices.logger.mock(),
    });
    server = await serve(app => {
      app.use(router);
      app.use(mockErrorHandler());
    });
  });

  beforeEach(() => {
    refreshRequests = [];
    failure = undefined;
  });

  afterAll(() => server.close());

  async function send(
    notification: Partial<RecordedNotification>,
    instance = 'main',
  ) {
    return sendNotification(
      `${server.url}/v1/webhooks/argocd/${encodeURIComponent(instance)}`,
      {
        method: 'POST',
        headers: { 'x-portal-token': TOKEN },
        rawBody: '{"app":"api-dev","namespace":"argocd"}',
        ...notification,
      },
    );
  }

  describe.each(notificationRecordings())('%s', file => {
    const { title, requests = [] } = readNotifications(file, TOKEN);

    it(`handles ${title} as expected`, async () => {
      const answers: number[] = [];
      for (const recorded of requests) {
        answers.push((await send(recorded)).status);
      }
      // The recordings include a template without a method and a service without
      // the secret. Every other request identifies an application, whatever else
      // it contains, even without a revision.
      expect(answers).toEqual(
        requests.map(({ method, headers }) => {
          if (method !== 'POST') {
            return 405;
          }
          return 'X-Portal-Token' in headers ? 202 : 403;
        }),
      );
      const accepted = requests.filter((_, index) => answers[index] === 202);
      expect(refreshRequests).toEqual(
        accepted.map(({ rawBody }) => {
          const { app, namespace } = JSON.parse(rawBody);
          return { instance: 'main', name: app, namespace };
        }),
      );
    });
  });

  it('is tested with recorded posts of every trigger', () => {
    const events = new Set(
      notificationRecordings().flatMap(file =>
        (readNotifications(file, TOKEN).requests ?? []).map(
          ({ rawBody }) => JSON.parse(rawBody).event,
        ),
      ),
    );
    expect([...events]).toEqual(
      expect.arrayContaining([
        'on-created',
        'on-deleted',
        'on-deployed',
        'on-health-degraded',
        'on-sync-failed',
        'on-sync-running',
        'on-sync-succeeded',
      ]),
    );
  });

  it('accepts a name in the recorded configuration’s encoding, by its header', async () => {
    const { configMap = {} } = readNotifications('01-config.json', TOKEN);
    const { headers } = parse(configMap['service.webhook.portal']);
    const template = parse(configMap['template.portal-on-deployed']);
    const { method, body } = template.webhook.portal;
    expect(headers).toContainEqual({
      name: 'X-Portal-Token',
      value: '$portal-token',
    });
    const rawBody = body
      .replace('{{.app.metadata.name}}', 'api-dev')
      .replace('{{.app.metadata.namespace}}', 'argocd');

    expect((await send({ method, rawBody })).status).toBe(202);
    expect(refreshRequests).toEqual([
      { instance: 'main', namespace: 'argocd', name: 'api-dev' },
    ]);
  });

  it('accepts posts of the configuration in the README', async () => {
    const [, configMap] =
      /```yaml\n(apiVersion: v1\nkind: ConfigMap\n[^]*?)```/.exec(
        readFileSync(README, 'utf8'),
      ) ?? [];
    const { data } = parse(configMap);
    const service = parse(data['service.webhook.landfall']);
    expect(service.url).toMatch(/\/api\/delivery\/v1\/webhooks\/argocd\/main$/);
    for (const name of ['retryWaitMin', 'retryWaitMax']) {
      expect(Number.isInteger(service[name])).toBe(true);
    }
    const sent = parse(data['template.landfall']).webhook.landfall;
    const triggers = parse(data.subscriptions)[0].triggers.map((name: string) =>
      parse(data[`trigger.${name}`]),
    );
    for (const condition of triggers.flat()) {
      expect(condition.send).toEqual(['landfall']);
    }

    const { status } = await send(
      {
        method: sent.method,
        headers: Object.fromEntries(
          service.headers.map(
            ({ name, value }: { name: string; value: string }) => [
              name,
              value.replace('$landfall-token', TOKEN),
            ],
          ),
        ),
        rawBody: sent.body
          .replace('{{.app.metadata.name}}', 'api-dev')
          .replace('{{.app.metadata.namespace}}', 'argocd'),
      },
      'documented',
    );
    expect(status).toBe(202);
    expect(refreshRequests).toEqual([
      { instance: 'documented', namespace: 'argocd', name: 'api-dev' },
    ]);
  });

  it('answers a GET with what to send instead', async () => {
    const { status, body } = await send({ method: 'GET', rawBody: '' });
    expect(status).toBe(405);
    expect(body).toMatchObject({
      error: {
        name: 'MethodNotAllowedError',
        message: expect.stringContaining('method: POST'),
      },
      request: { method: 'GET', url: '/v1/webhooks/argocd/main' },
      response: { statusCode: 405 },
    });
  });

  it.each<[string, string, Record<string, string>]>([
    ['no token', 'main', { 'x-portal-token': '' }],
    ['a wrong token', 'main', { 'x-portal-token': `${TOKEN.slice(0, -1)}x` }],
    ['a longer token', 'main', { 'x-portal-token': `${TOKEN}x` }],
    ['a token elsewhere', 'main', { 'x-landfall-token': TOKEN }],
    ['no Bearer', 'bearer', { authorization: TOKEN }],
    ['no signature', 'signed', { 'x-portal-token': TOKEN }],
    ['an empty signature', 'signed', { 'x-hub-signature-256': 'sha256=' }],
    [
      'a signature of another body',
      'signed',
      {
        'x-hub-signature-256': `sha256=${createHmac('sha256', KEY)
          .update('{}')
          .digest('hex')}`,
      },
    ],
    ['an unknown instance', 'nowhere', { 'x-portal-token': TOKEN }],
    ['an unlikely instance', '__proto__', { 'x-portal-token': TOKEN }],
  ])('answers %s the same way', async (_, instance, headers) => {
    const unknown = await send({}, 'no-such-instance');
    expect(unknown.status).toBe(403);

    // The response repeats only the request itself.
    expect(await send({ headers }, instance)).toEqual({
      ...unknown,
      body: {
        ...unknown.body,
        request: {
          method: 'POST',
          url: `/v1/webhooks/argocd/${encodeURIComponent(instance)}`,
        },
      },
    });
    expect(refreshRequests).toEqual([]);
  });

  it('accepts a bearer token', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await send({ headers }, 'bearer')).status).toBe(202);
  });

  it('accepts an HMAC over the raw body', async () => {
    const rawBody = '{ "namespace": "argocd",\n "app": "caf\u00e9" }'.replace(
      'caf\u00e9',
      'api-dev',
    );
    const signature = createHmac('sha256', KEY).update(rawBody).digest('hex');
    const headers = { 'x-hub-signature-256': `sha256=${signature}` };

    expect((await send({ headers, rawBody }, 'signed')).status).toBe(202);
    expect(
      (await send({ headers, rawBody: `${rawBody} ` }, 'signed')).status,
    ).toBe(403);
    expect(refreshRequests).toHaveLength(1);
  });

  it.each([
    ['nothing', '', "isn't JSON"],
    ['half a body', '{"app":"api-dev","names', "isn't JSON"],
    ['a list', '[1,2]', '"app"'],
    ['null', 'null', '"app"'],
    ['no name', '{"namespace":"argocd"}', 'app.metadata.name'],
    ['no namespace', '{"app":"api-dev"}', 'namespace'],
    [
      'a value that the template lacks',
      '{"app":"api-dev","namespace":"<no value>"}',
      'app.metadata.namespace',
    ],
    [
      'a name that leads elsewhere',
      '{"app":"../clusters","namespace":"argocd"}',
      'app.metadata.name',
    ],
    [
      'a name with a slash',
      '{"app":"api-dev%2Fsync","namespace":"argocd"}',
      'app.metadata.name',
    ],
    [
      'a name that isn’t text',
      '{"app":{"$ne":1},"namespace":"argocd"}',
      'app.metadata.name',
    ],
    [
      'an upper-case name',
      '{"app":"API","namespace":"argocd"}',
      'app.metadata.name',
    ],
  ])('refuses %s with a reason', async (_, rawBody, reason) => {
    const { status, body } = await send({ rawBody });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: { name: 'InputError', message: expect.stringContaining(reason) },
      response: { statusCode: 400 },
    });
    expect(refreshRequests).toEqual([]);
  });

  it('refuses a body that is too large, with a reason', async () => {
    const rawBody = JSON.stringify({ app: 'x'.repeat(70_000) });
    const { status, body } = await send({ rawBody });
    expect(status).toBe(413);
    expect(body).toMatchObject({
      error: {
        name: 'PayloadTooLargeError',
        message: expect.stringContaining('bytes'),
      },
      response: { statusCode: 413 },
    });
  });

  it('answers with a retryable status when the request can’t be stored', async () => {
    failure = new Error('The database is away');
    expect((await send({})).status).toBe(500);
  });

  it('accepts any post without failing, and uses only valid Kubernetes names', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .record({ app: fc.anything(), namespace: fc.anything() })
            .map(body => JSON.stringify(body)),
          fc
            .record({ app: fc.string(), namespace: fc.string() })
            .map(body => JSON.stringify(body)),
        ),
        async rawBody => {
          refreshRequests = [];
          const { status } = await send({ rawBody });
          expect([202, 400]).toContain(status);
          expect(refreshRequests).toHaveLength(status === 202 ? 1 : 0);
          for (const { name, namespace } of refreshRequests) {
            expect(`${namespace}/${name}`).toMatch(/^[a-z0-9-]+\/[a-z0-9.-]+$/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('warns of refusals without quoting the post, and counts each', async () => {
    const logger = mockServices.logger.mock();
    const { metrics, measured } = recordMetrics();
    const router = createWebhookRouter({
      webhooks: [{ instance: 'main', secret: RECORDED }],
      onRefreshRequest: async () => {},
      logger,
      metrics,
    });
    const other = await serve(app => {
      app.use(router);
      app.use(mockErrorHandler());
    });
    for (const instance of ['intruder', 'main', 'main']) {
      await fetch(`${other.url}/v1/webhooks/argocd/${instance}`, {
        method: 'POST',
        body: '{}',
      });
    }
    await other.close();

    expect(logger.warn.mock.calls).toEqual([
      [
        expect.stringContaining(
          'A notification for an unconfigured Argo CD was refused (403)',
        ),
      ],
    ]);
    expect(measured).toEqual(
      Array.from({ length: 3 }, () => ({
        name: 'delivery.webhook.refusals',
        value: 1,
        labels: { status: 403 },
      })),
    );
  });

  it('names a configured instance as it is written, whatever it refuses', async () => {
    const logger = mockServices.logger.mock();
    const router = createWebhookRouter({
      webhooks: [{ instance: 'east/eu 1', secret: RECORDED }],
      onRefreshRequest: async () => {},
      logger,
    });
    const other = await serve(app => {
      app.use(router);
      app.use(mockErrorHandler());
    });
    const { status } = await fetch(
      `${other.url}/v1/webhooks/argocd/${encodeURIComponent('east/eu 1')}`,
      { method: 'POST', body: 'x'.repeat(70_000) },
    );
    await other.close();

    expect(status).toBe(413);
    expect(logger.warn.mock.calls).toEqual([
      [
        expect.stringContaining(
          "A notification for Argo CD 'east/eu 1' was refused (413)",
        ),
      ],
    ]);
  });
});
