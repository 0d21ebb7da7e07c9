/**
 * An application's state in an event of Argo CD's own stream, and when the
 * event arrived.
 */
interface ArgoCdEvent {
  /** Milliseconds since the epoch. */
  at: number;
  sync: string;
  health: string;
  images: string[];
}

/**
 * Listens to Argo CD's stream of one application, independently of the portal.
 *
 * @returns the events received so far, a list that grows; and a function that
 * ends the stream
 */
export function listen(argocdUrl: string, application: string) {
  const events: ArgoCdEvent[] = [];
  const abort = new AbortController();
  const done = read().catch(error => {
    if (!abort.signal.aborted) {
      throw error;
    }
  });

  async function read() {
    const response = await fetch(
      `${argocdUrl}/api/v1/stream/applications?name=${application}`,
      {
        headers: {
          accept: 'text/event-stream',
          authorization: 'Bearer sandbox-backstage-token',
        },
        signal: abort.signal,
      },
    );
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(
        '\n',
      );
      rest = lines.pop() ?? '';
      for (const line of lines.filter(text => text.startsWith('data: '))) {
        const { status } = JSON.parse(line.slice(6)).result.application;
        events.push({
          at: Date.now(),
          sync: status.sync?.status,
          health: status.health?.status,
          images: status.summary?.images ?? [],
        });
      }
    }
  }

  return {
    events,
    stop: async () => {
      abort.abort();
      await done;
    },
  };
}
