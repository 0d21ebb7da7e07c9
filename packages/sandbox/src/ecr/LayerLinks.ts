import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Registry } from './Registry';
import type { Signer } from './Signer';

export const LAYERS_PATH = '/layers/';

/** The lifetime of ECR's S3 links. */
const LIFETIME_MS = 60 * 60 * 1000;

/**
 * Links for downloading a layer (or an image's configuration) without
 * credentials, like ECR's links to S3.
 */
export class LayerLinks {
  constructor(
    private readonly registry: Registry,
    private readonly signer: Signer,
  ) {}

  /** The link to an existing layer. */
  linkTo(repository: string, digest: string): string {
    const { token } = this.signer.issue(`${repository}@${digest}`, LIFETIME_MS);
    const query = new URLSearchParams({ repository, digest, token });
    return `${this.registry.identity.url}${LAYERS_PATH}?${query}`;
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { searchParams: query } = new URL(req.url ?? '/', 'http://registry');
    const [repository, digest, token] = ['repository', 'digest', 'token'].map(
      name => query.get(name) ?? '',
    );
    const blobs = this.registry.find(repository)?.blobs;
    if (!blobs || !this.signer.isValid(`${repository}@${digest}`, token)) {
      res.writeHead(403, { 'content-type': 'application/xml' });
      res.end('<Error><Code>AccessDenied</Code></Error>');
      return;
    }
    res.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': blobs.size(digest) ?? 0,
    });
    await pipeline(blobs.read(digest), res);
  }
}
