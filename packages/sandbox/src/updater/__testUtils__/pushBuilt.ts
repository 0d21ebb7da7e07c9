import { buildIndex, type BuiltImage } from '@landfall/testing-kit';
import { EcrJsonClient } from '../../ecr';
import { request } from '../../http/request';

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
  const send = async (
    method: string,
    path: string,
    bytes: Buffer,
    type = 'application/octet-stream',
  ) => {
    const url = new URL(`/v2/${repository}/${path}`, registryUrl);
    const headers = { authorization, 'content-type': type };
    const body = new Uint8Array(bytes);
    const response = await request(url, { method, headers, body });
    await response.body?.cancel();
  };
  const index = images.length > 1 ? buildIndex(images) : undefined;
  for (const { image } of images) {
    for (const { digest, bytes } of [image.layer, image.config]) {
      await send('POST', `blobs/uploads/?digest=${digest}`, bytes);
    }
    const { digest, bytes } = image.manifest;
    const reference = index ? digest : tag;
    await send('PUT', `manifests/${reference}`, bytes, image.mediaType);
  }
  if (index) {
    await send('PUT', `manifests/${tag}`, index.bytes, index.mediaType);
  }
  return index?.digest ?? images[0].image.manifest.digest;
}
