import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PartLogger } from '../../part';
import type { Signer } from '../../store/Signer';
import { OCI_API } from '../api/operations/registry';
import { isRepositoryName } from '../model/types';
import type { Registry } from '../Registry';
import {
  handleBlob,
  handleManifest,
  handleTags,
  handleUpload,
  type OciRequest,
} from './handlers';
import { OciError, toOciError } from '../model/errors';

/** `/v2/<name>/…`. The name extends to the last known word of the path. */
const PATH =
  /^\/v2\/(.+)\/(?:(manifests)\/([^/]+)|(blobs\/uploads)(?:\/([^/]*))?|(blobs)\/([^/]+)|(tags)\/list)$/;

const HANDLERS: Record<string, (request: OciRequest) => Promise<void> | void> =
  {
    manifests: handleManifest,
    'blobs/uploads': handleUpload,
    blobs: handleBlob,
    tags: handleTags,
  };

/** The OCI distribution API, version 2, for push and pull. */
export class OciApi {
  constructor(
    private readonly options: {
      registry: Registry;
      signer: Signer;
      logger: PartLogger;
    },
  ) {}

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    res.setHeader('docker-distribution-api-version', 'registry/2.0');
    try {
      await this.#answer(req, res);
    } catch (error) {
      this.#refuse(req, res, error);
    }
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { registry } = this.options;
    const url = new URL(req.url ?? '/', 'http://registry');
    await this.#authorize(req, url);
    if (url.pathname === '/v2/' || url.pathname === '/v2') {
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end('{}');
      return;
    }
    const [, name, ...parts] = PATH.exec(url.pathname) ?? [];
    const [kind, reference = ''] = parts.filter(part => part !== undefined);
    if (!kind || !isRepositoryName(name)) {
      throw new OciError(400, 'NAME_INVALID', 'no such endpoint or repository');
    }
    await HANDLERS[kind]({
      req,
      res,
      method: req.method ?? 'GET',
      query: url.searchParams,
      registry,
      repository: registry.repository(name),
      // Docker sends the colon of a digest as it is, others encode it.
      reference: reference.replace(/%3a/i, ':'),
    });
  }

  /** A link to a blob has a token of its own, which is good for nothing else. */
  async #authorize(req: IncomingMessage, url: URL): Promise<void> {
    const { registry, signer } = this.options;
    const link = req.method === 'GET' ? url.searchParams.get('token') : null;
    const verified = link
      ? signer.verify(link, url.pathname)
      : signer.verify(tokenOf(req), OCI_API);
    await verified.catch(() => {
      throw new OciError(401, 'UNAUTHORIZED', 'Not Authorized', {
        'www-authenticate': `Basic realm="${registry.identity.url}/",service="ecr.amazonaws.com"`,
      });
    });
  }

  #refuse(req: IncomingMessage, res: ServerResponse, error: unknown): void {
    if (res.headersSent || res.destroyed || req.socket.destroyed) {
      // The client is gone or has received part of a blob, so the connection
      // can only be closed.
      res.destroy();
      return;
    }
    const known = toOciError(error);
    if (!known) {
      const reason = error instanceof Error ? error.stack : String(error);
      this.options.logger.error(`OCI API: ${reason}`);
    }
    const { status, code, message, headers } =
      known ?? new OciError(500, 'UNKNOWN', 'internal error');
    // Nobody reads the rest of the body. Discard it, so that the response gets
    // through.
    req.resume();
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(JSON.stringify({ errors: [{ code, message }] }));
  }
}

const USER = 'AWS:';

/**
 * The token that a registry client authenticates with: that of
 * `GetAuthorizationToken` as the password of the user `AWS`, or as a bearer.
 */
function tokenOf({ headers }: IncomingMessage): string {
  const [scheme = '', credentials = ''] = (headers.authorization ?? '').split(
    ' ',
  );
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  if (decoded.startsWith(USER)) {
    return decoded.slice(USER.length);
  }
  return scheme.toLowerCase() === 'bearer' ? credentials : '';
}
