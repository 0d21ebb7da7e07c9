import {
  type CandidateTag,
  type Platform,
  type TagPolicy,
  filterTags,
  needsMetadata,
  wantsPlatform,
} from '@landfall/backstage-plugin-delivery-common';
import { messageOf } from '../errors';
import type { Manifest, RegistryReader } from './RegistryReader';
import { nanosecondsOf } from './time';

/** Go's zero time, which an index has until an image of it is known. */
const NEVER = '0001-01-01T00:00:00Z';

/** Manifests that are asked for at a time. */
const CONCURRENCY = 20;

/** What one tag names: when it was built, and its digest. */
interface Metadata {
  builtAt: bigint;
  digest: string;
}

/**
 * Reads the tags of a repository that a policy may choose of, and of each what
 * the strategy needs. A tag whose manifest can't be read, or that has no image
 * for the wanted platforms, is left out.
 *
 * @param onError - told of each tag that couldn't be read
 * @throws Error when the tags can't be listed, or for `digest` without a tag to follow
 */
export async function readCandidates(options: {
  /** The image list's entry, for the error. */
  original: string;
  repository: string;
  reader: RegistryReader;
  policy: TagPolicy;
  platforms: readonly Platform[];
  onError: (message: string) => void;
}): Promise<CandidateTag[]> {
  const { policy, reader, repository, platforms } = options;
  const tags = await reader.tags();
  if (policy.strategy === 'digest' && policy.constraint === '') {
    throw new Error(
      `cannot use update strategy 'digest' for image '${options.original}' without a version constraint`,
    );
  }
  const names = filterTags(tags, policy);
  if (!needsMetadata(policy.strategy)) {
    return names.map(name => ({ name, builtAt: 0n, digest: '' }));
  }
  const read = async (name: string): Promise<CandidateTag | undefined> => {
    let manifest: Manifest;
    try {
      manifest = await reader.manifest(name);
    } catch (error) {
      options.onError(
        `Error fetching metadata for ${repository}:${name} - neither V1 or V2 or OCI manifest returned by registry: ${messageOf(
          error,
        )}`,
      );
      return undefined;
    }
    try {
      const metadata = await metadataOf(reader, manifest, {
        platforms,
        withDates: policy.strategy === 'newest-build',
      });
      return (
        metadata && {
          name,
          builtAt: metadata.builtAt,
          digest: policy.strategy === 'digest' ? metadata.digest : '',
        }
      );
    } catch (error) {
      options.onError(
        `error fetching metadata for ${repository}:${name}: ${messageOf(
          error,
        )}`,
      );
      return undefined;
    }
  };
  const candidates: (CandidateTag | undefined)[] = [];
  for (let at = 0; at < names.length; at += CONCURRENCY) {
    candidates.push(
      ...(await Promise.all(names.slice(at, at + CONCURRENCY).map(read))),
    );
  }
  return candidates.filter(
    (candidate): candidate is CandidateTag => candidate !== undefined,
  );
}

/** Of an index, the latest date of its images for the wanted platforms; undefined if it has none. */
async function metadataOf(
  reader: RegistryReader,
  manifest: Manifest,
  options: { platforms: readonly Platform[]; withDates: boolean },
): Promise<Metadata | undefined> {
  if (manifest.kind === 'image') {
    const config = await reader.config(manifest.configDigest);
    return wantsPlatform(options.platforms, config.platform)
      ? {
          digest: manifest.digest,
          builtAt: nanosecondsOf(config.created),
        }
      : undefined;
  }
  if (manifest.children.length === 0) {
    throw new Error('empty index not supported');
  }
  const wanted = manifest.children.filter(({ platform }) =>
    wantsPlatform(options.platforms, platform),
  );
  if (wanted.length === 0) {
    return undefined;
  }
  const result = { digest: manifest.digest, builtAt: nanosecondsOf(NEVER) };
  if (options.withDates) {
    for (const { digest } of wanted) {
      const child = await metadataOf(
        reader,
        await reader.manifest(digest),
        options,
      );
      if (child && child.builtAt > result.builtAt) {
        result.builtAt = child.builtAt;
      }
    }
  }
  return result;
}
