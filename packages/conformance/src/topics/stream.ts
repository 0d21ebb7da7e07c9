import { at, list } from '../http/json';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/assertions';
import {
  plainApplication,
  type PlainApplication,
} from '../installation/plainApplication';
import type { Installation } from '../installation/Installation';
import { heard, STREAM, withStreams } from './streams';

const CONTRACT = 'argocd.md, "Watching"';

/** What a watch sends, and what it leaves out. */
export const stream = defineTopic<Installation, PlainApplication>({
  name: 'stream',
  prepare: installation => plainApplication(installation, 'stream'),
  expectations: [
    {
      id: 'replay',
      claim:
        'without resourceVersion every application is sent first as ADDED, as server-sent events, each followed by an empty line',
      source:
        'recordings/argocd/04-sse-initial-one.json, 04-sse-initial-all.json',
      async check({ installation, app }) {
        await withStreams(async open => {
          const { project } = installation.config.argocd;
          for (const query of [`name=${app.name}`, `projects=${project}`]) {
            const events = open(`${STREAM}?${query}`);
            await heard(
              installation,
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
        }, installation);
      },
    },
    {
      id: 'silence-then-heartbeats',
      claim:
        'nothing is sent before the first event, not even a head, and after it a comment every 15 s; nothing is sent for a missing application, or one that the account may not see',
      source:
        'recordings/argocd/04-sse-heartbeat.json, 04-sse-name-missing.json, 04-sse-silent-65s.json',
      async check({ installation, app }) {
        await withStreams(async open => {
          const { limitedToken } = installation.config.argocd;
          const silent = [
            open(`${STREAM}?name=${app.name}-none`),
            open(
              `${STREAM}?name=${app.name}&appNamespace=${installation.named(
                'none',
              )}`,
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
            installation,
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
        }, installation);
      },
    },
    {
      id: 'resource-version-filters',
      claim:
        'with resourceVersion nothing is replayed; only later changes are sent',
      source: 'recordings/argocd/04-sse-resourceversion-with-name.json',
      async check({ installation, app }) {
        await withStreams(async open => {
          const all = await installation.argocd.get(
            `/api/v1/applications?name=${app.name}`,
          );
          const version = String(at(all.body, 'metadata', 'resourceVersion'));
          const filtered = open(
            `${STREAM}?name=${app.name}&resourceVersion=${version}`,
          );
          // By now, everything that was going to be replayed has arrived.
          const plain = open(`${STREAM}?name=${app.name}`);
          await heard(
            installation,
            plain,
            'the replay of a plain stream',
            () => plain.events().length > 0,
          );
          await installation.timeout.until(
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
        }, installation);
      },
    },
    {
      id: 'life-and-death',
      claim:
        'a new application is ADDED, its changes are MODIFIED, and its deletion is DELETED',
      source: 'recordings/argocd/04-sse-create-and-delete-resourceversion.json',
      async check({ installation, branch, app }) {
        await withStreams(async open => {
          const events = open(`${STREAM}?projects=${app.project}`);
          await heard(
            installation,
            events,
            'the replay',
            () => events.events(app.name).length > 0,
          );
          const short = await installation.createApplication({
            name: 'shortlived',
            branch,
            path: 'plain',
          });
          await short.until('is reconciled', view => view.sync !== '');
          const deleted = await installation.argocd.call(
            'DELETE',
            `${short.path}?cascade=false&project=${short.project}`,
          );
          await short.accepted(deleted, 'deleting');
          const own = () => events.events(short.name).map(({ type }) => type);
          await heard(installation, events, 'its end', () =>
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
        }, installation);
      },
    },
    {
      id: 'list-and-stream-agree',
      claim:
        'list, single read and stream have the same fields of an application',
      source: CONTRACT,
      async check({ installation, app }) {
        await withStreams(async open => {
          const events = open(`${STREAM}?name=${app.name}`);
          await heard(
            installation,
            events,
            'an event',
            () => events.events().length > 0,
          );
          const { body } = await installation.argocd.get(
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
        }, installation);
      },
    },
  ],
});
