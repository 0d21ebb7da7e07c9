import type { EventStream } from '../argocd/EventStream';
import { at } from '../http/json';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/expectations';
import {
  plainApplication,
  type PlainApplication,
} from '../world/plainApplication';
import type { World } from '../world/World';
import { heard, STREAM, withStreams } from './streams';

/** How to request a watch, and which formats it responds in. */
export const streamForms = defineTopic<World, PlainApplication>({
  name: 'stream-forms',
  prepare: world =>
    plainApplication(world, 'streamforms', {
      labels: { tier: world.named('stream') },
    }),
  beliefs: [
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
  ],
});
