import {
  BatchGetImageCommand,
  type ECRClient,
  ECRServiceException,
  GetDownloadUrlForLayerCommand,
} from '@aws-sdk/client-ecr';
import { ServiceUnavailableError } from '@backstage/errors';
import { MAX_MANIFEST_BYTES, sendHttp } from '../http';
import { isContentOf, type Manifest, parseManifest } from '../manifest';

/** The limit of one `BatchGetImage` call. */
const BATCH = 100;
const TIMEOUT_MS = 10_000;

/** A repository of ECR, with a client that may read it. */
export interface EcrRepository {
  client: ECRClient;
  registryId: string;
  repositoryName: string;
}

/** Identifies the repository, in messages and as a key. */
export function repositoryLabel({
  registryId,
  repositoryName,
}: EcrRepository): string {
  return `${registryId}/${repositoryName}`;
}

/** Key of an image: the digest alone doesn't show who may read it. */
export function contentKey(
  { registryId }: EcrRepository,
  digest: string,
): string {
  return `${registryId}/${digest}`;
}

/**
 * Whether a permission is missing: a retry doesn't help until somebody grants
 * it.
 */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof ECRServiceException &&
    error.name === 'AccessDeniedException'
  );
}

/**
 * Reads manifests with `BatchGetImage` in batches, so that a failure doesn't
 * lose the earlier ones. Missing manifests and those of other media types are
 * omitted. Undefined stands for one that can't be parsed.
 */
export async function* readManifests(
  { client, registryId, repositoryName }: EcrRepository,
  digests: string[],
  options: { mediaTypes: string[]; signal: AbortSignal | undefined },
): AsyncIterable<Map<string, Manifest | undefined>> {
  for (let at = 0; at < digests.length; at += BATCH) {
    const { images = [] } = await client.send(
      new BatchGetImageCommand({
        registryId,
        repositoryName,
        imageIds: digests
          .slice(at, at + BATCH)
          .map(imageDigest => ({ imageDigest })),
        acceptedMediaTypes: options.mediaTypes,
      }),
      { abortSignal: options.signal },
    );
    yield new Map(
      images.flatMap(({ imageId, imageManifest }) =>
        imageId?.imageDigest
          ? [
              [
                imageId.imageDigest,
                imageManifest ? parseManifest(imageManifest) : undefined,
              ],
            ]
          : [],
      ),
    );
  }
}

/** Reads the configuration of an image, which ECR keeps like a layer. */
export async function readConfig(
  { client, registryId, repositoryName }: EcrRepository,
  layerDigest: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { downloadUrl } = await client.send(
    new GetDownloadUrlForLayerCommand({
      registryId,
      repositoryName,
      layerDigest,
    }),
    { abortSignal: signal },
  );
  if (!downloadUrl) {
    throw new Error(`ECR returned no download URL for ${layerDigest}`);
  }
  // The URL itself grants the permission to read it.
  const url = new URL(downloadUrl);
  const { status, body } = await sendHttp(url, {
    headers: {},
    idleMs: TIMEOUT_MS,
    maxBytes: MAX_MANIFEST_BYTES,
    followsRedirects: true,
    signal,
  });
  if (status !== 200 || !isContentOf(layerDigest, body)) {
    throw new ServiceUnavailableError(
      `${url.host} answered ${status} instead of ${layerDigest}`,
    );
  }
  return body.toString();
}
