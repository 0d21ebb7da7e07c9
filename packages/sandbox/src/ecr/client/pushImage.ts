import { buildImage, buildIndex, type Image } from './buildImage';
import { EcrJsonClient, type AwsCredentials } from './EcrJsonClient';
import { OciPushClient } from './OciPushClient';

/** What to push, and where. */
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
  /**
   * When the image was created. Default: the epoch, as in reproducible builds.
   */
  created?: Date;
  /**
   * `os/architecture[/variant]`. If there are several, an index with an image
   * for each is pushed. Default: `linux/amd64`.
   */
  platforms?: readonly string[];
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
 * @throws RegistryRequestError with the registry's code: `NAME_UNKNOWN` if the
 * repository is missing, `TAG_INVALID` if the tag is immutable
 */
export async function pushImage(
  options: PushImageOptions,
): Promise<PushedImage> {
  const { registryUrl, repository, tag, platforms = ['linux/amd64'] } = options;
  const images = platforms.map(platform => ({
    platform,
    image: buildImage({
      content: `${repository}:${tag}\n${options.content ?? ''}`,
      labels: options.labels,
      created: options.created ?? new Date(0),
      platform,
    }),
  }));
  const token = await new EcrJsonClient({
    url: registryUrl,
    credentials: options.credentials,
  }).authorizationToken();
  const client = new OciPushClient({
    url: registryUrl,
    repository,
    authorization: `Basic ${token}`,
  });
  return {
    digest: await pushBuilt(client, tag, images),
    reference: `${new URL(registryUrl).host}/${repository}:${tag}`,
  };
}

/**
 * Pushes one image under a tag, or an index of several, each for its platform.
 *
 * @returns the digest that the tag points to afterwards
 */
export async function pushBuilt(
  client: OciPushClient,
  tag: string,
  images: { platform: string; image: Image }[],
): Promise<string> {
  const index = images.length > 1 ? buildIndex(images) : undefined;
  for (const { image } of images) {
    const { layer, config, manifest, mediaType } = image;
    await client.pushBlob(layer.digest, layer.bytes);
    await client.pushBlob(config.digest, config.bytes);
    const reference = index ? manifest.digest : tag;
    await client.pushManifest(reference, manifest.bytes, mediaType);
  }
  if (index) {
    await client.pushManifest(tag, index.bytes, index.mediaType);
  }
  return index?.digest ?? images[0].image.manifest.digest;
}
