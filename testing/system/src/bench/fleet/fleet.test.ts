import { CREDENTIALS, defaultConfig, startSandbox } from '@landfall/sandbox';
import { waitUntil } from '@landfall/testing-kit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fleetExtension } from './fleetExtension';

const NAME = 'fleet-00001-dev';
const OPTIONS = '?appNamespace=fleet&project=fleet';

const applicationSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), resourceVersion: z.string() }),
  operation: z.object({}).optional(),
  status: z.looseObject({
    sync: z.looseObject({ status: z.string() }),
    health: z.object({ status: z.string() }),
    summary: z.object({ images: z.array(z.string()) }),
    operationState: z.looseObject({ phase: z.string() }).optional(),
    resources: z.array(z.unknown()).optional(),
    history: z.array(
      z.looseObject({
        id: z.number(),
        revision: z.string(),
        deployStartedAt: z.string(),
      }),
    ),
  }),
});
type FleetApplication = z.infer<typeof applicationSchema>;

const listSchema = z.object({ items: z.array(applicationSchema).nullable() });
const eventSchema = z.object({
  result: z.object({ application: applicationSchema }),
});

/** Operation, phase, sync, health, image tags and last history id in one line. */
function summary({ operation, status }: FleetApplication): string {
  const tags = status.summary.images.map(image => image.split(':').pop());
  return [
    operation ? 'operation' : 'idle',
    status.operationState?.phase ?? '-',
    status.sync.status,
    status.health.status,
    tags.join('+'),
    `h${status.history.at(-1)?.id}`,
  ].join(' ');
}

let folder: string;
let sandbox: Awaited<ReturnType<typeof start>>;

