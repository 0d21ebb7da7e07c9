import type { EventStream } from '../argocd/EventStream';
import type { World } from '../world/World';

export const STREAM = '/api/v1/stream/applications';

/** Waits until a stream has received what the condition requires. */
export async function heard(
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

/** Opens streams for one belief and closes them all afterwards. */
export async function withStreams(
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
