import { request } from 'node:http';
import { application } from './__testUtils__/chart';
import { Harness } from './__testUtils__/Harness';
import { settled } from './__testUtils__/Watch';
import { recordedWorld, type Commits } from './__testUtils__/recordedWorld';
import {
  deepShape,
  recordings,
  shape,
  type Recording,
} from './__testUtils__/recordings';
import { asObject, asString, at } from './json';

/**
 * Recordings of states that no request can create here: parts that are switched
 * off, or clocks and limits. Each entry has its reason.
 */
const ELSEWHERE: [RegExp, string][] = [
  [/-(controller|repo-server)-down\.json$/, 'the sandbox has one process'],
  [/^01-token-garbage/, 'tokens: session.test.ts'],
  [/^04-/, 'streams: stream.test.ts'],
  [
    /^02-get-(fragile|hookfail|search|sleeper|slow|unknownkind|web)\.json/,
    'applications that are not set up here',
  ],
  [
    /^03-(events-degraded-resource|resource-tree-degraded)/,
    'applications that are not set up here',
  ],
  [/^05-path-ui/, 'the sandbox has a page there'],
  [
    /^01-(account|settings|token-(expired|revoked))|^03-(account\.|applicationsets|clusters|pods-log|project-(links|sync)|projects|resource-links)|^05-(actions-(list\.|list-paused|restart|run-v2\.)|project-|update-)/,
    'requests that no client of the sandbox makes',
  ],
  [/^02-list-fields/, 'a parameter that no client of the sandbox sends'],
  [/^05-delete-forbidden/, 'follows on a change by such a request'],
  [
    /^05-create-(bad-name|empty)|^05-delete-bad-propagation/,
    'refusals of what no client of the sandbox sends, in their own words',
  ],
  [/^01-session-login-limited/, 'logins have no limit here'],
  [
    /^(02-list-selector-invalid|03-manifests-garbage-revision|01-session-login-not-json|03-revision-metadata-(missing-sha|multi-source-(no-index|swapped))|05-create-bad-repo|05-sync-invalid-options)/,
    'texts of Go, git and the file system, which nothing reads',
  ],
];

/** Parts of an application whose fields must be the same at every depth. */
const DEEP = [
  ['operation'],
  ['status', 'operationState', 'syncResult', 'source'],
  ['status', 'operationState', 'operation'],
  ['status', 'sync'],
  ['status', 'health'],
  ['status', 'history', 0],
];

/** Top-level fields that must have the same value. */
const EXACT = ['value', 'author', 'message', 'Version', 'username', 'kind'];

/** Sends a path unchanged: fetch would normalize it. */
async function rawFetch(
  base: string,
  path: string,
  options: { method: string; headers: Record<string, string>; body?: string },
) {
  const { hostname, port } = new URL(base);
  return await new Promise<{
    status: number;
    type: string;
    location?: string;
    answer: unknown;
  }>((resolve, reject) => {
    const req = request(
      {
        hostname,
        port,
        path,
        method: options.method,
        headers: {
          ...options.headers,
          ...(options.body === undefined
            ? {}
            : { 'content-length': Buffer.byteLength(options.body) }),
        },
      },
      res => {
        let text = '';
        res.setEncoding('utf8');
        res.on('data', chunk => (text += chunk));
        res.on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            type: asString(res.headers['content-type']) ?? '',
            location: res.headers.location,
            answer:
              res.headers['content-type'] === 'application/json'
                ? JSON.parse(text)
                : text,
          }),
        );
      },
    );
    req.on('error', reject);
    req.end(options.body);
  });
}

/**
 * The recorded shape, adapted to what is set up here: in the recordings,
 * annotations come from kubectl or a refresh, and the objects here have none.
 */
function expectedShape(answer: unknown, actual: unknown) {
  const expected = shape(answer, 'metadata', 'spec', 'status');
  const metadata = asObject(at(actual, 'metadata'));
  const drop = (list: unknown, name: string, present: boolean) =>
    Array.isArray(list) ? list.filter(key => key !== name || present) : list;
  return {
    ...expected,
    ...(expected.metadata
      ? {
          metadata: drop(
            drop(
              expected.metadata,
              'annotations',
              metadata.annotations !== undefined,
            ),
            'labels',
            metadata.labels !== undefined,
          ),
        }
      : {}),
  };
}

/**
 * The part of a response to compare: texts and errors whole; for objects the
 * field names, the fields of some parts at every depth, and some values.
 *
 * @param other - our response, if `answer` is the recorded one
 */
