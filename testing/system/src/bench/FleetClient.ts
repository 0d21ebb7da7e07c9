import { CREDENTIALS } from '@landfall/sandbox';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const sentSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  resourceVersion: z.string(),
  at: z.number(),
});

const listSchema = z.object({ items: z.array(z.unknown()) });

/** An event that the sandbox's Argo CD sent. */
export type SentEvent = z.infer<typeof sentSchema>;

/** How long a minimal client takes to read the list of applications. */
export interface BareRead {
  megabytes: number;
  downloadMs: number;
  parseMs: number;
}

/** Controls the fleet in a sandbox's Argo CD. */
export class FleetClient {
  constructor(private readonly url: string) {}

  /** @param shape.large - new applications have 60 KB instead of 6 */
  async grow(size: number, shape: { large?: boolean } = {}): Promise<void> {
    await this.call('PUT', '/_sandbox/fleet', { size, ...shape });
  }

  /**
   * Makes the fleet emit events and reports when each was sent. Resolves when
   * all events were sent.
   */
  async stir(
    stirring: { rate: number; seconds: number },
    onSent: (event: SentEvent) => void,
  ): Promise<void> {
    const response = await this.call('POST', '/_sandbox/fleet/stir', stirring);
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(
        '\n',
      );
      rest = lines.pop() ?? '';
      lines.forEach(line => onSent(sentSchema.parse(JSON.parse(line))));
    }
  }

  /** Downloads and parses the list, as the simplest client would. */
  async bareRead(): Promise<BareRead> {
    // Lets Node notice that the server closed an idle connection while the last list
    // was parsed, instead of using it again.
    await sleep(1);
    const begin = performance.now();
    const response = await fetch(`${this.url}/api/v1/applications`, {
      headers: {
        authorization: `Bearer ${CREDENTIALS.argocd.backstage.token}`,
      },
    });
    const bytes = await response.arrayBuffer();
    const downloaded = performance.now();
    listSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
    return {
      megabytes: bytes.byteLength / 1e6,
      downloadMs: downloaded - begin,
      parseMs: performance.now() - downloaded,
    };
  }

  private async call(
    method: string,
    path: string,
    body: object,
  ): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `${method} ${path} was answered by ${
          response.status
        }: ${await response.text()}`,
      );
    }
    if (method === 'PUT') {
      await response.arrayBuffer();
    }
    return response;
  }
}
