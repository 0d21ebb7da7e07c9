import type { EventStream } from '../argocd/EventStream';
import { at } from '../http/json';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/assertions';
import {
  plainApplication,
  type PlainApplication,
} from '../installation/plainApplication';
import type { Installation } from '../installation/Installation';
import { heard, STREAM, withStreams } from './streams';

/** How to request a watch, and which formats it responds in. */
export const streamForms = defineTopic<Installation, PlainApplication>({
  name: 'stream-forms',
  prepare: installation =>
    plainApplication(installation, 'streamforms', {
      labels: { tier: installation.named('stream') },
    }),
  expectations: [
    {
      id: 'newline-delimited',
      claim: 'with any other Accept the stream is newline-delimited JSON',
      source:
        'recordings/argocd/04-ndjson-no-accept.json, 04-sse-accept-with-params.json',
      async check({ installation, app }) {
        await withStreams(async open => {
          for (const accept of ['*/*', 'text/event-stream, application/json']) {
            const lines = open(`${STREAM}?name=${app.name}`, { accept });
            await heard(
              installation,
              lines,
              'a line',
              () => lines.lines.length > 0,
            );
            expectEqual('content type', lines.type, 'application/json');
            expectThat(
              'the line is JSON',
              lines.lines[0].line.startsWith('{"result":'),
              lines.lines[0].line.slice(0, 100),
            );
          }
        }, installation);
      },
    },
    {
      id: 'errors-in-band',
      claim:
        'a failed sign-in or an invalid selector has its HTTP status, and the error is in the stream',
      source:
        'recordings/argocd/04-sse-no-token.json, 04-sse-selector-invalid.json, 04-ndjson-invalid-token.json',
      async check({ installation }) {
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
              installation,
              failing,
              'the end of a refused stream',
              () => failing.ended,
            );
            expectEqual('status', failing.status, status);
            const line = failing.lines[0]?.line.replace(/^data: /, '') ?? '';
            expectMatch('the error', at(JSON.parse(line), 'error'), error);
          }
        }, installation);
      },
    },
    {
      id: 'app-namespace-without-name',
      claim: '`appNamespace` is ignored without `name`',
      source: 'recordings/argocd/04-sse-appnamespace.json',
      async check({ installation, app }) {
        await withStreams(async open => {
          const events = open(
            `${STREAM}?appNamespace=${installation.named('none')}`,
          );
          await heard(
            installation,
            events,
            `${app.name} all the same`,
            () => events.events(app.name).length > 0,
          );
        }, installation);
      },
    },
    {
      id: 'selector',
      claim: 'a selector omits the other applications',
      source: 'recordings/argocd/04-sse-selector.json',
      async check({ installation, app }) {
        await withStreams(async open => {
          const events = open(
            `${STREAM}?selector=tier%3D${installation.named('stream')}`,
          );
          await installation.timeout.until(
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
        }, installation);
      },
    },
  ],
});
