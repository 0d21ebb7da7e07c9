import { asArray, asObject, asString, at, type Obj } from './json';
import { Harness } from './__testUtils__/Harness';
import { settled, summary, type Watch } from './__testUtils__/Watch';

const NAME = 'fleet-00001-dev';
const OPTIONS = '?appNamespace=fleet&project=fleet';

let harness: Harness;

beforeAll(async () => {
  harness = await Harness.start();
});

afterAll(async () => {
  harness.assertQuiet();
  await harness.stop();
});

/** Calls a control of the harness's Argo CD: its status and response. */
async function control(
  method: 'PUT' | 'POST',
  path: string,
  body: unknown,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${harness.argocd.url}/_sandbox/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

const grow = (size: unknown, environments?: string[]) =>
  control('PUT', 'fleet', { size, environments });

async function list(query = ''): Promise<Obj[]> {
  const { body } = await harness.call(
    'GET',
    `/api/v1/applications?projects=fleet${query}`,
  );
  return asArray(at(body, 'items')).map(asObject);
}

const nameOf = (app: Obj) => asString(at(app, 'metadata', 'name'));

describe('a fleet', () => {
  it('grows and shrinks, service by service, and can be removed', async () => {
    expect(await grow(20)).toEqual({ status: 200, text: '{"size":20}' });
    expect((await list()).map(nameOf).slice(0, 4)).toEqual([
      'fleet-00001-dev',
      'fleet-00001-prod',
      'fleet-00001-staging',
      'fleet-00002-dev',
    ]);
    await grow(6, ['dev', 'prod']);
    expect((await list()).map(nameOf)).toEqual([
      'fleet-00001-dev',
      'fleet-00001-prod',
      'fleet-00002-dev',
      'fleet-00002-prod',
      'fleet-00003-dev',
      'fleet-00003-prod',
    ]);
    expect(await grow(0)).toEqual({ status: 200, text: '{"size":0}' });
    expect(await list()).toEqual([]);
    const projects = await harness.call('GET', '/api/v1/projects/fleet');
    expect(projects.status).toBe(404);
  });

  it('looks like applications of real size that are well, and is found like them', async () => {
    await grow(20);
    const apps = await list();
    for (const app of apps) {
      const size = JSON.stringify(app).length;
      expect(size).toBeGreaterThan(5500);
      expect(size).toBeLessThan(7000);
      expect(summary(app)).toMatch(
        /^idle Succeeded Synced Healthy 1\.0\.\d h\d$/,
      );
    }
    expect(
      await list('&selector=environment%3Dprod,team%3Dteam-1'),
    ).toHaveLength(6);
    const [cut] = await list(`&name=${NAME}&fields=items.metadata.name`);
    expect(cut).toEqual({ metadata: { name: NAME } });
    const one = await harness.call(
      'GET',
      `/api/v1/applications/${NAME}${OPTIONS}`,
    );
    expect(nameOf(asObject(one.body))).toBe(NAME);
  });

  it('says what its commits were', async () => {
    const app = (await list(`&name=${NAME}`))[0];
    const history = asArray(at(app, 'status', 'history'));
    const messages = await Promise.all(
      history.map(async entry => {
        const { body } = await harness.call(
          'GET',
          `/api/v1/applications/${NAME}/revisions/${at(
            entry,
            'revision',
          )}/metadata${OPTIONS}`,
        );
        expect(Date.parse(String(at(body, 'date')))).toBeLessThan(
          Date.parse(String(at(entry, 'deployStartedAt'))),
        );
        return at(body, 'message');
      }),
    );
    expect(messages).toEqual([
      'Add fleet-00001-dev',
      "build: automatic update of fleet-00001-dev\n\nupdates image team-1/fleet-00001 tag '1.0.0' to '1.0.1'",
    ]);
    const unknown = await harness.call(
      'GET',
      `/api/v1/applications/${NAME}/revisions/${'0'.repeat(
        40,
      )}/metadata${OPTIONS}`,
    );
    expect(unknown.status).toBe(500);
  });

  it('rests: it is the same after a restart', async () => {
    const before = await list();
    const marks = before.map(app => at(app, 'metadata', 'resourceVersion'));
    await harness.restart();
    const after = await list();
    expect(after.map(app => at(app, 'metadata', 'resourceVersion'))).toEqual(
      marks,
    );
  });

  it('is promoted as Argo CD tells of a promotion, and rests again', async () => {
    await grow(1, ['dev']);
    const watch = await harness.watch(`${NAME}&appNamespace=fleet`);
    try {
      await watch.until(({ type }) => type === 'ADDED');
      const { text } = await control('POST', 'fleet/stir', {
        rate: 200,
        seconds: 0.001,
      });
      expect(text.trim().split('\n')).toHaveLength(8);
      await watch.until(({ app }) => settled('1.0.2')(app));
    } finally {
      watch.close();
    }
    expect(eventsOf(watch)).toEqual([
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

  it('comes to rest after a restart in the midst of promotions', async () => {
    await grow(20);
    const stirring = fetch(`${harness.argocd.url}/_sandbox/fleet/stir`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rate: 200, seconds: 30 }),
    });
    const { body } = await stirring;
    const reader = body?.getReader();
    // Once there are events, some promotions are in progress.
    await reader?.read();
    await harness.restart();
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

  it('can’t be stirred when there is none', async () => {
    await grow(0);
    expect(
      await control('POST', 'fleet/stir', { rate: 1, seconds: 1 }),
    ).toEqual({
      status: 400,
      text: '{"error":"there is no fleet: grow one first"}',
    });
  });
});

function eventsOf(watch: Watch): string[] {
  return watch.events.map(({ app }) => summary(app));
}
