import {
  resolveSafeChildPath,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { serializeDirectoryContents } from '@backstage/plugin-scaffolder-node';
import {
  FOLDER_MARK_FILE,
  type FolderClaim,
  type GitFile,
} from '@landfall/backstage-plugin-delivery-node';
import { posix } from 'node:path';
import type { z as zod } from 'zod/v3';
import { normalizeEntityRef } from '../access';

type Z = typeof zod;

/** The inputs of every action that commits files of the workspace. */
export const commitInput = {
  repoUrl: (z: Z) =>
    z
      .string()
      .describe(
        "The repository: its URL, or the value of the scaffolder's repository picker",
      ),
  sourcePath: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Folder in the workspace; default: the workspace'),
  targetPath: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Folder in the repository; default: its root'),
  overwrite: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        'Default: true. False: existing files in the repository are kept',
      ),
  entityRef: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'The entity that ownFolders belong to, such as component:default/api. If the catalog has the entity, the initiator must own it',
      ),
  ownFolders: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe(
        `Folders of the repository that are the entity's own. An existing folder must contain the file ${FOLDER_MARK_FILE} with the entityRef, or nothing is committed. A new one gets it`,
      ),
  authorName: (z: Z) => z.string().optional(),
  authorEmail: (z: Z) => z.string().optional(),
  token: (z: Z) =>
    z
      .string()
      .optional()
      .describe("A user's own token, instead of the configured one"),
};

/**
 * The files of a folder of the workspace, by their paths in the repository. Symbolic
 * links and `.git` are left out.
 *
 * Throws an `InputError` if there are none.
 */
export async function readFiles(
  workspacePath: string,
  {
    sourcePath = '.',
    targetPath = '',
  }: { sourcePath?: string; targetPath?: string },
): Promise<(GitFile & { executable: boolean })[]> {
  const entries = await serializeDirectoryContents(
    resolveSafeChildPath(workspacePath, sourcePath),
    { gitignore: false, globPatterns: ['**', '!**/.git/**'] },
  );
  const files = entries
    .filter(({ symlink }) => !symlink)
    .map(({ path, content, executable }) => ({
      path: posix.join(targetPath, path),
      content,
      executable: executable ?? false,
    }));
  if (files.length === 0) {
    throw new InputError(
      `There is nothing to commit: ${
        sourcePath === '.' ? 'the workspace' : sourcePath
      } has no files`,
    );
  }
  return files;
}

/** Throws an `InputError` if only one of the two inputs is given. */
export function readClaim(input: {
  entityRef?: string;
  ownFolders?: string[];
}): FolderClaim | undefined {
  const { entityRef, ownFolders = [] } = input;
  if (!entityRef && ownFolders.length === 0) {
    return undefined;
  }
  if (!entityRef || ownFolders.length === 0) {
    throw new InputError(
      'entityRef and ownFolders belong together. Set both or neither',
    );
  }
  return { entityRef: normalizeEntityRef(entityRef), folders: ownFolders };
}

/** The author of the input, else the one of the scaffolder. */
export function authorOf(
  input: { authorName?: string; authorEmail?: string },
  config: RootConfigService,
): { name: string; email: string } {
  return {
    name:
      input.authorName ??
      config.getOptionalString('scaffolder.defaultAuthor.name') ??
      'Scaffolder',
    email:
      input.authorEmail ??
      config.getOptionalString('scaffolder.defaultAuthor.email') ??
      'scaffolder@backstage.io',
  };
}
