import { z } from 'zod';
import { request } from './http';
import { RegistryRequestError } from './RegistryRequestError';

const errorsSchema = z.object({
  errors: z
    .array(z.object({ code: z.string(), message: z.string().optional() }))
    .min(1),
});

/** The pushing half of an OCI distribution client. */
export class OciPushClient {
  constructor(
    private readonly options: {
      url: string;
      repository: string;
      /** Value of the `Authorization` header. */
      authorization: string;
    },
  ) {}

  /** Uploads a blob unless the repository has it. */
  async pushBlob(digest: string, content: Buffer): Promise<void> {
    const head = await this.#send('HEAD', `blobs/${digest}`, [200, 404]);
    if (head.status === 200) {
      return;
    }
    const started = await this.#send('POST', 'blobs/uploads/', [202]);
    const location = started.headers.get('location');
    if (!location) {
      throw new RegistryRequestError(
        `The registry at ${this.options.url} started an upload without a Location`,
        undefined,
        started.status,
      );
    }
    const url = new URL(location, this.options.url);
    url.searchParams.set('digest', digest);
    await this.#fetch('PUT', url, [201], {
      body: content,
      type: 'application/octet-stream',
    });
  }

  /** Uploads a manifest under a tag or its digest. */
  async pushManifest(
    reference: string,
    content: Buffer,
    type: string,
  ): Promise<void> {
    await this.#send('PUT', `manifests/${reference}`, [201], {
      body: content,
      type,
    });
  }

  #send(
    method: string,
    path: string,
    expected: number[],
    content?: { body: Buffer; type: string },
  ): Promise<Response> {
    const { url, repository } = this.options;
    return this.#fetch(
      method,
      new URL(`/v2/${repository}/${path}`, url),
      expected,
      content,
    );
  }

  async #fetch(
    method: string,
    url: URL,
    expected: number[],
    content?: { body: Buffer; type: string },
  ): Promise<Response> {
    const response = await request(url, {
      method,
      headers: {
        authorization: this.options.authorization,
        ...(content && { 'content-type': content.type }),
      },
      body: content && new Uint8Array(content.body),
    });
    const text = await response.text();
    if (!expected.includes(response.status)) {
      throw refusal(`${method} ${url.href}`, response.status, text);
    }
    return response;
  }
}

function refusal(
  what: string,
  status: number,
  body: string,
): RegistryRequestError {
  try {
    const [{ code, message }] = errorsSchema.parse(JSON.parse(body)).errors;
    return new RegistryRequestError(`${code}: ${message ?? ''}`, code, status);
  } catch {
    // Not the distribution API's error form, as from a proxy in between.
    return new RegistryRequestError(
      `${what} was answered by ${status}`,
      undefined,
      status,
    );
  }
}
