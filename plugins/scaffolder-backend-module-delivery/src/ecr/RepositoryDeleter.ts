import {
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  ListTagsForResourceCommand,
  RepositoryNotEmptyException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { ConflictError } from '@backstage/errors';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { entityRefOfMark } from '../access';

/** Which repository is deleted, and how much with it. */
interface DeletionRequest {
  name: string;
  /** The entity that the repository must belong to by its tag, normalized. */
  entityRef: string;
  /** True: its images are deleted too. False: a repository with images stays. */
  deleteImages: boolean;
}

/** Deletes a repository of one entity; one that is gone already is no error. */
export class RepositoryDeleter {
  readonly #client: ECRClient;
  readonly #abort: { abortSignal?: AbortSignal };

  constructor(client: ECRClient, signal?: AbortSignal) {
    this.#client = client;
    this.#abort = { abortSignal: signal };
  }

  /**
   * @returns false if there was no such repository
   * @throws ConflictError, and deletes nothing, if the repository doesn't carry the
   * tag of the entity, or has images that aren't to be deleted
   */
  async delete({
    name,
    entityRef,
    deleteImages,
  }: DeletionRequest): Promise<boolean> {
    try {
      await this.#checkOwner(name, entityRef);
      await this.#client.send(
        new DeleteRepositoryCommand({
          repositoryName: name,
          force: deleteImages,
        }),
        this.#abort,
      );
      return true;
    } catch (error) {
      if (error instanceof RepositoryNotFoundException) {
        return false;
      }
      if (error instanceof RepositoryNotEmptyException) {
        throw new ConflictError(
          `The repository ${name} has images, so it was not deleted. Applications may run them, or need them for a rollback. Set deleteImages to delete them too.`,
        );
      }
      throw error;
    }
  }

  /**
   * Checks without a deletion that a repository belongs to the entity.
   *
   * @returns false if there is no such repository
   * @throws ConflictError if it doesn't carry the tag of the entity
   */
  async check({
    name,
    entityRef,
  }: Omit<DeletionRequest, 'deleteImages'>): Promise<boolean> {
    try {
      await this.#checkOwner(name, entityRef);
      return true;
    } catch (error) {
      if (error instanceof RepositoryNotFoundException) {
        return false;
      }
      throw error;
    }
  }

  async #checkOwner(name: string, entityRef: string): Promise<void> {
    const { repositories = [] } = await this.#client.send(
      new DescribeRepositoriesCommand({ repositoryNames: [name] }),
      this.#abort,
    );
    const { tags = [] } = await this.#client.send(
      new ListTagsForResourceCommand({
        resourceArn: repositories[0]?.repositoryArn,
      }),
      this.#abort,
    );
    const mark = tags.find(({ Key }) => Key === ENTITY_REF_MARK);
    const owner = entityRefOfMark(mark?.Value);
    if (owner === entityRef) {
      return;
    }
    throw new ConflictError(
      owner
        ? `The repository ${name} belongs to ${owner} by its tag ${ENTITY_REF_MARK}, not to ${entityRef}. It was not deleted.`
        : `The repository ${name} has no tag ${ENTITY_REF_MARK}, so it may not belong to ${entityRef}. It was not deleted. If it does, set the tag to ${entityRef}.`,
    );
  }
}