async function start() {
  const ports = { argocd: 0 };
  const config = defaultConfig({ stateDir: folder, ports });
  delete config.argocd.publicUrl;
  const logger = { info: () => {}, warn: () => {}, error: () => {} };
  return startSandbox({
    config,
    parts: ['argocd'],
    loggerFor: () => logger,
    extendArgoCd: fleetExtension,
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-'));
  sandbox = await start();
});

afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

async function restart(): Promise<void> {
  await sandbox.stop();
  sandbox = await start();
}

function call(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${sandbox.urls.argocd}${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${CREDENTIALS.argocd.admin.token}`,
      'content-type': 'application/json',
    },
  });
}

/** Calls a control: its status and response. */
async function control(
  method: 'PUT' | 'POST',
  path: string,
  body: unknown,
): Promise<{ status: number; text: string }> {
  const response = await call(`/_sandbox/${path}`, {
    method,
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

const grow = (size: unknown, environments?: string[]) =>
  control('PUT', 'fleet', { size, environments });

async function list(query = ''): Promise<FleetApplication[]> {
  const response = await call(`/api/v1/applications?projects=fleet${query}`);
  return listSchema.parse(await response.json()).items ?? [];
}

const names = async () => (await list()).map(({ metadata }) => metadata.name);

describe('a fleet', () => {
  it('has applications of a size that they have in reality, if wanted', async () => {
    await control('PUT', 'fleet', { size: 1, large: true });
    const [application] = await list();
    expect(application.status.history).toHaveLength(10);
    expect(application.status.resources).toHaveLength(40);
    const { length } = JSON.stringify(application);
    expect(Math.round(length / 1000)).toBeGreaterThanOrEqual(55);
    expect(Math.round(length / 1000)).toBeLessThanOrEqual(65);
    await grow(0);
  });

  it('grows and shrinks, service by service, and can be removed', async () => {
    expect(await grow(20)).toEqual({ status: 200, text: '{"size":20}' });
    expect((await names()).slice(0, 4)).toEqual([
      'fleet-00001-dev',
      'fleet-00001-prod',
      'fleet-00001-staging',
      'fleet-00002-dev',
    ]);
    await grow(6, ['dev', 'prod']);
    expect(await names()).toEqual([
      'fleet-00001-dev',
      'fleet-00001-prod',
      'fleet-00002-dev',
      'fleet-00002-prod',
      'fleet-00003-dev',
      'fleet-00003-prod',
    ]);
    expect(await grow(0)).toEqual({ status: 200, text: '{"size":0}' });
    expect(await list()).toEqual([]);
    expect((await call('/api/v1/projects/fleet')).status).toBe(404);
  });

  it('looks like Healthy applications of real size, and is found like them', async () => {
    await grow(20);
    for (const app of await list()) {
      expect(summary(app)).toMatch(
        /^idle Succeeded Synced Healthy 1\.0\.\d h\d$/,
      );
    }
    const response = await call('/api/v1/applications?projects=fleet');
    const bytes = (await response.text()).length / 20;
    expect(bytes).toBeGreaterThan(5500);
    expect(bytes).toBeLessThan(7000);
    expect(
      await list('&selector=environment%3Dprod,team%3Dteam-1'),
    ).toHaveLength(6);
    const one = await call(`/api/v1/applications/${NAME}${OPTIONS}`);
    expect(applicationSchema.parse(await one.json()).metadata.name).toBe(NAME);
  });

  it('has metadata of its commits', async () => {
    const [app] = await list(`&name=${NAME}`);
    const metadataOf = async (revision: string) => {
      const path = `/api/v1/applications/${NAME}/revisions/${revision}/metadata`;
      const response = await call(`${path}${OPTIONS}`);
      return { status: response.status, ...Object(await response.json()) };
    };
    const messages = [];
    for (const { revision, deployStartedAt } of app.status.history) {
      const { date, message } = await metadataOf(revision);
      expect(Date.parse(date)).toBeLessThan(Date.parse(deployStartedAt));
      messages.push(message);
    }
    expect(messages).toEqual([
      'Add fleet-00001-dev',
      "build: automatic update of fleet-00001-dev\n\nupdates image team-1/fleet-00001 tag '1.0.0' to '1.0.1'",
    ]);
    expect((await metadataOf('0'.repeat(40))).status).toBe(500);
  });

  it('is the same after a restart', async () => {
    const versions = async () =>
      (await list()).map(({ metadata }) => metadata.resourceVersion);
    const before = await versions();
    await restart();
    expect(await versions()).toEqual(before);
  });

  it('is promoted with the events of a real promotion', async () => {
    await grow(1, ['dev']);
    const stream = await call(
      `/api/v1/stream/applications?name=${NAME}&appNamespace=fleet`,
    );
    const seen: string[] = [];
    const reading = collect(stream, seen);
    await waitUntil('the first event', async () => seen.length > 0);
    const { text } = await control('POST', 'fleet/stir', {
      rate: 200,
      seconds: 0.001,
    });
    expect(text.trim().split('\n')).toHaveLength(8);
    await waitUntil('the last event', async () => seen.length === 9);
    await reading.stop();
    expect(seen).toEqual([
      'idle Succeeded Synced Healthy 1.0.1 h1',
      'operation - Synced Healthy 1.0.1 h1',
      'operation - OutOfSync Healthy 1.0.1 h1',
      'operation Running OutOfSync Healthy 1.0.1 h1',
      'operation Running OutOfSync Healthy 1.0.1 h2',
      'idle Succeeded OutOfSync Healthy 1.0.1 h2',
      'idle Succeeded Synced Progressing 1.0.1+1.0.2 h2',
      'idle Succeeded Synced Healthy 1.0.1+1.0.2 h2',
      'idle Succeeded Synced Healthy 1.0.2 h2',
    ]);
  });

  it('completes promotions that a restart interrupted', async () => {
    await grow(20);
    const { body } = await call('/_sandbox/fleet/stir', {
      method: 'POST',
      body: JSON.stringify({ rate: 200, seconds: 30 }),
    });
    const reader = body?.getReader();
    // Once there are events, some promotions are in progress.
    await reader?.read();
    await restart();
    await reader?.cancel().catch(() => undefined);
    for (const app of await list()) {
      expect(summary(app)).toMatch(
        /^idle Succeeded Synced Healthy 1\.0\.(\d+) h\1$/,
      );
    }
  });

  it.each<['PUT' | 'POST', string, object, string]>([
    ['PUT', 'fleet', { size: 'many' }, 'size: '],
    ['PUT', 'fleet', { size: 1_000_000 }, 'size: Too big'],
    ['PUT', 'fleet', { size: 2, environments: ['Dev'] }, 'environments.0: '],
    ['POST', 'fleet/stir', { rate: 'x' }, 'rate: '],
    ['POST', 'fleet/stir', { rate: 0 }, 'rate: Too small'],
  ])('%s %s with %j is refused', async (method, path, body, message) => {
    const { status, text } = await control(method, path, body);
    expect(status).toBe(400);
    expect(text).toContain(message);
  });

  it('can’t be stirred when it is empty', async () => {
    await grow(0);
    expect(
      await control('POST', 'fleet/stir', { rate: 1, seconds: 1 }),
    ).toEqual({
      status: 400,
      text: '{"error":"there is no fleet: grow one first"}',
    });
  });
});

/** Adds the summary of each application in a stream, until it is stopped. */
function collect({ body }: Response, seen: string[]) {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => {
    let rest = '';
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) {
        return;
      }
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const { result } = eventSchema.parse(JSON.parse(line));
        seen.push(summary(result.application));
      }
    }
  };
  const ended = read();
  return {
    stop: async () => {
      await reader?.cancel();
      await ended;
    },
  };
}
