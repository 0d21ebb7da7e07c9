import {
  type CompiledPolicy,
  type RegistryVersion,
  nanosecondsOf,
  tagsToRead,
  versionsInOrder,
  wantsPlatform,
} from '@landfall/backstage-plugin-delivery-common';
import { messageOf } from '../../errors';
import type { Manifest, RegistryReader } from './RegistryReader';

/**
 * Go's zero time. An index has it until the date of one of its images is known.
 */
const NEVER = '0001-01-01T00:00:00Z';

/** Manifests requested concurrently. */
const CONCURRENCY = 20;

/** What a tag points to: the build time in RFC 3339, and the digest. */
interface Metadata {
  builtAt: string;
  digest: string;
}

/**
 * Reads the tags of a repository that a policy may choose from, each with what
 * the strategy needs. A tag is left out if its manifest can't be read, or if it
 * has no image for the wanted platforms.
 *
 * @param onError - called for each tag that couldn't be read
 * @throws Error if the tags can't be listed, or for `digest` without a tag to
 * follow
 */
export async function readCandidates(options: {
  reader: RegistryReader;
  policy: CompiledPolicy;
  onError: (message: string) => void;
}): Promise<RegistryVersion[]> {
  const { policy, reader } = options;
  const { strategy } = policy;
  const { image } = policy.policy;
  const tags = await reader.tags();
  if (policy.unusable) {
    throw policy.unusable;
  }
  const names = tagsToRead(tags, policy);
  const sortMode = reader.tagSortMode ?? 'unsorted';
  if (!strategy.readsMetadata || sortMode !== 'unsorted') {
    return versionsInOrder(names, sortMode);
  }
  const read = async (tag: string): Promise<RegistryVersion | undefined> => {
    let manifest: Manifest;
    try {
      manifest = await reader.manifest(tag);
    } catch (error) {
      options.onError(
        `Error fetching metadata for ${
          image.name
        }:${tag} - neither V1 or V2 or OCI manifest returned by registry: ${messageOf(
          error,
        )}`,
      );
      return undefined;
    }
    try {
      const metadata = await metadataOf(reader, manifest, {
        policy,
        withDates: strategy.goesByBuildDate,
      });
      return (
        metadata && {
          tag,
          builds: [{ builtAt: metadata.builtAt }],
          ...(strategy.followsDigest && { digest: metadata.digest }),
        }
      );
    } catch (error) {
      options.onError(
        `error fetching metadata for ${image.name}:${tag}: ${messageOf(error)}`,
      );
      return undefined;
    }
  };
  const candidates: (RegistryVersion | undefined)[] = [];
  for (let at = 0; at < names.length; at += CONCURRENCY) {
    candidates.push(
      ...(await Promise.all(names.slice(at, at + CONCURRENCY).map(read))),
    );
  }
  return candidates.filter(
    (candidate): candidate is RegistryVersion => candidate !== undefined,
  );
}

/**
 * For an index, the latest date of its images for the wanted platforms.
 * Undefined if there is no such image.
 */
async function metadataOf(
  reader: RegistryReader,
  manifest: Manifest,
  options: { policy: CompiledPolicy; withDates: boolean },
): Promise<Metadata | undefined> {
  if (manifest.kind === 'image') {
    const config = await reader.config(manifest.configDigest);
    return wantsPlatform(options.policy.platforms, config.platform)
      ? {
          digest: manifest.digest,
          builtAt: checkedTime(config.created),
        }
      : undefined;
  }
  if (manifest.children.length === 0) {
    throw new Error('empty index not supported');
  }
  const wanted = manifest.children.filter(({ platform }) =>
    wantsPlatform(options.policy.platforms, platform),
  );
  if (wanted.length === 0) {
    return undefined;
  }
  const result = { digest: manifest.digest, builtAt: NEVER };
  if (options.withDates) {
    for (const { digest } of wanted) {
      const child = await metadataOf(
        reader,
        await reader.manifest(digest),
        options,
      );
      if (child && isLater(child.builtAt, result.builtAt)) {
        result.builtAt = child.builtAt;
      }
    }
  }
  return result;
}

/** @throws Error unless the text is an RFC 3339 time */
function checkedTime(text: string): string {
  if (nanosecondsOf(text) === undefined) {
    throw new Error(
      `parsing time "${text}" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse "${text}" as "2006"`,
    );
  }
  return text;
}

function isLater(a: string, b: string): boolean {
  return (nanosecondsOf(a) ?? 0n) > (nanosecondsOf(b) ?? 0n);
}
