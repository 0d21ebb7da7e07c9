import {
  BatchGetImageCommand,
  type ECRClient,
  ECRServiceException,
} from '@aws-sdk/client-ecr';
import { type Manifest, parseManifest } from '../manifest';

/** What ECR takes in one call of `BatchGetImage`. */
const BATCH = 100;

/** A repository of ECR, and the client that may read it. */
export interface EcrRepository {
  client: ECRClient;
  registryId: string;
  repositoryName: string;
}

/** The repository in messages, and to tell it from others. */
export function nameOf({ registryId, repositoryName }: EcrRepository): string {
  return `${registryId}/${repositoryName}`;
}

/** An image by what it is: a digest doesn't say who may read it. */
export function keyOf({ registryId }: EcrRepository, digest: string): string {
  return `${registryId}/${digest}`;
}

/** Whether a right is missing: asking again doesn't help until somebody grants it. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof ECRServiceException &&
    error.name === 'AccessDeniedException'
  );
}

/**
 * Reads manifests by `BatchGetImage`, some at a time, so that what was read
 * before a failure isn't lost. What is not there or of another media type is left
 * out; undefined: it can't be read as a manifest.
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
