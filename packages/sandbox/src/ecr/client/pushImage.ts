import { type BuiltImage, buildImage, buildIndex } from './buildImage';
import { EcrJsonClient, type AwsCredentials } from './EcrJsonClient';
import { RegistryRequestError, request } from './http';

/** Where to push to. */
export interface PushTarget {
  /** The registry's URL, such as `http://127.0.0.1:3301`. */
  registryUrl: string;
  credentials: AwsCredentials;
  /** Must exist: like ECR, the registry doesn't create repositories on push. */
  repository: string;
  tag: string;
}

/** What to push, and where to. */
export interface PushImageOptions extends PushTarget {
  /**
   * Distinguishes images of one repository and tag, like different builds of
   * `latest`. Default: none, which always gives the same image.
   */
  content?: string;
  labels?: Record<string, string>;
  /** Default: the epoch. */
  created?: Date;
  /**
   * `os/architecture[/variant]`. If there are several, an index with an image
   * for each is pushed. Default: `linux/amd64`.
   */
  platforms?: readonly string[];
}

export interface PushedImage {
  /** The digest that the tag points to afterwards. */
  digest: string;
  /** `<host>/<repository>:<tag>`, as a deployment references it. */
  reference: string;
}

/**
 * Builds a minimal image and pushes it over HTTP like any registry client: a
 * token from `GetAuthorizationToken`, the blobs, then the manifest by tag. The
 * digest depends only on the options.
 *
 * @throws RegistryRequestError with the registry's code: `NAME_UNKNOWN` if the
 * repository is missing, `TAG_INVALID` if the tag is immutable
 */
export async function pushImage(
  options: PushImageOptions,
): Promise<PushedImage> {
  const { repository, tag, content = '', labels } = options;
  const { platforms = ['linux/amd64'], created = new Date(0) } = options;
  const file = {
    path: 'app/content.txt',
    content: `${repository}:${tag}\n${content}`,
  };
  return pushBuilt(
    options,
    platforms.map(platform => ({
      platform,
      image: buildImage({ file, labels, created, platform }),
    })),
  );
}

/** Pushes one image, or an index of several, each for its platform. */
export async function pushBuilt(
  target: PushTarget,
  images: { platform: string; image: BuiltImage }[],
): Promise<PushedImage> {
  const { registryUrl, repository, tag } = target;
  const index = images.length > 1 ? buildIndex(images) : undefined;
  const send = await clientFor(target);
  for (const { image } of images) {
    for (const { digest, bytes } of [image.layer, image.config]) {
      if (!(await send('HEAD', `blobs/${digest}`))) {
        await send('POST', `blobs/uploads/?digest=${digest}`, bytes);
      }
    }
    const { digest, bytes } = image.manifest;
    const reference = index ? digest : tag;
    await send('PUT', `manifests/${reference}`, bytes, image.mediaType);
  }
  if (index) {
    await send('PUT', `manifests/${tag}`, index.bytes, index.mediaType);
  }
  return {
    digest: index?.digest ?? images[0].image.manifest.digest,
    reference: `${new URL(registryUrl).host}/${repository}:${tag}`,
  };
}

/**
 * A function that sends a request of the OCI API, and resolves to whether there
 * is such a blob.
 */
async function clientFor({ registryUrl, credentials, repository }: PushTarget) {
  const client = new EcrJsonClient({ url: registryUrl, credentials });
  const authorization = `Basic ${await client.authorizationToken()}`;
  return async (
    method: string,
    path: string,
    body?: Buffer,
    type = 'application/octet-stream',
  ): Promise<boolean> => {
    try {
      const response = await request(
        new URL(`/v2/${repository}/${path}`, registryUrl),
        {
          method,
          headers: { authorization, 'content-type': type },
          body: body && new Uint8Array(body),
        },
      );
      await response.body?.cancel();
      return true;
    } catch (error) {
      const isMissing =
        error instanceof RegistryRequestError && error.status === 404;
      if (method === 'HEAD' && isMissing) {
        return false;
      }
      throw error;
    }
  };
}
