import { posix } from 'node:path';
import {
  OVERRIDE_PREFIX,
  applicationTypeOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { ManagedApplication } from '../managed';
import { updateHelmValues } from './helmValues';
import { KUSTOMIZATION_FILES, updateKustomization } from './kustomization';
import { updateOverrideFile } from './overrideFile';

/** A file of the repository as it is to be. */
export interface FileChange {
  /** From the repository's root. */
  path: string;
  content: string;
}

/**
 * The file that an Application's write-back changes, or undefined when it says
 * all that already.
 *
 * @param matched - the Application with its images set in its spec
 * @param read - a file's text, undefined when there is none
 * @throws Error when the file can't hold the images, or lies outside of the repository
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

/** The updater itself would write beside its clone. */
function inside(path: string): string {
  const normal = posix.normalize(path).replace(/^\/+/, '');
  if (normal === '..' || normal.startsWith('../')) {
    throw new Error(
      `the write-back target ${path} lies outside of the repository`,
    );
  }
  return normal;
}
