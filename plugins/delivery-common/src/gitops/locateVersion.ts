import { findIncluded } from './includedVersion';
import type { VersionCandidate, VersionPlaces } from './places';
import { VersionChangeError } from './refusal';
import { findVersion, type FoundVersion } from './setVersion';

/**
 * The file that carries a version.
 *
 * @public
 */
export interface LocatedVersion extends VersionCandidate {
  text: string;
  found: FoundVersion;
}

/**
 * Finds the file among the candidates that decides about the version: the first that
 * has a value for it. A value found by its repository in a later file can be overruled
 * by an earlier one that only has the tag, so its key is looked for there too.
 *
 * @param read - a file's text; undefined if there is none
 * @throws VersionChangeError if there is none, or it isn't clear
 *
 * @public
 */
export async function locateVersion(
  places: VersionPlaces,
  repository: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<LocatedVersion> {
  const { candidates, sharedPath, inManifest } = places;
  const earlier: { path: string; text: string }[] = [];
  let kustomization: { path: string; text: string } | undefined;
  for (const candidate of candidates) {
    const text = await read(candidate.path);
    if (text === undefined) {
      continue;
    }
    const file = { path: candidate.path, text };
    const { target } = candidate;
    // What the Application sets overrules all files but the one merged into it.
    if (inManifest && target.format !== 'argocd-source') {
      break;
    }
    const found = findVersion(file, target);
    if (found) {
      const located = overruled(earlier, candidate, found) ?? {
        ...candidate,
        text,
        found,
      };
      if (located.path === sharedPath) {
        throw notFound(earlier.at(0)?.path ?? sharedPath, repository);
      }
      return located;
    }
    if (target.format === 'helm-values') {
      earlier.push(file);
    } else if (target.format === 'kustomization') {
      kustomization ??= file;
    }
  }
  if (inManifest) {
    throw manifestNotFound(places, repository);
  }
  if (kustomization && earlier.length === 0) {
    throw await notInKustomization(kustomization, repository, read);
  }
  const [first] = candidates;
  throw earlier.length > 0 || candidates.length > 1
    ? notFound(earlier.at(0)?.path ?? first.path, repository)
    : new VersionChangeError({
        code: 'change.file-missing',
        parameters: { path: first.path },
      });
}

/**
 * The version is set in the Application itself, whose manifest isn't in the repository
 * of its source.
 *
 * @public
 */
export function manifestNotFound(
  { repoUrl, manifest }: Pick<VersionPlaces, 'repoUrl' | 'manifest'>,
  repository: string,
): VersionChangeError {
  return new VersionChangeError({
    code: 'change.manifest-not-found',
    parameters: {
      repository,
      url: repoUrl,
      application: manifest?.application ?? '',
      field: manifest?.field ?? '',
    },
  });
}

/**
 * A kustomization whose own `images` don't have the version. What it includes isn't
 * edited: a base is made to be included by several environments.
 */
async function notInKustomization(
  kustomization: { path: string; text: string },
  repository: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<VersionChangeError> {
  const { path } = kustomization;
  const { place, remote } = await findIncluded(kustomization, repository, read);
  if (place !== undefined) {
    return new VersionChangeError({
      code: 'change.version-included',
      parameters: { path, repository, place },
    });
  }
  return remote.length > 0
    ? new VersionChangeError({
        code: 'change.version-elsewhere',
        parameters: { path, repository, remote: remote.join(', ') },
      })
    : notFound(path, repository);
}

/** The first of the files before that sets the same key. */
function overruled(
  earlier: readonly { path: string; text: string }[],
  { target }: VersionCandidate,
  { key }: FoundVersion,
): LocatedVersion | undefined {
  if (target.keys || target.format !== 'helm-values') {
    return undefined;
  }
  // Found as a tag of its own, or within an image.
  const isTag = /(?:^|\.)tag$/.test(key);
  const keyed = { ...target, keys: isTag ? { tag: key } : { spec: key } };
  for (const file of earlier) {
    const found = findVersion(file, keyed);
    if (found) {
      return { path: file.path, target: keyed, text: file.text, found };
    }
  }
  return undefined;
}

function notFound(path: string, repository: string): VersionChangeError {
  return new VersionChangeError({
    code: 'change.version-not-found',
    parameters: { path, repository },
  });
}
