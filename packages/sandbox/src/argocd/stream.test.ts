import { get, type IncomingMessage } from 'node:http';
import { application } from './__testUtils__/chart';
import { Harness } from './__testUtils__/Harness';
import { recordings } from './__testUtils__/recordings';
import { asObject, at } from './json';

/** A raw stream: the text received so far, and whether it has ended. */
class RawStream {
  text = '';
  response: IncomingMessage | undefined;
  ended = false;
  readonly #request: ReturnType<typeof get>;

  constructor(url: string, headers: Record<string, string>) {
    this.#request = get(url, { headers }, response => {
      this.response = response;
      response.setEncoding('utf8');
      response.on('data', chunk => (this.text += chunk));
      response.on('close', () => (this.ended = true));
      response.on('error', () => {});
    });
    this.#request.on('error', () => {});
  }

  async until(condition: () => boolean, ms = 90_000): Promise<void> {
    for (const end = Date.now() + ms; !condition(); ) {
      if (Date.now() > end) {
        throw new Error(`the stream only said ${JSON.stringify(this.text)}`);
      }
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }

  close(): void {
    this.#request.destroy();
  }
}

describe('streams of applications', () => {
  let harness: Harness;
  const recorded = new Map(
    recordings().map(recording => [recording.file, recording]),
  );
  const open: RawStream[] = [];

  const stream = (
    query: string,
    as: string | null = 'backstage',
    accept = 'text/event-stream',
  ) => {
    const result = new RawStream(
      `${harness.argocd.url}/api/v1/stream/applications${query}`,
      {
        accept,
        ...(as ? { authorization: `Bearer ${as}-token` } : {}),
      },
    );
    open.push(result);
    return result;
  };
  const names = (text: string) =>
    [
      ...text.matchAll(
        /"type":"(\w+)","application":\{"metadata":\{"name":"([a-z-]+)"/g,
      ),
    ].map(m => `${m[1]} ${m[2]}`);
  const create = async (name: string, options: object = {}) => {
    await harness.call('POST', '/api/v1/applications?validate=false', {
      body: application(name, 'file:///nowhere/deploy.git', {
        automated: false,
        ...options,
      }),
    });
    const query = name === 'reports' ? '?appNamespace=team-a' : '';
    await harness.until(
      `${name}${query}`,
      app => at(app, 'status', 'reconciledAt') !== undefined,
    );
  };

  beforeAll(async () => {
    harness = await Harness.start({ pollSeconds: 60 });
    await create('api', { metadata: { labels: { tier: 'backend' } } });
    await create('tool', { project: 'default' });
    await create('reports', {
      project: 'team-a',
      metadata: { namespace: 'team-a' },
    });
  });

  afterEach(() => {
    open.splice(0).forEach(s => s.close());
  });

  afterAll(async () => {
    await harness.stop();
  });

  it('replays everything as ADDED, framed like the recorded lines', async () => {
    const all = stream('');
    await all.until(() => names(all.text).length === 3);
    expect(names(all.text)).toEqual([
      'ADDED api',
      'ADDED reports',
      'ADDED tool',
    ]);
    expect(all.response?.headers['content-type']).toBe('text/event-stream');
    const lines = all.text.split('\n');
    const expected =
      recorded.get('04-sse-initial-all.json')?.lines.slice(0, 3) ?? [];
    expect(lines.slice(1, 3)).toEqual(expected.slice(1));
    expect(lines[0]).toMatch(
      /^data: \{"result":\{"type":"ADDED","application":\{.*\}\}\} $/,
    );
  });

  it.each([
    [
      '?projects=default&projects=team-a',
      'backstage',
      ['ADDED reports', 'ADDED tool'],
    ],
    ['?selector=tier%3Dbackend', 'backstage', ['ADDED api']],
    ['?name=api', 'backstage', ['ADDED api']],
    ['?name=reports&appNamespace=team-a', 'backstage', ['ADDED reports']],
    [
      '?appNamespace=team-a',
      'backstage',
      ['ADDED api', 'ADDED reports', 'ADDED tool'],
    ],
    ['', 'narrow', ['ADDED tool']],
  ])('filters %s for %s', async (query, as, expected) => {
    const filtered = stream(query, as);
    await filtered.until(() => names(filtered.text).length === expected.length);
    expect(names(filtered.text)).toEqual(expected);
  });

  it('says nothing, not even headers, before an event that the caller may see', async () => {
    const silent = [
      stream('', 'viewer'),
      stream('?name=nosuchapp'),
      stream('?name=reports'),
      stream('?resourceVersion=abc'),
    ];
    // Once another stream has received a change, these had the chance to
    // receive it as well.
    const heard = stream('?name=api');
    await heard.until(() => names(heard.text).length === 1);
    expect(silent.map(s => [s.response, s.text])).toEqual(
      silent.map(() => [undefined, '']),
    );
    await harness
      .call('PATCH', '/api/v1/applications/tool', {
        body: {
          patchType: 'merge',
          patch: '{"metadata":{"labels":{"a":"b"}}}',
        },
      })
      .catch(() => {});
    await harness.call(
      'POST',
      '/api/v1/applications?upsert=true&validate=false',
      {
        body: application('tool', 'file:///nowhere/deploy.git', {
          automated: false,
          project: 'default',
          metadata: { labels: { x: 'y' } },
        }),
      },
    );
    await silent[3].until(() => names(silent[3].text).length > 0);
    expect(names(silent[3].text)[0]).toBe('MODIFIED tool');
    expect(silent.slice(0, 3).map(s => s.text)).toEqual(['', '', '']);
  });

  it('sends lines of JSON to all who do not ask for exactly an event stream', async () => {
    for (const accept of [
      '*/*',
      'application/json',
      'text/event-stream, application/json',
    ]) {
      const lines = stream('?name=api', 'backstage', accept);
      await lines.until(() => lines.text.endsWith('\n'));
      expect(lines.response?.headers['content-type']).toBe('application/json');
      expect(at(JSON.parse(lines.text), 'result', 'type')).toBe('ADDED');
    }
  });

  it.each([['04-sse-no-token.json', '', null, 'text/event-stream']])(
    'refuses like %s',
    async (file, path, as, accept) => {
      const refused = stream(path, as, accept);
      await refused.until(() => refused.ended);
      const expected = recorded.get(file);
      expect(refused.response?.statusCode).toBe(expected?.status);
      expect(refused.response?.headers['content-type']).toBe(expected?.type);
      expect(refused.text.split('\n').slice(0, 2)).toEqual(expected?.lines);
    },
  );

  it('beats every fifteen seconds once it has begun, and is cut when the server stops', async () => {
    const quiet = stream('?name=api');
    await quiet.until(() => quiet.text.endsWith('\n:\n'));
    await harness.restart();
    await quiet.until(() => quiet.ended);
    expect(quiet.response?.complete).toBe(false);
    const apps = await harness.call('GET', '/api/v1/applications');
    expect(asObject(apps.body).items).toHaveLength(3);
  });
});
