import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PartLogger } from '../../part';
import { OCI_API } from '../api/operations/registry';
import { isRepositoryName } from '../model/names';
import type { Registry } from '../Registry';
import type { Signer } from '../Signer';
import type { Repository } from '../store/Repository';
import { tokenOf } from './authorization';
import { handleBlob, handleUpload } from './blobs';
import { handleManifest, handleTags } from './manifests';
import { OciError, toOciError } from './OciError';

/** `/v2/<name>/…`. The name extends to the last known word of the path. */
const PATH =
  /^\/v2\/(.+)\/(?:(manifests)\/([^/]+)|(blobs\/uploads)(?:\/([^/]*))?|(blobs)\/([^/]+)|(tags)\/list)$/;

/** A parsed request of the distribution API. */
export interface OciRequest {
  req: IncomingMessage;
  res: ServerResponse;
  method: string;
  query: URLSearchParams;
  registry: Registry;
  repository: Repository;
  /** A tag, a digest, or the id of an upload. */
  reference: string;
}

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
    const { registry, signer } = this.options;
    if (!signer.isValid(OCI_API, tokenOf(req))) {
      throw new OciError(401, 'UNAUTHORIZED', 'Not Authorized', {
        'www-authenticate': `Basic realm="${registry.identity.url}/",service="ecr.amazonaws.com"`,
      });
    }
    const url = new URL(req.url ?? '/', 'http://registry');
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
