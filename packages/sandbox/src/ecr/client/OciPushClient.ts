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

  /** Uploads a blob unless the repository already has it. */
  async pushBlob(digest: string, content: Buffer): Promise<void> {
    const head = await this.#send('HEAD', `blobs/${digest}`, [200, 404]);
    if (head.status === 200) {
      return;
    }
    await this.#send('POST', `blobs/uploads/?digest=${digest}`, [201], {
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

  async #send(
    method: string,
    path: string,
    expected: number[],
    content?: { body: Buffer; type: string },
  ): Promise<Response> {
    const { authorization, repository } = this.options;
    const url = new URL(`/v2/${repository}/${path}`, this.options.url);
    const response = await request(url, {
      method,
      headers: {
        authorization,
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
    // Not in the distribution API's error format, for example from a proxy in
    // between.
    return new RegistryRequestError(
      `${what} was answered by ${status}`,
      undefined,
      status,
    );
  }
}
