import { DefaultArgoCdClient } from '../argocd';
import { TestServer } from '../__testUtils__/httpServer';
import { bodyText, type Recording } from './recordings';

const TIMEOUTS = {
  connectMs: 2000,
  requestMs: 5000,
  refreshMs: 200,
  retryPauseMs: 1,
};

/** Answers like the recorded Argo CD, if the request is the same. */
export class ReplayServer {
  static async start(): Promise<ReplayServer> {
    const replay: { recording?: Recording } = {};
    const server = await TestServer.start(({ method, pathname }, response) => {
      const { recording } = replay;
      const expected =
        recording && new URL(recording.request.path, 'http://localhost');
      if (
        method !== recording?.request.method ||
        pathname !== expected?.pathname
      ) {
        response.writeHead(599).end(`not recorded: ${method} ${pathname}`);
        return;
      }
      const recorded = recording.response;
      if (!recorded?.status) {
        return;
      }
      for (const [name, value] of Object.entries(recorded.headers)) {
        if (value && !/^(content-length|transfer-encoding)$/i.test(name)) {
          response.setHeader(name, value);
        }
      }
      response.writeHead(recorded.status);
      if (recording.ended?.startsWith('cut')) {
        response.write(bodyText(recording), () => response.destroy());
      } else {
        response.end(bodyText(recording));
      }
    });
    const client = DefaultArgoCdClient.create(
      {
        name: 'main',
        url: server.url,
        frontendUrl: server.url,
        credentials: { token: 'a-token' },
      },
      { timeouts: TIMEOUTS },
    );
    return new ReplayServer(client, server, replay);
  }

  private constructor(
    readonly client: DefaultArgoCdClient,
    private readonly server: TestServer,
    private readonly replay: { recording?: Recording },
  ) {}

  get requests(): number {
    return this.server.received.length;
  }

  play(recording: Recording): void {
    this.replay.recording = recording;
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.server.stop();
  }
}
