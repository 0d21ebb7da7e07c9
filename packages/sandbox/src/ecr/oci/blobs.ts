import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { DIGEST_PATTERN } from '../model/names';
import type { OciRequest } from './OciApi';
import { OciError, unsupported } from './OciError';

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

function requireDigest(text: string | null): string {
  if (!text || !DIGEST_PATTERN.test(text)) {
    throw new OciError(400, 'DIGEST_INVALID', 'a sha256 digest is required');
  }
  return text;
}

/** Ends a response without a body. */
export function end(
  res: ServerResponse,
  status: number,
  headers: Record<string, string | number>,
): void {
  res.writeHead(status, { 'content-length': 0, ...headers });
  res.end();
}
