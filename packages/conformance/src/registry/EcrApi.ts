import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { RawHttp, type RawAnswer, type Trust } from '../http/RawHttp';
import { at, text } from '../http/json';

export interface EcrAccess {
  /** URL of the JSON API; for AWS `https://api.ecr.<region>.amazonaws.com`. */
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/**
 * The exception name in a response. `__type` may have a prefix before a `#`.
 */
export function errorType(body: unknown): string {
  return text(at(body, '__type')).split('#').at(-1) ?? '';
}

const TARGET = 'AmazonEC2ContainerRegistry_V20150921';

/** Node's SHA-256 with the interface that the signer needs. */
class Sha256 {
  readonly #secret?: string | Uint8Array;
  #chunks: Uint8Array[] = [];

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret =
      secret === undefined || typeof secret === 'string'
        ? secret
        : bytesOf(secret);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#chunks.push(
      typeof data === 'string' ? Buffer.from(data) : bytesOf(data),
    );
  }

  async digest(): Promise<Uint8Array> {
    const hash =
      this.#secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', this.#secret);
    this.#chunks.forEach(chunk => hash.update(chunk));
    return new Uint8Array(hash.digest());
  }

  reset(): void {
    this.#chunks = [];
  }
}

/** ECR's JSON API with signed requests. Responses are returned unchanged. */
export class EcrApi {
  readonly #http: RawHttp;
  readonly #signer: SignatureV4;

  constructor(private readonly access: EcrAccess, trust: Trust) {
    this.#http = new RawHttp(access.endpoint, trust);
    this.#signer = new SignatureV4({
      service: 'ecr',
      region: access.region,
      credentials: access,
      sha256: Sha256,
    });
  }

  /** Calls an operation. An ECR error is returned like any other response. */
  async call(operation: string, input: object): Promise<RawAnswer> {
    const url = new URL(this.access.endpoint);
    const body = JSON.stringify(input);
    const { headers } = await this.#signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: '/',
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${TARGET}.${operation}`,
      },
      body,
    });
    return this.#http.send({ method: 'POST', path: '/', headers, body });
  }

  /** User name and password for the registry's OCI API. */
  async authorizationToken(): Promise<{ username: string; password: string }> {
    const answer = await this.call('GetAuthorizationToken', {});
    const token = text(
      at(answer.body, 'authorizationData', 0, 'authorizationToken'),
    );
    const [username, password] = Buffer.from(token, 'base64')
      .toString('utf8')
      .split(':');
    if (!password) {
      throw new Error(
        `GetAuthorizationToken was answered by ${answer.status} ${answer.text}`,
      );
    }
    return { username, password };
  }

  /** Whether the endpoint is moto instead of AWS. */
  async isMoto(): Promise<boolean> {
    const answer = await this.#http.send({ path: '/moto-api/' });
    return answer.status === 200 && answer.text.toLowerCase().includes('moto');
  }

  close(): void {
    this.#http.close();
  }
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
