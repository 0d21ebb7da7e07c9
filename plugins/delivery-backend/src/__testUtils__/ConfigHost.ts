import { GitServer } from '@landfall/testing-kit';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Pull {
  number: number;
  title: string;
  body: string;
  head: string;
  base: string;
  state: 'open' | 'closed';
  merged: boolean;
}

/**
 * A Git server with the part of Gitea's API that opens and finds pull requests
 * (https://docs.gitea.com/api/1.24/).
 *
 * @internal
 */
export class ConfigHost {
  static async start(folder: string): Promise<ConfigHost> {
    const git = await GitServer.start({
      folder,
      username: 'portal',
      password: 'secret',
      allowFilter: true,
    });
    const host = new ConfigHost(git);
    await new Promise<void>(resolve => {
      host.server.listen(0, '127.0.0.1', resolve);
    });
    return host;
  }

  readonly pulls: Pull[] = [];
  /** The API answers 503. */
  isDown = false;
  /** The API lets nobody open anything. */
  isForbidden = false;
  /** The API goes down before it answers what changes something. */
  losesAnswers = false;
  private readonly server: Server;

  private constructor(readonly git: GitServer) {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const body = Buffer.concat(chunks).toString('utf8');
      const answer = this.isDown
        ? { status: 503, value: {} }
        : this.answer(request.method ?? '', request.url ?? '', body);
      if (this.losesAnswers && request.method === 'POST') {
        this.isDown = true;
        response.destroy();
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.value));
    });
  }

  /** The entry of `integrations.gitea`. */
  get integration() {
    const address = this.server.address() as AddressInfo;
    return {
      host: this.git.host,
      baseUrl: `http://127.0.0.1:${address.port}`,
      username: 'portal',
      password: 'secret',
    };
  }

  async stop(): Promise<void> {
    await this.git.stop();
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private answer(
    method: string,
    url: string,
    body: string,
  ): { status: number; value: unknown } {
    const [, base, head] = /\/pulls\/([^/]+)\/([^/]+)$/.exec(url) ?? [];
    if (method === 'POST' && this.isForbidden) {
      return { status: 403, value: {} };
    }
    if (method === 'POST' && url.endsWith('/pulls')) {
      const pull: Pull = {
        ...JSON.parse(body),
        number: this.pulls.length + 1,
        state: 'open',
        merged: false,
      };
      this.pulls.push(pull);
      return { status: 201, value: toJson(pull) };
    }
    const found = this.pulls.find(
      pull =>
        pull.base === decodeURIComponent(base ?? '') &&
        pull.head === decodeURIComponent(head ?? ''),
    );
    return found
      ? { status: 200, value: toJson(found) }
      : { status: 404, value: {} };
  }
}

function toJson({ number, title, state, merged, head, base }: Pull) {
  return {
    number,
    title,
    state,
    merged,
    merged_at: merged ? '2026-01-01T00:00:00Z' : null,
    updated_at: '2026-01-01T00:00:00Z',
    html_url: `https://git.example.com/shop/deploy/pulls/${number}`,
    user: { login: 'portal' },
    head: { ref: head, repo_id: 1 },
    base: { ref: base, repo_id: 1 },
  };
}
