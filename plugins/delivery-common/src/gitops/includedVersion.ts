import {
  baseName,
  joinPath,
  KUSTOMIZATION_FILES,
} from '../image-updater/writeBack/path';
import { VersionChangeError } from './refusal';
import { findVersion } from './setVersion';
import { entriesOf, type Place, textAt, topOf, within } from './yaml/Place';
import { textOf } from './yaml/Slot';
import { YamlFile } from './yaml/YamlFile';

/** Kustomizations of people include fewer files by far. */
const MAX_FILES = 100;

const MANIFEST = /\.(?:ya?ml|json)$/;
const REMOTE = /:\/\/|^[^/]+@[^/]+:|[?&]ref=|^github\.com\//;

/** What a kustomization includes, of what matters for a version. */
interface Included {
  /** The file that has the version, with the value's key or line. */
  place?: string;
  /** What isn't in the repository. */
  remote: string[];
}

/**
 * Looks for the version of an image in the patches, manifests and bases that a
 * kustomization includes, the nearest ones first.
 *
 * @param read - a file's text; undefined if there is none
 */
export async function findIncluded(
  kustomization: { path: string; text: string },
  repository: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<Included> {
  const remote: string[] = [];
  const seen = new Set([kustomization.path]);
  const queue = includesOf(kustomization, remote);
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const path of filesOf(next)) {
      if (seen.has(path) || seen.size >= MAX_FILES) {
        continue;
      }
      seen.add(path);
      const text = await read(path);
      if (text === undefined) {
        continue;
      }
      const file = { path, text };
      const place = placeIn(file, repository);
      if (place !== undefined) {
        return { place, remote };
      }
      if (isKustomization(path)) {
        queue.push(...includesOf(file, remote));
      }
    }
  }
  return { remote };
}

/** A base is a folder; patches and manifests are files. */
function filesOf(path: string): string[] {
  return MANIFEST.test(path)
    ? [path]
    : KUSTOMIZATION_FILES.map(name => joinPath(path, name));
}

function isKustomization(path: string): boolean {
  return KUSTOMIZATION_FILES.includes(baseName(path));
}

function placeIn(
  file: { path: string; text: string },
  repository: string,
): string | undefined {
  if (isKustomization(file.path)) {
    const key = readable(
      () => findVersion(file, { format: 'kustomization', repository })?.key,
    );
    if (key !== undefined) {
      return `${file.path} (${key})`;
    }
  }
  const index = file.text
    .split('\n')
    .findIndex(line => hasVersion(line, repository));
  return index < 0 ? undefined : `${file.path}:${index + 1}`;
}

/** Whether a line has an image of the repository with a tag or digest. */
function hasVersion(line: string, repository: string): boolean {
  if (line.trimStart().startsWith('#')) {
    return false;
  }
  const start = line.indexOf(repository);
  return (
    start >= 0 &&
    !/[\w./-]/.test(line.charAt(start - 1)) &&
    /^[:@]\w/.test(line.slice(start + repository.length))
  );
}

/** Paths from the repository's root. What isn't in the repository goes to `remote`. */
function includesOf(
  { path, text }: { path: string; text: string },
  remote: string[],
): string[] {
  const folder = path.slice(0, -baseName(path).length);
  const top = readable(() => {
    const file = YamlFile.parse(path, text);
    return topOf(file, file.documents.at(0));
  });
  return [
    ...entriesOf(within(top, 'patches')).map(entry => textAt(entry, 'path')),
    ...['patchesStrategicMerge', 'components', 'resources', 'bases'].flatMap(
      key => entriesOf(within(top, key)).map(({ node }: Place) => textOf(node)),
    ),
  ].flatMap(entry => {
    if (!entry || entry.includes('\n')) {
      return [];
    }
    const included = joinPath(folder, entry);
    if (REMOTE.test(entry) || included.startsWith('..')) {
      remote.push(entry);
      return [];
    }
    return [included];
  });
}

/** Undefined of a file that can't be read: it isn't the one to edit. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof VersionChangeError) {
      return undefined;
    }
    throw error;
  }
}
