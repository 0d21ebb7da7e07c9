import {
  gitSecretProblem,
  sourceOf,
} from '@landfall/backstage-plugin-delivery-common';
import { credentialFor, type RepositoryCredential } from '../../config';
import { updateFile } from '../files/updateFile';
import type { ManagedApplication } from '../kubernetes/schemas';
import type { ImageChange } from '../update/planUpdate';
import { GitClone } from './GitClone';
import { commitMessage } from './message';

/** Writes updates as commits, one per Application, like any Git client. */
export class GitWriteBack {
  constructor(
    private readonly options: {
      /** Folder for the clones. */
      folder: string;
      repositories: RepositoryCredential[];
    },
  ) {}

  /**
   * Commits and pushes the images of an Application. Does nothing if the file
   * already has them. A refused push is not retried.
   *
   * @param matched - the Application with its images set in its spec
   * @throws Error if git fails, or the file or the credentials don't allow the
   * write
   */
  async write(
    matched: ManagedApplication,
    changes: readonly ImageChange[],
  ): Promise<void> {
    const { writeBack, application } = matched;
    if (writeBack.pullRequest) {
      throw new Error(
        `pull requests on ${writeBack.pullRequest} are not made by this updater: leave gitConfig.pullRequest out`,
      );
    }
    if (writeBack.writeBranch.includes('{{')) {
      throw new Error(
        `git branch name could not be created from the template ${writeBack.writeBranch}: this updater has no templates`,
      );
    }
    const credentials = this.#credentials(matched);
    const clone = await GitClone.create({
      folder: this.options.folder,
      url: writeBack.repository,
      credentials,
    });
    try {
      const wanted = writeBack.branch || sourceBranch(matched);
      const base =
        wanted === '' || wanted === 'HEAD'
          ? await clone.defaultBranch()
          : wanted;
      const branch = writeBack.writeBranch || base;
      await clone.checkOut(branch, base);
      const change = await updateFile(matched, path => clone.read(path));
      if (change) {
        await clone.commitAndPush({
          ...change,
          branch,
          message: commitMessage(application.metadata.name, changes),
          force: branch !== base,
        });
      }
    } finally {
      await clone.remove();
    }
  }

  /** A secret stands for the configured credentials of the repository. */
  #credentials({
    application,
    writeBack,
  }: ManagedApplication): RepositoryCredential {
    const { repository } = writeBack;
    const refused = gitSecretProblem(writeBack, application.metadata.namespace);
    if (refused) {
      throw new Error(refused.message);
    }
    const found = credentialFor(this.options.repositories, repository);
    if (!found) {
      throw new Error(
        `could not get creds for repo '${repository}': credentials for '${repository}' are not configured in Argo CD settings`,
      );
    }
    return found;
  }
}

/**
 * The revision of the Application's source. If there are several, that of the
 * source in the write-back repository.
 */
function sourceBranch({ application, writeBack }: ManagedApplication): string {
  const source =
    application.spec.sources?.find(
      ({ repoURL }) => repoURL === writeBack.repository,
    ) ?? sourceOf(application, writeBack);
  return source?.targetRevision ?? '';
}
