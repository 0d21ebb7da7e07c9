import {
  type CompiledPolicy,
  type RegistryVersion,
  nanosecondsOf,
  tagsToRead,
  versionsInOrder,
  wantsPlatform,
} from '@landfall/backstage-plugin-delivery-common';
import pLimit from 'p-limit';
import { messageOf } from '../../errors';
import type { Manifest, RegistryReader } from './RegistryReader';

/**
 * Go's zero time. An index has it until the date of one of its images is known.
 */
const NEVER = '0001-01-01T00:00:00Z';

/** Manifests requested concurrently. */
const CONCURRENCY = 20;

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
  const { name } = policy.policy.image;
  const tags = await reader.tags();
  if (policy.unusable) {
    throw policy.unusable;
  }
  const names = tagsToRead(tags, policy);
  if (!strategy.readsMetadata) {
    return versionsInOrder(names, 'unsorted');
  }
  const read = async (tag: string): Promise<RegistryVersion[]> => {
    let manifest: Manifest | undefined;
    try {
      manifest = await reader.manifest(tag);
      const builtAt = await builtAtOf(reader, manifest, policy);
      const followed = strategy.followsDigest && { digest: manifest.digest };
      return builtAt ? [{ tag, builds: [{ builtAt }], ...followed }] : [];
    } catch (error) {
      const reason = messageOf(error);
      options.onError(
        manifest
          ? `error fetching metadata for ${name}:${tag}: ${reason}`
          : `Error fetching metadata for ${name}:${tag} - neither V1 or V2 or OCI manifest returned by registry: ${reason}`,
      );
      return [];
    }
  };
  const limit = pLimit(CONCURRENCY);
  return (await Promise.all(names.map(tag => limit(() => read(tag))))).flat();
}

/**
 * The build time in RFC 3339. Of an index, the latest one of its images for the
 * wanted platforms, if the strategy needs it. Undefined if there is no such
 * image.
 */
async function builtAtOf(
  reader: RegistryReader,
  manifest: Manifest,
  policy: CompiledPolicy,
): Promise<string | undefined> {
  const { platforms, strategy } = policy;
  if (manifest.kind === 'image') {
    const { platform, created } = await reader.config(manifest.configDigest);
    return wantsPlatform(platforms, platform)
      ? checkedTime(created)
      : undefined;
  }
  if (manifest.children.length === 0) {
    throw new Error('empty index not supported');
  }
  const wanted = manifest.children.filter(({ platform }) =>
    wantsPlatform(platforms, platform),
  );
  if (wanted.length === 0) {
    return undefined;
  }
  let latest = NEVER;
  for (const { digest } of strategy.goesByBuildDate ? wanted : []) {
    const child = await reader.manifest(digest);
    const builtAt = (await builtAtOf(reader, child, policy)) ?? NEVER;
    if ((nanosecondsOf(builtAt) ?? 0n) > (nanosecondsOf(latest) ?? 0n)) {
      latest = builtAt;
    }
  }
  return latest;
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
