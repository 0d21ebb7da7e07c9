import { pipeline } from 'node:stream/promises';
import { DIGEST_PATTERN } from '../model/names';
import type { Blobs } from '../store/Blobs';
import { OciError } from './OciError';
import { end, type OciRequest } from './request';

/** ECR's largest layer, in bytes (52,000 MiB). */
const MAX_BLOB_BYTES = 52_000 * 1024 * 1024;

/** `blobs/<digest>`: whether a blob exists, and its content. */
export async function handleBlob(request: OciRequest): Promise<void> {
  const { res, method, registry, repository } = request;
  const digest = requireDigest(request.path[1]);
  const blobs = registry.blobsOf(repository);
  const size = blobs.size(digest);
  if (size === undefined) {
    throw new OciError(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  }
  if (method !== 'GET' && method !== 'HEAD') {
    throw new OciError(405, 'UNSUPPORTED', `${method} is not supported`);
  }
  const headers = {
    'content-type': 'application/octet-stream',
    'docker-content-digest': digest,
    'content-length': size,
  };
  if (method === 'HEAD') {
    end(res, 200, headers);
    return;
  }
  res.writeHead(200, headers);
  await pipeline(blobs.read(digest), res);
}

/** `blobs/uploads/…`: monolithic and chunked uploads. */
export async function handleUpload(request: OciRequest): Promise<void> {
  const { method, registry, repository, res } = request;
  const id = request.path[2] ?? '';
  const blobs = registry.blobsOf(repository);
  if (id === '' && method === 'POST') {
    await startUpload(request, blobs);
    return;
  }
  const size = blobs.uploadSize(id);
  if (size === undefined) {
    throw new OciError(
      404,
      'BLOB_UPLOAD_UNKNOWN',
      'blob upload unknown to registry',
    );
  }
  switch (method) {
    case 'GET':
      end(res, 204, uploadHeaders(request, id, size));
      return;
    case 'PATCH':
      await append(request, blobs, id, size);
      end(res, 202, uploadHeaders(request, id, blobs.uploadSize(id) ?? 0));
      return;
    case 'PUT':
      await finish(request, blobs, id, size);
      return;
    default:
      throw new OciError(405, 'UNSUPPORTED', `${method} is not supported`);
  }
}

/**
 * POST starts an upload, or with `?digest=` uploads in one request. A `mount`
 * starts an ordinary upload, as the specification allows.
 */
async function startUpload(request: OciRequest, blobs: Blobs): Promise<void> {
  if (request.query.has('digest')) {
    requireDigest(request.query.get('digest'));
    const id = blobs.startUpload();
    await finish(request, blobs, id, 0);
    return;
  }
  const id = blobs.startUpload();
  end(request.res, 202, uploadHeaders(request, id, 0));
}

async function append(
  request: OciRequest,
  blobs: Blobs,
  id: string,
  size: number,
): Promise<void> {
  const { req } = request;
  const range = /^(\d+)-(\d+)$/.exec(req.headers['content-range'] ?? '');
  if (range && Number(range[1]) !== size) {
    throw new OciError(
      416,
      'BLOB_UPLOAD_INVALID',
      `the next chunk starts at ${size}`,
      uploadHeaders(request, id, size),
    );
  }
  if (size + Number(req.headers['content-length'] ?? 0) > MAX_BLOB_BYTES) {
    throw new OciError(
      413,
      'SIZE_INVALID',
      `a layer may have at most ${MAX_BLOB_BYTES} bytes`,
    );
  }
  await blobs.append(id, req);
}

async function finish(
  request: OciRequest,
  blobs: Blobs,
  id: string,
  size: number,
): Promise<void> {
  const { res, query, repository } = request;
  const digest = requireDigest(query.get('digest'));
  await append(request, blobs, id, size);
  if (!(await blobs.finish(id, digest))) {
    throw new OciError(
      400,
      'DIGEST_INVALID',
      'provided digest did not match uploaded content',
    );
  }
  end(res, 201, {
    location: `/v2/${repository.settings.name}/blobs/${digest}`,
    'docker-content-digest': digest,
  });
}

function uploadHeaders({ repository }: OciRequest, id: string, size: number) {
  return {
    location: `/v2/${repository.settings.name}/blobs/uploads/${id}`,
    range: `0-${Math.max(0, size - 1)}`,
    'docker-upload-uuid': id,
  };
}

function requireDigest(text: string | null | undefined): string {
  if (!text || !DIGEST_PATTERN.test(text)) {
    throw new OciError(
      400,
      'DIGEST_INVALID',
      'a digest of the form sha256:<64 hexadecimal digits> is required',
    );
  }
  return text;
}
