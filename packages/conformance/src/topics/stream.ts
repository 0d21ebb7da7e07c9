import { at, list } from '../http/json';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/expectations';
import {
  plainApplication,
  type PlainApplication,
} from '../world/plainApplication';
import type { World } from '../world/World';
import { heard, STREAM, withStreams } from './streams';

const CONTRACT = 'argocd.md, "Watching"';

/** What a watch sends, and what it leaves out. */
export const stream = defineTopic<World, PlainApplication>({
  name: 'stream',
  prepare: world => plainApplication(world, 'stream'),
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
          // By now, everything that was going to be replayed has arrived.
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
