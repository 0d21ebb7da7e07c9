import { buildIndex, type BuiltImage } from '@landfall/testing-kit';
import { EcrJsonClient } from '../../ecr';
import { OciRepository } from '../../ecr/client/OciRepository';

/**
 * Pushes one image, or an index of several, each for its platform. Resolves to
 * the digest that the tag points to afterwards.
 */
export async function pushBuilt(
  registryUrl: string,
  ecr: EcrJsonClient,
  repository: string,
  tag: string,
  images: { platform: string; image: BuiltImage }[],
): Promise<string> {
  const authorization = await ecr.authorization();
  const target = new OciRepository({
    url: registryUrl,
    repository,
    authorization,
  });
  const index = images.length > 1 ? buildIndex(images) : undefined;
  for (const { image } of images) {
    for (const { digest, bytes } of [image.layer, image.config]) {
      await target.upload('POST', `blobs/uploads/?digest=${digest}`, bytes);
    }
    const { digest, bytes } = image.manifest;
    const reference = index ? digest : tag;
    await target.upload(
      'PUT',
      `manifests/${reference}`,
      bytes,
      image.mediaType,
    );
  }
  if (index) {
    await target.upload(
      'PUT',
      `manifests/${tag}`,
      index.bytes,
      index.mediaType,
    );
  }
  return index?.digest ?? images[0].image.manifest.digest;
}
