import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { DIGEST_PATTERN, type ImageId, TAG_PATTERN } from '../model/types';
import { OciError, unsupported } from '../model/errors';
import { compareText } from '../model/paging';
import { immutableTag, type Registry } from '../Registry';
import type { Repository } from '../store/Repository';

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

/** `blobs/<digest>`: whether a blob exists, and its content. */
export async function handleBlob(request: OciRequest): Promise<void> {
  const { res, method, repository } = request;
  const { blobs } = repository;
  const digest = requireDigest(request.reference);
  const size = blobs.size(digest);
  if (size === undefined) {
    throw new OciError(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  }
  const headers = {
    'content-type': 'application/octet-stream',
    'docker-content-digest': digest,
    'content-length': size,
  };
  switch (method) {
    case 'HEAD':
      end(res, 200, headers);
      return;
    case 'GET':
      res.writeHead(200, headers);
      await pipeline(blobs.read(digest), res);
      return;
    default:
      throw unsupported(method);
  }
}

/**
 * `blobs/uploads/…`: POST starts an upload, or with `?digest=` uploads in one
 * request; PATCH appends to an upload; PUT completes it. A `mount` starts an
 * ordinary upload, as the specification allows.
 */
export async function handleUpload(request: OciRequest): Promise<void> {
  const { req, res, method, query, repository, reference } = request;
  const { blobs } = repository;
  const { name } = repository.settings;
  const isNew = method === 'POST' && reference === '';
  const digest =
    method === 'PUT' || (isNew && query.has('digest'))
      ? requireDigest(query.get('digest'))
      : undefined;
  const id = isNew ? blobs.startUpload() : reference;
  if (blobs.uploadSize(id) === undefined) {
    throw new OciError(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown');
  }
  if (!isNew && method !== 'PATCH' && method !== 'PUT') {
    throw unsupported(method);
  }
  if (digest !== undefined || method === 'PATCH') {
    await blobs.append(id, req);
  }
  if (digest === undefined) {
    end(res, 202, {
      location: `/v2/${name}/blobs/uploads/${id}`,
      range: `0-${Math.max(0, (blobs.uploadSize(id) ?? 0) - 1)}`,
      'docker-upload-uuid': id,
    });
    return;
  }
  if (!(await blobs.finish(id, digest))) {
    throw new OciError(
      400,
      'DIGEST_INVALID',
      'provided digest did not match uploaded content',
    );
  }
  end(res, 201, {
    location: `/v2/${name}/blobs/${digest}`,
    'docker-content-digest': digest,
  });
}

function requireDigest(digest: string | null): string {
  if (!digest || !DIGEST_PATTERN.test(digest)) {
    throw new OciError(400, 'DIGEST_INVALID', 'a sha256 digest is required');
  }
  return digest;
}

/** Ends a response without a body. */
function end(
  res: ServerResponse,
  status: number,
  headers: Record<string, string | number>,
): void {
  res.writeHead(status, { 'content-length': 0, ...headers });
  res.end();
}

const MAX_TAGS = 1000;

/** `manifests/<reference>`. */
export async function handleManifest(request: OciRequest): Promise<void> {
  const { method, registry, repository, res } = request;
  const id = referenceOf(request.reference);
  if (method === 'PUT') {
    await putManifest(request, id);
    return;
  }
  if (method !== 'GET' && method !== 'HEAD') {
    throw unsupported(method);
  }
  const { mediaType, digest, manifest } = registry.image(repository, id);
  res.writeHead(200, {
    'content-type': mediaType,
    'docker-content-digest': digest,
    'content-length': Buffer.byteLength(manifest),
  });
  res.end(method === 'GET' ? manifest : undefined);
}

async function putManifest(
  { req, res, registry, repository }: OciRequest,
  { imageTag, imageDigest }: ImageId,
): Promise<void> {
  const { image, changed } = registry.putImage({
    repository,
    manifest: await text(req),
    mediaType: req.headers['content-type']?.split(';')[0].trim(),
    digest: imageDigest,
    tag: imageTag,
  });
  // Unlike PutImage, pushing the very same image again is no error, unless the
  // tag is immutable.
  const { mutability } = repository.settings;
  if (!changed && imageTag && mutability === 'IMMUTABLE') {
    throw immutableTag(repository, imageTag);
  }
  end(res, 201, {
    location: `/v2/${repository.settings.name}/manifests/${image.digest}`,
    'docker-content-digest': image.digest,
  });
}

/** `tags/list`, paged by `n` and `last`, with the next page in `Link`. */
export function handleTags({ query, repository, res }: OciRequest): void {
  const size = Math.min(Number(query.get('n') ?? MAX_TAGS), MAX_TAGS);
  if (!Number.isInteger(size) || size < 0) {
    throw new OciError(
      400,
      'PAGINATION_NUMBER_INVALID',
      'n must be a whole number, 0 or more',
    );
  }
  const after = query.get('last') ?? '';
  const { name } = repository.settings;
  const rest = repository.tags.sort(compareText).filter(tag => tag > after);
  const tags = rest.slice(0, size);
  const last = tags.at(-1);
  if (last !== undefined && tags.length < rest.length) {
    const next = new URLSearchParams({ last, n: String(size) });
    res.setHeader('link', `</v2/${name}/tags/list?${next}>; rel="next"`);
  }
  res.writeHead(200, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ name, tags }));
}

function referenceOf(reference: string): ImageId {
  if (DIGEST_PATTERN.test(reference)) {
    return { imageDigest: reference };
  }
  if (TAG_PATTERN.test(reference)) {
    return { imageTag: reference };
  }
  throw new OciError(
    400,
    reference.includes(':') ? 'DIGEST_INVALID' : 'TAG_INVALID',
    `'${reference}' is neither a tag nor a sha256 digest`,
  );
}
