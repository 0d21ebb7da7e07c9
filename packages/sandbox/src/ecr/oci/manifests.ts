import { readBody } from '../http/body';
import { compareText, isTagMutable } from '../model/images';
import { MAX_MANIFEST_BYTES } from '../model/manifest';
import { DIGEST_PATTERN, TAG_PATTERN } from '../model/names';
import type { ImageId } from '../model/types';
import { immutableTag } from '../Registry';
import { end } from './blobs';
import type { OciRequest } from './OciApi';
import { OciError, unsupported } from './OciError';

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
  const body = await readBody(req, MAX_MANIFEST_BYTES);
  const { image, changed } = registry.putImage({
    repository,
    manifest: body.toString('utf8'),
    mediaType: req.headers['content-type']?.split(';')[0].trim(),
    digest: imageDigest,
    tag: imageTag,
  });
  // Unlike PutImage, pushing the very same image again is no error, unless the
  // tag is immutable.
  if (!changed && imageTag && !isTagMutable(repository.settings, imageTag)) {
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
