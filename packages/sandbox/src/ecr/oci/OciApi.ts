import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PartLogger } from '../../part';
import { BodyTooLargeError } from '../http/body';
import { isRepositoryName } from '../model/names';
import type { Registry } from '../Registry';
import type { TokenIssuer } from '../TokenIssuer';
import { authorizeClient } from './authorization';
import { handleBlob, handleUpload } from './blobs';
import { handleManifest, handleTags } from './manifests';
import { OciError, toOciError } from './OciError';

/** `/v2/<name>/…`. The name extends to the last known word of the path. */
const PATH =
  /^\/v2\/(.+)\/((?:manifests\/[^/]+)|(?:blobs\/uploads(?:\/[^/]*)?)|(?:blobs\/[^/]+)|(?:tags\/list))$/;

/** The OCI distribution API, version 2, for push and pull. */
export class OciApi {
  constructor(
    private readonly options: {
      registry: Registry;
      tokens: TokenIssuer;
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
    const { registry, tokens } = this.options;
    authorizeClient(req, tokens, registry.identity.url);
    const url = new URL(req.url ?? '/', 'http://registry');
    if (url.pathname === '/v2/' || url.pathname === '/v2') {
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end('{}');
      return;
    }
    const match = PATH.exec(url.pathname);
    if (!match) {
      throw new OciError(404, 'UNSUPPORTED', 'no such endpoint');
    }
    const [, name, below] = match;
    if (!isRepositoryName(name)) {
      throw new OciError(400, 'NAME_INVALID', 'invalid repository name');
    }
    const path = below.split('/').map(decodePart);
    const request = {
      req,
      res,
      method: req.method ?? 'GET',
      query: url.searchParams,
      registry,
      repository: registry.repository(name),
      path,
    };
    switch (path[0]) {
      case 'manifests':
        await handleManifest(request);
        return;
      case 'tags':
        handleTags(request);
        return;
      default:
        await (path[1] === 'uploads'
          ? handleUpload(request)
          : handleBlob(request));
    }
  }

  #refuse(req: IncomingMessage, res: ServerResponse, error: unknown): void {
    if (res.headersSent || res.destroyed || req.socket.destroyed) {
      // The client is gone or has received part of a blob, so the connection
      // can only be closed.
      res.destroy();
      return;
    }
    const known =
      error instanceof BodyTooLargeError
        ? new OciError(413, 'SIZE_INVALID', error.message)
        : toOciError(error);
    if (!known) {
      const reason = error instanceof Error ? error.stack : String(error);
      this.options.logger.error(`OCI API: ${reason}`);
    }
    // Nobody reads the rest of the body. Discard it, so that the response gets
    // through.
    req.resume();
    res.writeHead(known?.status ?? 500, {
      'content-type': 'application/json',
      ...known?.headers,
    });
    res.end(
      JSON.stringify({
        errors: [
          {
            code: known?.code ?? 'UNKNOWN',
            message: known?.message ?? 'internal error',
          },
        ],
      }),
    );
  }
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new OciError(400, 'NAME_INVALID', 'invalid percent-encoding');
  }
}
