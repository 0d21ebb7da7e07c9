import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const objectSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
});
const recordSchema = z.record(z.string(), z.unknown());

type KubernetesObject = z.infer<typeof objectSchema>;

/** The few cluster resources that an updater reads, over HTTP. */
export class FakeKubernetes {
  applications: KubernetesObject[] = [];
  imageUpdaters: KubernetesObject[] = [];
  /** Every status that was set, in order. */
  readonly statuses: Record<string, unknown>[] = [];
  /** The bodies of Application patches. */
  readonly patches: Record<string, unknown>[] = [];

  private constructor(
    private readonly server: Server,
    private readonly token: string,
  ) {}

  static async start(token: string): Promise<FakeKubernetes> {
    const server = createServer();
    const fake = new FakeKubernetes(server, token);
    server.on('request', async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) {
        chunks.push(chunk);
      }
      const text = Buffer.concat(chunks).toString();
      const { status, body } = fake.#answer(
        req.method ?? '',
        req.url ?? '',
        req.headers.authorization,
        text === '' ? {} : recordSchema.parse(JSON.parse(text)),
      );
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(body));
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return fake;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }

  /** The given condition of the last status. */
  condition(type: string): Record<string, unknown> | undefined {
    const last = z
      .object({ conditions: z.array(recordSchema) })
      .safeParse(this.statuses.at(-1));
    return last.data?.conditions.find(condition => condition.type === type);
  }

  #answer(
    method: string,
    url: string,
    authorization: string | undefined,
    body: Record<string, unknown>,
  ): { status: number; body: object } {
    const refusal = (status: number, message: string) => ({
      status,
      body: { kind: 'Status', status: 'Failure', message, code: status },
    });
    if (authorization !== `Bearer ${this.token}`) {
      return refusal(401, 'Unauthorized');
    }
    const match =
      /^\/apis\/[^/]+\/v1alpha1\/namespaces\/([^/]+)\/([^/]+)(?:\/([^/]+))?(\/status)?$/.exec(
        url,
      );
    const [, namespace, plural, name, status] = match ?? [];
    const lists: Record<string, KubernetesObject[]> = {
      applications: this.applications,
      imageupdaters: this.imageUpdaters,
    };
    const objects = (lists[plural] ?? []).filter(
      ({ metadata }) => metadata.namespace === namespace,
    );
    if (method === 'GET') {
      return { status: 200, body: { items: objects } };
    }
    const object = objects.find(({ metadata }) => metadata.name === name);
    if (!object || method !== 'PATCH') {
      return refusal(404, `${plural} "${name}" not found`);
    }
    if (status) {
      this.statuses.push(recordSchema.parse(structuredClone(body.status)));
    } else {
      this.patches.push(body);
    }
    merge(object, body);
    return { status: 200, body: object };
  }
}

/** Parses an object from a manifest. */
export function kubernetesObject(value: unknown): KubernetesObject {
  return objectSchema.parse(value);
}

function merge(target: Record<string, unknown>, patch: object): void {
  for (const [key, value] of Object.entries(patch)) {
    const present = recordSchema.safeParse(target[key]);
    const change = recordSchema.safeParse(value);
    if (value === null) {
      delete target[key];
    } else if (present.success && change.success) {
      merge(present.data, change.data);
      target[key] = present.data;
    } else {
      target[key] = value;
    }
  }
}
