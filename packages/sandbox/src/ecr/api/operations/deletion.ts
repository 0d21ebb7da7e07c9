import { indexesOf, tagsOf } from '../../model/images';
import type { ImageId } from '../../model/types';
import type { Registry } from '../../Registry';
import type { RepositoryFolder } from '../../store/RepositoryFolder';
import { operation, type Operations } from '../operation';
import { imageIds, repositoryInput } from '../schemas';
import { idFailure } from './images';

export const deletionOperations: Operations = {
  BatchDeleteImage: operation(
    repositoryInput.extend({ imageIds }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const deleted: ImageId[] = [];
      const failures: object[] = [];
      for (const id of input.imageIds) {
        const outcome = deleteOne(registry, repository, id);
        if (Array.isArray(outcome)) {
          deleted.push(...outcome);
        } else {
          failures.push(outcome);
        }
      }
      return { imageIds: deleted, failures };
    },
  ),
};

/**
 * Deletes a tag, or an image with all its tags if the id has only a digest.
 *
 * @returns the deleted ids, or the failure
 */
function deleteOne(
  registry: Registry,
  repository: RepositoryFolder,
  id: ImageId,
): ImageId[] | object {
  const { imageDigest, imageTag } = id;
  if (imageTag !== undefined) {
    const digest = repository.tags.get(imageTag);
    if (digest === undefined) {
      return idFailure(id);
    }
    if (imageDigest !== undefined && imageDigest !== digest) {
      return idFailure(id, 'ImageTagDoesNotMatchDigest');
    }
    registry.removeTag(repository, imageTag);
    return [{ imageDigest: digest, imageTag }];
  }
  if (imageDigest === undefined || !repository.images.has(imageDigest)) {
    return idFailure(id);
  }
  if (indexesOf(repository, imageDigest).length > 0) {
    return idFailure(id, 'ImageReferencedByManifestList');
  }
  const tags = tagsOf(repository, imageDigest);
  registry.deleteImage(repository, imageDigest);
  return tags.length > 0
    ? tags.map(tag => ({ imageDigest, imageTag: tag }))
    : [{ imageDigest }];
}
