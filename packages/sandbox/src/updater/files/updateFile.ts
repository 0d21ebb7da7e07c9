import { posix } from 'node:path';
import {
  OVERRIDE_PREFIX,
  applicationTypeOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { ManagedApplication } from '../kubernetes/schemas';
import { updateHelmValues } from './helmValues';
import { KUSTOMIZATION_FILES, updateKustomization } from './kustomization';
import { updateOverrideFile } from './overrideFile';

/** The new content of a file in the repository. */
export interface FileChange {
  /** Relative to the repository's root. */
  path: string;
  content: string;
}

/**
 * The file that an Application's write-back changes, or undefined if it is
 * already up to date.
 *
 * @param matched - the Application with its images set in its spec
 * @param read - returns a file's text, undefined if there is none
 * @throws Error if the file can't contain the images, or is outside of the
 * repository
 */
export async function updateFile(
  matched: ManagedApplication,
  read: (path: string) => Promise<string | undefined>,
): Promise<FileChange | undefined> {
  const { writeBack } = matched;
  if (writeBack.kustomizeBase !== '') {
    return updateBase(matched, inside(writeBack.kustomizeBase), read);
  }
  const path = inside(writeBack.target);
  const original = await read(path);
  const content =
    applicationTypeOf(matched.application, writeBack) === 'helm' &&
    !posix.basename(writeBack.target).startsWith(OVERRIDE_PREFIX)
      ? updateHelmValues(matched, original)
      : updateOverrideFile(matched, original);
  return content === original ? undefined : { path, content };
}

async function updateBase(
  matched: ManagedApplication,
  base: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<FileChange | undefined> {
  for (const name of KUSTOMIZATION_FILES) {
    const path = posix.join(base, name);
    const original = await read(path);
    if (original !== undefined) {
      const content = updateKustomization(matched, original);
      return content === original ? undefined : { path, content };
    }
  }
  throw new Error(`could not find kustomization in ${posix.join('/', base)}`);
}

/** The real updater would write outside of its clone. */
function inside(path: string): string {
  const normal = posix.normalize(path).replace(/^\/+/, '');
  if (normal === '..' || normal.startsWith('../')) {
    throw new Error(
      `the write-back target ${path} lies outside of the repository`,
    );
  }
  return normal;
}
