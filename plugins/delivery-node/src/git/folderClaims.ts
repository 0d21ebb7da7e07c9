import { InputError, NotAllowedError } from '@backstage/errors';
import git from 'isomorphic-git';
import fs from 'node:fs';
import type { LocalRepository } from './GitRemote';
import { checkedPath } from './paths';
import type { GitFile } from './trees';

/**
 * The file that marks a folder of a repository. Its single line is the full ref
 * of the catalog entity that the folder belongs to. Its name has no extension
 * that Helm or an app-of-apps would read.
 *
 * @public
 */
export const FOLDER_MARK_FILE = '.landfall-entity';

/**
 * Folders of a repository that belong to one entity.
 *
 * @public
 */
export interface FolderClaim {
  /** Full ref, such as `component:default/api`. */
  entityRef: string;
  /** Relative to the repository's root. */
  folders: string[];
}

/**
 * Checks that the claimed folders belong to nobody else: a folder must either
 * not exist or be marked for the entity. Many teams often share a repository,
 * and an extra file in another team's chart would be deployed with it.
 *
 * The mark is compared by its id, so its content isn't fetched.
 *
 * @param tree - id of the tree of the branch's head; undefined for an empty
 * repository
 * @returns the mark files of the folders, to be committed with the rest
 *
 * @throws NotAllowedError if a folder exists without the entity's mark
 *
 * @internal
 */
export async function marksOfClaim(
  repository: LocalRepository,
  tree: string | undefined,
  claim: FolderClaim,
  url: string,
): Promise<GitFile[]> {
  const content = Buffer.from(`${claim.entityRef}\n`);
  const { oid: expected } = await git.hashBlob({ object: content });
  const marks: GitFile[] = [];
  for (const folder of claim.folders.map(checkedPath)) {
    const entries = tree && (await entriesOf(repository, tree, folder));
    const mark = entries && entries.get(FOLDER_MARK_FILE);
    if (entries && mark !== expected) {
      const file = `${folder}/${FOLDER_MARK_FILE}`;
      throw new NotAllowedError(
        mark
          ? `The folder ${folder} of ${url} belongs to another entity than ${claim.entityRef}, according to its file ${FOLDER_MARK_FILE}. Choose another name. Nothing was committed.`
          : `The folder ${folder} of ${url} exists and isn't marked as belonging to ${claim.entityRef}. Choose another name; or, if it does belong to it, have its owner commit the file ${file} with the line ${claim.entityRef}. Nothing was committed.`,
      );
    }
    marks.push({ path: `${folder}/${FOLDER_MARK_FILE}`, content });
  }
  return marks;
}

/** Ids of a folder's entries by name; undefined if the folder doesn't exist. */
async function entriesOf(
  repository: LocalRepository,
  tree: string,
  folder: string,
): Promise<Map<string, string> | undefined> {
  let oid = tree;
  for (const name of folder.split('/')) {
    const { tree: entries } = await git.readTree({ ...repository, fs, oid });
    const entry = entries.find(({ path }) => path === name);
    if (!entry) {
      return undefined;
    }
    if (entry.type !== 'tree') {
      throw new InputError(
        `${folder} isn't a folder in the repository. Choose another name`,
      );
    }
    oid = entry.oid;
  }
  const { tree: entries } = await git.readTree({ ...repository, fs, oid });
  return new Map(entries.map(entry => [entry.path, entry.oid]));
}
