import { type ArgoCdCredentials, DefaultArgoCdClient } from '../argocd';
import { type Handler, TestServer } from './httpServer';

const TIMEOUTS = {
  connectMs: 2000,
  requestMs: 3000,
  refreshMs: 300,
  retryPauseMs: 1,
};

/** A client with its server and its clock. */
export class ServedClient {
  static async start(
    handler: Handler,
    credentials: ArgoCdCredentials = { token: 'a-token' },
    write?: ArgoCdCredentials,
  ): Promise<ServedClient> {
    const server = await TestServer.start(handler);
    const clock = { now: Date.parse('2026-01-01T00:00:00Z') };
    const client = DefaultArgoCdClient.create(
      {
        name: 'main',
        url: server.url,
        frontendUrl: server.url,
        credentials,
        write,
      },
      { timeouts: TIMEOUTS, now: () => clock.now, random: () => 0 },
    );
    return new ServedClient(client, server, clock);
  }

  private constructor(
    readonly client: DefaultArgoCdClient,
    readonly server: TestServer,
    /** Milliseconds since the epoch. */
    readonly clock: { now: number },
  ) {}

  async stop(): Promise<void> {
    await this.client.close();
    await this.server.stop();
  }
}

/** Returns a function that starts clients, which are stopped after each test. */
export function servedForEachTest(): typeof ServedClient.start {
  const started: ServedClient[] = [];
  afterEach(async () => {
    for (const served of started.splice(0)) {
      await served.stop();
    }
  });
  return async (...args) => {
    const served = await ServedClient.start(...args);
    started.push(served);
    return served;
  };
}
