import type { EventStream } from '../argocd/EventStream';
import type { Installation } from '../installation/Installation';

export const STREAM = '/api/v1/stream/applications';

/** Waits until a stream has received what the condition requires. */
export async function heard(
  { timeout }: Installation,
  stream: EventStream,
  what: string,
  condition: () => boolean,
): Promise<void> {
  await timeout.until(what, async () => stream, condition, {
    show: ({ status, lines, error }) => ({
      status,
      error: error?.message,
      lines: lines.length,
      last: lines.at(-1)?.line.slice(0, 200),
    }),
  });
}

/** Opens streams for one expectation and closes them all afterwards. */
export async function withStreams(
  check: (open: Installation['argocd']['stream']) => Promise<void>,
  installation: Installation,
): Promise<void> {
  const streams: EventStream[] = [];
  try {
    await check((path, options) => {
      const stream = installation.argocd.stream(path, options);
      streams.push(stream);
      return stream;
    });
  } finally {
    streams.forEach(stream => stream.close());
  }
}
