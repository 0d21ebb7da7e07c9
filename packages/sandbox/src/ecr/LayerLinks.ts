import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Registry } from './Registry';
import { Signer } from './Signer';

export const LAYERS_PATH = '/layers/';

/** The lifetime of ECR's S3 links. */
const LIFETIME_MS = 60 * 60 * 1000;

/**
 * Links for downloading a layer (or an image's configuration) without
 * credentials, like ECR's links to S3. Each contains the repository, the digest
 * and its expiry, and a signature of all three.
 */
export class LayerLinks {
  /** Links don't survive a restart: clients request a new one. */
  private readonly signer = new Signer(randomBytes(32));

  constructor(private readonly registry: Registry) {}

  /** The link to an existing layer. */
  linkTo(repository: string, digest: string, now = Date.now()): string {
    const query = new URLSearchParams({
      repository,
      digest,
      'X-Amz-Expires': String(now + LIFETIME_MS),
    });
    query.set('X-Amz-Signature', this.signer.sign(query.toString()));
    const { url } = this.registry.identity;
    return `${url}${LAYERS_PATH}?${query}`;
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { searchParams: query } = new URL(req.url ?? '/', 'http://registry');
    const [repository, digest] = [
      query.get('repository') ?? '',
      query.get('digest') ?? '',
    ];
    if (req.method !== 'GET' || !this.#isGood(query)) {
      res.writeHead(403, { 'content-type': 'application/xml' });
      res.end(
        '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
      );
      return;
    }
    const found = this.registry.find(repository);
    const blobs = found && this.registry.blobsOf(found);
    const size = blobs?.size(digest);
    if (!blobs || size === undefined) {
      res.writeHead(404, { 'content-type': 'application/xml' });
      res.end('<Error><Code>NoSuchKey</Code></Error>');
      return;
    }
    res.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': size,
    });
    await pipeline(blobs.read(digest), res);
  }

  #isGood(query: URLSearchParams): boolean {
    const signature = query.get('X-Amz-Signature') ?? '';
    query.delete('X-Amz-Signature');
    return (
      this.signer.isSigned(query.toString(), signature) &&
      Date.now() < Number(query.get('X-Amz-Expires'))
    );
  }
}
