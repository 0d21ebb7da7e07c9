import type { EventStream } from '../argocd/EventStream';
import type { ConfigBranch } from '../git/ConfigBranch';
import { at, list } from '../http/json';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/expectations';
import { configMap } from '../world/fixtures';
import type { TestApplication } from '../world/TestApplication';
import type { World } from '../world/World';

interface Fixture {
  world: World;
  app: TestApplication;
  branch: ConfigBranch;
}

const CONTRACT = 'argocd.md, "Watching"';
const STREAM = '/api/v1/stream/applications';

/** Waits until a stream has said something. */
async function heard(
  { patience }: World,
  stream: EventStream,
  what: string,
  condition: () => boolean,
): Promise<void> {
  await patience.until(what, async () => stream, condition, {
    show: ({ status, lines, error }) => ({
      status,
      error: error?.message,
      lines: lines.length,
      last: lines.at(-1)?.line.slice(0, 200),
    }),
  });
}

/** Opens streams for one belief, and closes them all after it. */
async function withStreams(
  check: (open: World['argocd']['stream']) => Promise<void>,
  world: World,
): Promise<void> {
  const streams: EventStream[] = [];
  try {
    await check((path, options) => {
      const stream = world.argocd.stream(path, options);
      streams.push(stream);
      return stream;
    });
  } finally {
    streams.forEach(stream => stream.close());
  }
}

