import { readBody } from '../http/body';
import { compareText, isTagMutable, requireImage } from '../model/images';
import { MAX_MANIFEST_BYTES } from '../model/manifest';
import { DIGEST_PATTERN, TAG_PATTERN } from '../model/names';
import type { ImageId } from '../model/types';
import { immutableTag } from '../Registry';
import { OciError } from './OciError';
import { end, type OciRequest } from './request';

const MAX_TAGS = 1000;

/** `manifests/<reference>`. */
export async function handleManifest(request: OciRequest): Promise<void> {
  const { method, repository, res } = request;
  const id = referenceOf(request.path[1]);
  if (method === 'PUT') {
    await putManifest(request, id);
    return;
  }
  const image = requireImage(repository, id);
  const headers = {
    'content-type': image.mediaType,
    'docker-content-digest': image.digest,
  };
  switch (method) {
    case 'HEAD':
      end(res, 200, {
        ...headers,
        'content-length': Buffer.byteLength(repository.manifest(image.digest)),
      });
      return;
    case 'GET': {
      const text = repository.manifest(image.digest);
      res.writeHead(200, {
        ...headers,
        'content-length': Buffer.byteLength(text),
      });
      res.end(text);
      return;
    }
    default:
      throw new OciError(405, 'UNSUPPORTED', `${method} is not supported`);
  }
}

async function putManifest(request: OciRequest, id: ImageId): Promise<void> {
  const { req, res, registry, repository } = request;
  const body = await readBody(req, MAX_MANIFEST_BYTES);
  const { imageTag } = id;
  const { image, changed } = registry.putImage({
    repository,
    manifest: body.toString('utf8'),
    mediaType: req.headers['content-type']?.split(';')[0].trim(),
    digest: id.imageDigest,
    tag: imageTag,
  });
  // Unlike PutImage, pushing the very same image again is no error, unless the
  // tag is immutable.
  if (
    !changed &&
    imageTag !== undefined &&
    !isTagMutable(repository, imageTag)
  ) {
    throw immutableTag(repository, imageTag);
  }
  end(res, 201, {
    location: `/v2/${repository.settings.name}/manifests/${image.digest}`,
    'docker-content-digest': image.digest,
  });
}

/** `tags/list`, paged by `n` and `last`, with the next page in `Link`. */
export function handleTags({ query, repository, res }: OciRequest): void {
  const n = query.get('n');
  const size = n === null ? MAX_TAGS : Number(n);
  if (!Number.isInteger(size) || size < 0) {
    throw new OciError(
      400,
      'PAGINATION_NUMBER_INVALID',
      'n must be a whole number, 0 or more',
    );
  }
  const last = query.get('last');
  const { name } = repository.settings;
  const rest = [...repository.tags.keys()]
    .sort(compareText)
    .filter(tag => last === null || compareText(tag, last) > 0);
  const tags = rest.slice(0, Math.min(size, MAX_TAGS));
  const next =
    tags.length > 0 && tags.length < rest.length
      ? `</v2/${name}/tags/list?${new URLSearchParams({
          last: tags[tags.length - 1],
          n: String(tags.length),
        })}>; rel="next"`
      : undefined;
  res.writeHead(200, {
    'content-type': 'application/json',
    ...(next && { link: next }),
  });
  res.end(JSON.stringify({ name, tags }));
}

function referenceOf(reference: string | undefined): ImageId {
  if (reference && DIGEST_PATTERN.test(reference)) {
    return { imageDigest: reference };
  }
  if (reference && TAG_PATTERN.test(reference)) {
    return { imageTag: reference };
  }
  throw new OciError(
    400,
    reference?.includes(':') ? 'DIGEST_INVALID' : 'TAG_INVALID',
    `'${reference}' is neither a tag nor a sha256 digest`,
  );
}
