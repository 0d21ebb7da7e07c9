import { createHash } from 'node:crypto';
import { type TestRegistry, TestRegistries } from './registry';

/** `sha256:<hex>` of the content, as a client computes it. */
export function digestOf(content: Buffer | string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** An OCI distribution client for a registry with the repository `shop/api`. */
export class OciTestClient {
  static async start(registries: TestRegistries): Promise<OciTestClient> {
    const registry = await registries.start();
    await registry.client.call('CreateRepository', {
      repositoryName: 'shop/api',
    });
    return new OciTestClient(registry, await registry.client.authorization());
  }

  private constructor(
    readonly registry: TestRegistry,
    readonly authorization: string,
  ) {}

  call(
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<Response> {
    const { headers, body } = init;
    return fetch(new URL(path, this.registry.url), {
      method,
      headers: { authorization: this.authorization, ...headers },
      body: typeof body === 'object' ? new Uint8Array(body) : body,
    });
  }

  /** Uploads a blob in one request, and resolves to its digest. */
  async pushBlob(
    content: Buffer | string,
    repository = 'shop/api',
  ): Promise<string> {
    const digest = digestOf(content);
    const response = await this.call(
      'POST',
      `/v2/${repository}/blobs/uploads/?digest=${digest}`,
      { body: content },
    );
    if (response.status !== 201) {
      throw new Error(`uploading a blob was answered by ${response.status}`);
    }
    return digest;
  }
}

/** The status and code of an error response. */
export async function errorOf(response: Response) {
  const { errors } = Object(await response.json());
  return { status: response.status, code: errors[0].code };
}