function gist(
  answer: unknown,
  { answer: recorded }: Recording,
  words: (text: string) => string,
  other: unknown = answer,
): unknown {
  if (typeof answer === 'string') {
    return answer;
  }
  if (at(answer, 'error') !== undefined) {
    return words(JSON.stringify(answer));
  }
  return {
    shape: expectedShape(answer, other),
    deep: DEEP.filter(path => at(recorded, ...path) !== undefined).map(path => [
      path,
      deepShape(at(answer, ...path)),
    ]),
    values: EXACT.filter(field => typeof at(recorded, field) === 'string').map(
      field => words(String(at(answer, field))),
    ),
  };
}

describe('answers like the recorded ones', () => {
  let harness: Harness;
  let commits: Commits;
  const all = recordings();
  const here = all.filter(
    ({ file, status }) =>
      status !== null && !ELSEWHERE.some(([pattern]) => pattern.test(file)),
  );

  beforeAll(async () => {
    harness = await Harness.start({
      rolloutSeconds: 0.4,
      progressDeadlineSeconds: 60,
    });
    commits = await recordedWorld(harness);
  }, 60_000);

  afterAll(async () => {
    await harness.stop();
  });

  it('covers the recordings', () => {
    expect(all.length).toBeGreaterThan(190);
    expect(here.length).toBeGreaterThan(140);
  });

  const ours = (text: string) => {
    let result = text
      .split('http://127.0.0.1:3300')
      .join(harness.git.url)
      .split('<backstage-token>')
      .join('backstage-token');
    for (const [recorded, own] of Object.entries(commits)) {
      result = result.split(recorded).join(own);
    }
    return result;
  };

  /** Replaces values that always differ with placeholders. */
  const neutral = (text: string) =>
    text
      .replace(/iat: [0-9TZ:-]+/g, 'iat: …')
      .replace(/"resourceVersion":"\d+"/g, '"resourceVersion":"…"')
      .replace(/by \d+ applications/g, 'by … applications');

  /**
   * Requests are sent under the same conditions as in the recording: the
   * previous operation is over, except for these recordings, which are about a
   * running one.
   */
  const DURING =
    /^05-(sync-already-running|get-while|terminate-ok|delete-cascade-get-during|delete-twice)/;

  async function quiet(recording: Recording) {
    const name =
      /^\/api\/v1\/applications\/([a-z0-9-]+)/.exec(recording.path)?.[1] ??
      asString(at(recording.body, 'metadata', 'name'));
    if (name && !DURING.test(recording.file)) {
      const known = await harness.call('GET', `/api/v1/applications/${name}`);
      if (known.status === 200) {
        await harness.until(
          name,
          app =>
            !app.operation && at(app, 'status', 'reconciledAt') !== undefined,
        );
      }
    }
    if (recording.file === '05-delete-cascade-true.json') {
      const body = application('created2', harness.repository('deploy'), {
        path: 'apps/ghost',
        spec: { syncPolicy: { automated: { prune: true, selfHeal: true } } },
      });
      await harness.call('POST', '/api/v1/applications', { body });
      await harness.until('created2', settled('1.0.0'));
    }
    if (recording.file === '05-rollback-automated-enabled-false.json') {
      const parameters = ['image.repository', 'image.tag'].map(parameter => ({
        name: parameter,
        value: 'x',
        forceString: true,
      }));
      await harness.call(
        'PATCH',
        '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/mail',
        { body: { spec: { source: { helm: { parameters } } } } },
      );
      await harness.until(
        'mail',
        app =>
          at(
            app,
            'status',
            'sync',
            'comparedTo',
            'source',
            'helm',
            'parameters',
          ) !== undefined,
      );
    }
    if (/^05-get-while-running|^05-terminate-ok/.test(recording.file)) {
      await harness.until(
        'hooked',
        app => at(app, 'status', 'operationState', 'phase') === 'Running',
      );
    }
  }

  it.each(
    here.map(
      recording => [recording.file, recording.title, recording] as const,
    ),
  )('%s: %s', async (_file, _title, recording) => {
    await quiet(recording);
    const { body } = recording;
    const text =
      typeof body === 'string' ? body : JSON.stringify(body ?? undefined);
    const authorization: Record<string, string> =
      recording.as && !recording.headers.cookie
        ? { authorization: `Bearer ${recording.as}-token` }
        : {};
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(recording.headers)) {
      headers[name] = ours(value).replace('<credentials>', 'YTpi');
    }
    const response = await rawFetch(
      `${harness.argocd.url}`,
      ours(recording.path),
      {
        method: recording.method,
        headers: { ...authorization, ...headers },
        body: text === undefined ? undefined : ours(text),
      },
    );
    expect({
      status: response.status,
      type: response.type,
      location: response.location,
      answer: gist(response.answer, recording, neutral),
    }).toEqual({
      status: recording.status,
      type: recording.type,
      location: recording.location,
      answer: gist(
        recording.answer,
        recording,
        words => neutral(ours(words)),
        response.answer,
      ),
    });
  });
});