/** What a watch brings, and what it keeps to itself. */
export const stream = defineTopic<World, Fixture>({
  name: 'stream',
  async prepare(world) {
    const branch = await world.branch('stream');
    await branch.commit({
      'plain/one.yaml': configMap(world.named('stream'), { value: '1' }),
    });
    const app = await world.createApplication({
      name: 'stream',
      branch,
      path: 'plain',
      labels: { tier: world.named('stream') },
    });
    await app.until('is reconciled', view => view.sync !== '');
    return { world, app, branch };
  },
  beliefs: [
    {
      id: 'replay',
      says: 'without resourceVersion every application comes first as ADDED, as server-sent events, each followed by an empty line',
      source:
        'recordings/argocd/04-sse-initial-one.json, 04-sse-initial-all.json',
      async check({ world, app }) {
        await withStreams(async open => {
          const { project } = world.config.argocd;
          for (const query of [`name=${app.name}`, `projects=${project}`]) {
            const events = open(`${STREAM}?${query}`);
            await heard(
              world,
              events,
              `${app.name} in the stream ?${query}`,
              () => events.events(app.name).length > 0,
            );
            expectEqual('content type', events.type, 'text/event-stream');
            const [first] = events.events(app.name);
            expectEqual('type of the first event', first.type, 'ADDED');
            expectMatch('the application', first.application, {
              metadata: { name: app.name },
              spec: { project },
            });
            expectEqual('the line after an event', events.lines[1]?.line, '');
          }
        }, world);
      },
    },
    {
      id: 'silence-then-heartbeats',
      says: 'nothing is sent before the first event, not even a head, and after it a comment every 15 s; a missing application, or one that the account may not see, is silence',
      source:
        'recordings/argocd/04-sse-heartbeat.json, 04-sse-name-missing.json, 04-sse-silent-65s.json',
      async check({ world, app }) {
        await withStreams(async open => {
          const { limitedToken } = world.config.argocd;
          const silent = [
            open(`${STREAM}?name=${app.name}-none`),
            open(
              `${STREAM}?name=${app.name}&appNamespace=${world.named('none')}`,
            ),
            ...(limitedToken === undefined
              ? []
              : [
                  open(`${STREAM}?name=${app.name}`, { as: limitedToken }),
                  open(STREAM, { as: limitedToken }),
                ]),
          ];
          const live = open(`${STREAM}?name=${app.name}`);
          await heard(
            world,
            live,
            'a heartbeat',
            () => live.heartbeats().length > 0,
          );
          const [beat] = live.heartbeats();
          const before = live.lines
            .filter(({ at: when, line }) => when < beat.at && line !== '')
            .at(-1);
          expectEqual('the heartbeat', beat.line.trimEnd(), ':');
          expectThat(
            'it comes within 30 s of the line before',
            beat.at - (before?.at ?? 0) < 30_000,
            `${beat.at - (before?.at ?? 0)} ms`,
          );
          for (const [index, one] of silent.entries()) {
            expectThat(`stream ${index} is silent`, one.silent, one.lines);
            expectEqual(`stream ${index} is open`, one.error, undefined);
          }
        }, world);
      },
    },
    {
      id: 'resource-version-filters',
      says: 'with resourceVersion nothing is replayed; what changes from then on comes',
      source: 'recordings/argocd/04-sse-resourceversion-with-name.json',
      async check({ world, app }) {
        await withStreams(async open => {
          const all = await world.argocd.get(
            `/api/v1/applications?name=${app.name}`,
          );
          const version = String(at(all.body, 'metadata', 'resourceVersion'));
          const filtered = open(
            `${STREAM}?name=${app.name}&resourceVersion=${version}`,
          );
          // By then, whatever was to be replayed has been.
          const plain = open(`${STREAM}?name=${app.name}`);
          await heard(
            world,
            plain,
            'the replay of a plain stream',
            () => plain.events().length > 0,
          );
          await world.patience.until(
            'an event of a refresh',
            async () => {
              await app.refresh();
              return filtered.events();
            },
            events => events.length > 0,
          );
          expectEqual(
            'types of the events',
            [...new Set(filtered.events().map(({ type }) => type))],
            ['MODIFIED'],
          );
        }, world);
      },
    },
    {
      id: 'fields',
      says: 'in a stream, fields are written from `result` on, and know what those of a list do not',
      source:
        'recordings/argocd/04-sse-fields-not-whitelisted.json, 04-sse-fields-list-style.json',
      async check({ world, app }) {
        await withStreams(async open => {
          const own = open(
            `${STREAM}?name=${app.name}&fields=result.type,result.application.metadata.name,result.application.status.reconciledAt`,
          );
          const listStyle = open(
            `${STREAM}?name=${app.name}&fields=items.metadata.name`,
          );
          await heard(world, own, 'an event', () => own.events().length > 0);
          const [{ type, application }] = own.events();
          expectEqual('type', type, 'ADDED');
          expectEqual(
            'fields of the application',
            Object.keys(Object(application)).sort(),
            ['metadata', 'status'],
          );
          expectEqual('metadata', at(application, 'metadata'), {
            name: app.name,
          });
          await heard(
            world,
            listStyle,
            'an event with fields as in a list',
            () => listStyle.lines.length > 0,
          );
          expectEqual(
            'the event',
            listStyle.lines[0].line.trimEnd(),
            'data: {}',
          );
        }, world);
      },
    },
    {
      id: 'newline-delimited',
      says: 'with any other Accept the stream is newline-delimited JSON',
      source:
        'recordings/argocd/04-ndjson-no-accept.json, 04-sse-accept-with-params.json',
      async check({ world, app }) {
        await withStreams(async open => {
          for (const accept of ['*/*', 'text/event-stream, application/json']) {
            const lines = open(`${STREAM}?name=${app.name}`, { accept });
            await heard(world, lines, 'a line', () => lines.lines.length > 0);
            expectEqual('content type', lines.type, 'application/json');
            expectThat(
              'the line is JSON',
              lines.lines[0].line.startsWith('{"result":'),
              lines.lines[0].line.slice(0, 100),
            );
          }
        }, world);
      },
    },
    {
      id: 'errors-in-band',
      says: 'a failed sign-in or a bad selector has its HTTP status, and the error stands in the stream',
      source:
        'recordings/argocd/04-sse-no-token.json, 04-sse-selector-invalid.json, 04-ndjson-invalid-token.json',
      async check({ world }) {
        await withStreams(async open => {
          const expected: [EventStream, number, object][] = [
            [
              open(STREAM, { as: null }),
              401,
              {
                grpc_code: 16,
                http_code: 401,
                message: 'no session information',
                http_status: 'Unauthorized',
              },
            ],
            [
              open(STREAM, { as: 'a.b.c', accept: 'application/json' }),
              401,
              { grpc_code: 16, http_code: 401 },
            ],
            [
              open(`${STREAM}?selector=tier%20in%20%28`),
              500,
              { grpc_code: 2, http_code: 500 },
            ],
          ];
          for (const [failing, status, error] of expected) {
            await heard(
              world,
              failing,
              'the end of a refused stream',
              () => failing.ended,
            );
            expectEqual('status', failing.status, status);
            const line = failing.lines[0]?.line.replace(/^data: /, '') ?? '';
            expectMatch('the error', at(JSON.parse(line), 'error'), error);
          }
        }, world);
      },
    },
    {
      id: 'app-namespace-without-name',
      says: '`appNamespace` is ignored without `name`',
      source: 'recordings/argocd/04-sse-appnamespace.json',
      async check({ world, app }) {
        await withStreams(async open => {
          const events = open(`${STREAM}?appNamespace=${world.named('none')}`);
          await heard(
            world,
            events,
            `${app.name} all the same`,
            () => events.events(app.name).length > 0,
          );
        }, world);
      },
    },
    {
      id: 'selector',
      says: 'a selector leaves the other applications out',
      source: 'recordings/argocd/04-sse-selector.json',
      async check({ world, app }) {
        await withStreams(async open => {
          const events = open(
            `${STREAM}?selector=tier%3D${world.named('stream')}`,
          );
          await world.patience.until(
            'an event of a refresh',
            async () => {
              await app.refresh();
              return events.events();
            },
            all => all.some(({ type }) => type === 'MODIFIED'),
          );
          expectEqual(
            'names',
            [
              ...new Set(
                events
                  .events()
                  .map(({ application }) =>
                    at(application, 'metadata', 'name'),
                  ),
              ),
            ],
            [app.name],
          );
        }, world);
      },
    },
    {
      id: 'life-and-death',
      says: 'a new application is ADDED, its changes MODIFIED, and its end DELETED',
      source: 'recordings/argocd/04-sse-create-and-delete-resourceversion.json',
      async check({ world, branch, app }) {
        await withStreams(async open => {
          const events = open(`${STREAM}?projects=${app.project}`);
          await heard(
            world,
            events,
            'the replay',
            () => events.events(app.name).length > 0,
          );
          const short = await world.createApplication({
            name: 'shortlived',
            branch,
            path: 'plain',
          });
          await short.until('is reconciled', view => view.sync !== '');
          const deleted = await world.argocd.call(
            'DELETE',
            `${short.path}?cascade=false&project=${short.project}`,
          );
          await short.accepted(deleted, 'deleting');
          const own = () => events.events(short.name).map(({ type }) => type);
          await heard(world, events, 'its end', () =>
            own().includes('DELETED'),
          );
          const types = own();
          expectEqual('first', types[0], 'ADDED');
          expectEqual('last', types.at(-1), 'DELETED');
          expectEqual(
            'between',
            [...new Set(types.slice(1, -1))],
            ['MODIFIED'],
          );
        }, world);
      },
    },
    {
      id: 'list-and-stream-agree',
      says: 'list, single read and stream hold the same fields of an application',
      source: CONTRACT,
      async check({ world, app }) {
        await withStreams(async open => {
          const events = open(`${STREAM}?name=${app.name}`);
          await heard(
            world,
            events,
            'an event',
            () => events.events().length > 0,
          );
          const { body } = await world.argocd.get(
            `/api/v1/applications?name=${app.name}`,
          );
          const keys = (value: unknown) =>
            ['metadata', 'spec', 'status'].map(part =>
              Object.keys(Object(at(value, part))).sort(),
            );
          const [item] = list(at(body, 'items'));
          expectEqual(
            'fields in the stream',
            keys(events.events().at(-1)?.application),
            keys(item),
          );
          expectEqual(
            'fields of a single read',
            keys((await app.read()).raw),
            keys(item),
          );
        }, world);
      },
    },
  ],
});
