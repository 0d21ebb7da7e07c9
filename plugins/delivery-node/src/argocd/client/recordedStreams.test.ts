import {
  argoCdRecording,
  argoCdRecordings,
  type Recording,
} from '../../__testUtils__/recordings';
import { waitUntil } from '@landfall/testing-kit';
import { ReplayServer } from '../../__testUtils__/ReplayServer';
import type { ApplicationEvent } from '../types';
import { ArgoCdError } from './errors';

let replay: ReplayServer;

beforeAll(async () => {
  replay = await ReplayServer.start();
});

afterAll(async () => {
  await replay.stop();
});

type Counts = Partial<Record<ApplicationEvent['type'] | 'error', number>>;

/** Taken from the recordings; `error` ends the stream. */
const STREAMS: Record<string, Counts> = {
  '04-sse-accept-with-params.json': {},
  '04-sse-appnamespace-with-name.json': { changed: 4, heartbeat: 2 },
  '04-sse-appnamespace.json': { changed: 30 },
  '04-sse-create-and-delete-resourceversion.json': { changed: 14, deleted: 1 },
  '04-sse-fields-list-style.json': { undecodable: 1, heartbeat: 2 },
  '04-sse-fields-not-whitelisted.json': { undecodable: 3, heartbeat: 2 },
  '04-sse-heartbeat.json': { changed: 7, heartbeat: 4 },
  '04-sse-initial-all.json': { changed: 25 },
  '04-sse-initial-one.json': { changed: 2 },
  '04-sse-invalid-token.json': { error: 1 },
  '04-sse-narrow.json': { changed: 1 },
  '04-sse-no-token.json': { error: 1 },
  '04-sse-projects.json': { changed: 2 },
  '04-sse-resource-tree-missing.json': { error: 1 },
  '04-sse-resource-tree.json': { undecodable: 3, heartbeat: 2 },
  '04-sse-resourceversion-current.json': { changed: 56 },
  '04-sse-resourceversion-garbage.json': { changed: 17 },
  '04-sse-resourceversion-old.json': { changed: 1 },
  '04-sse-resourceversion-with-name.json': { changed: 3, heartbeat: 2 },
  '04-sse-selector-invalid.json': { error: 1 },
  '04-sse-selector.json': { changed: 1 },
  '04-sse-server-stops.json': { changed: 2, error: 1 },
  '04-sse-sync-failing-hook.json': { changed: 9, heartbeat: 1 },
  '04-sse-sync-with-hooks.json': { changed: 20, heartbeat: 2 },
};

const SILENT = [
  '04-sse-name-missing-with-project.json',
  '04-sse-name-missing.json',
  '04-sse-name-without-appnamespace.json',
  '04-sse-silent-65s.json',
  '04-sse-viewer-forbidden-name.json',
];

async function readStream(signal: AbortSignal): Promise<{
  events: ApplicationEvent[];
  error?: unknown;
}> {
  const events: ApplicationEvent[] = [];
  try {
    for await (const event of replay.client.streamApplications({ signal })) {
      events.push(event);
    }
    return { events };
  } catch (error) {
    return { events, error };
  }
}

/** Replays a recording of another stream as if the client had requested it. */
function asApplicationStream(file: string): Recording {
  const one = argoCdRecording(file);
  return {
    ...one,
    request: { ...one.request, path: '/api/v1/stream/applications' },
  };
}

describe('recorded streams', () => {
  it('each have an expectation', () => {
    const files = argoCdRecordings()
      .filter(({ lines, file }) => lines && file.startsWith('04-sse'))
      .map(({ file }) => file);
    expect(files).toEqual([...Object.keys(STREAMS), ...SILENT].sort());
  });

  it.each(Object.entries(STREAMS))('%s', async (file, expected) => {
    replay.play(asApplicationStream(file));
    const { events, error } = await readStream(new AbortController().signal);
    const counts: Counts = error ? { error: 1 } : {};
    for (const { type } of events) {
      counts[type] = (counts[type] ?? 0) + 1;
    }
    expect(counts).toEqual(expected);
    expect(error === undefined || error instanceof ArgoCdError).toBe(true);
  });

  it('tell a cut stream from one that ended, and report a refusal by its own class', async () => {
    const { signal } = new AbortController();
    replay.play(asApplicationStream('04-sse-server-stops.json'));
    expect((await readStream(signal)).error).toMatchObject({
      name: 'ArgoCdUnreachableError',
    });
    replay.play(asApplicationStream('04-sse-invalid-token.json'));
    expect((await readStream(signal)).error).toMatchObject({
      name: 'ArgoCdUnauthenticatedError',
      status: 401,
      code: 16,
      argoCdMessage: expect.stringMatching(/^invalid session/),
    });
  });

  it.each(SILENT)('%s: waits until it is stopped', async file => {
    replay.play(asApplicationStream(file));
    const controller = new AbortController();
    const before = replay.requests;
    const stream = readStream(controller.signal);
    await waitUntil('the request came', () => replay.requests > before);
    controller.abort();
    expect(await stream).toEqual({ events: [] });
  });

  it.each(
    argoCdRecordings()
      .filter(({ file }) => file.startsWith('04-ndjson'))
      .map(({ file }) => file),
  )('%s: yields the same payloads as events', async file => {
    const one = asApplicationStream(file);
    replay.play({
      ...one,
      ended: undefined,
      response: {
        status: 200,
        headers: { 'content-type': 'text/event-stream' },
      },
      lines: one.lines?.flatMap(({ atMs, line }) => [
        { atMs, line: `data: ${line} ` },
        { atMs, line: '' },
      ]),
    });
    const { events, error } = await readStream(new AbortController().signal);
    const refused = file === '04-ndjson-invalid-token.json';
    expect(
      error instanceof ArgoCdError ? [error.name, error.code] : [],
    ).toEqual(refused ? ['ArgoCdStreamError', 16] : []);
    expect(events.map(({ type }) => type)).toEqual(
      refused ? [] : one.lines?.map(() => 'changed'),
    );
  });
});
