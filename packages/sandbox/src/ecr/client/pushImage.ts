import { buildImage } from '@landfall/testing-kit';
import type { AwsCredentials } from '../../config';
import { OciRepository } from './OciRepository';

/** What to push, and where to. */
export interface PushImageOptions {
  /** The registry's URL, such as `http://127.0.0.1:3301`. */
  registryUrl: string;
  credentials: AwsCredentials;
  /** Must exist: like ECR, the registry doesn't create repositories on push. */
  repository: string;
  tag: string;
  /**
   * Distinguishes images of one repository and tag, like different builds of
   * `latest`. Default: none, which always gives the same image.
   */
  content?: string;
  labels?: Record<string, string>;
  /** Default: the epoch. */
  created?: Date;
}

export interface PushedImage {
  digest: string;
  /** `<host>/<repository>:<tag>`, as a deployment references it. */
  reference: string;
}

/**
 * Builds a minimal image and pushes it over HTTP like any registry client: a
 * token from `GetAuthorizationToken`, the blobs, then the manifest by tag. The
 * digest depends only on the options.
 *
 * @throws RequestError with the registry's code: `NAME_UNKNOWN` if the
 * repository is missing, `TAG_INVALID` if the tag is immutable
 */
export async function pushImage(
  options: PushImageOptions,
): Promise<PushedImage> {
  const { registryUrl, credentials, repository, tag } = options;
  const { content = '', labels, created = new Date(0) } = options;
  const file = {
    path: 'app/content.txt',
    content: `${repository}:${tag}\n${content}`,
  };
  const image = buildImage({ file, labels, created });
  const { host } = new URL(registryUrl);
  const target = await OciRepository.open(
    { host, url: registryUrl, ecr: credentials },
    repository,
  );
  for (const { digest, bytes } of [image.layer, image.config]) {
    await target.upload('POST', `blobs/uploads/?digest=${digest}`, bytes);
  }
  const { digest, bytes } = image.manifest;
  await target.upload('PUT', `manifests/${tag}`, bytes, image.mediaType);
  return { digest, reference: `${host}/${repository}:${tag}` };
}
