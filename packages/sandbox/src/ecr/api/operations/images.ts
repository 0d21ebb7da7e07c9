import { z } from 'zod';
import { severityCounts } from '../../events/imageEvents';
import { EcrError, invalidParameter } from '../../model/errors';
import {
  type Image,
  type ImageId,
  type Scan,
  TAG_PATTERN,
} from '../../model/types';
import { pageOf } from '../../model/paging';
import { progressOf, type Registry } from '../../Registry';
import type { Repository } from '../../store/Repository';
import {
  imageIds,
  type OperationContext,
  type Operations,
  paging,
  placeOf,
  repositoryOperation,
  seconds,
} from '../operation';

export const imageOperations: Operations = {
  DescribeImages: repositoryOperation(
    z.object({ imageIds: imageIds.optional(), ...paging }),
    (repository, input, context) => {
      const describe = (image: Image) => ({
        ...placeOf(repository, context),
        ...describeImage(image),
      });
      if (input.imageIds) {
        if (input.nextToken !== undefined || input.maxResults !== undefined) {
          throw invalidParameter(
            'imageIds',
            'must not be combined with maxResults or nextToken',
          );
        }
        const found = input.imageIds.map(id =>
          context.registry.image(repository, id),
        );
        return { imageDetails: [...new Set(found)].map(describe) };
      }
      const images = [...repository.images.values()];
      // By digest, which is no useful order. ECR promises none, and clients
      // must not rely on any.
      const page = pageOf(images, ({ digest }) => digest, input);
      return {
        imageDetails: page.items.map(describe),
        nextToken: page.nextToken,
      };
    },
  ),

  BatchGetImage: repositoryOperation(
    z.object({
      imageIds,
      acceptedMediaTypes: z.array(z.string()).optional(),
    }),
    (repository, input, context) => {
      const accepted = input.acceptedMediaTypes;
      const images: object[] = [];
      const failures: object[] = [];
      for (const id of input.imageIds) {
        const image = repository.find(id);
        if (!image || (accepted && !accepted.includes(image.mediaType))) {
          failures.push(failureOf(id));
        } else {
          const tag = id.imageTag ?? image.tags[0];
          images.push(imageOf(repository, image, tag, context));
        }
      }
      return { images, failures };
    },
  ),

  PutImage: repositoryOperation(
    z.object({
      imageManifest: z.string().min(1),
      imageManifestMediaType: z.string().optional(),
      imageTag: z.string().regex(TAG_PATTERN).optional(),
      imageDigest: z.string().optional(),
    }),
    (repository, input, context) => {
      const { image, changed } = context.registry.putImage({
        repository,
        manifest: input.imageManifest,
        mediaType: input.imageManifestMediaType,
        digest: input.imageDigest,
        tag: input.imageTag,
      });
      if (!changed) {
        throw new EcrError(
          'ImageAlreadyExistsException',
          `Image with digest '${image.digest}' and tag '${
            input.imageTag ?? ''
          }' already exists in the repository with name '${
            repository.settings.name
          }'`,
        );
      }
      return { image: imageOf(repository, image, input.imageTag, context) };
    },
  ),

  BatchDeleteImage: repositoryOperation(
    z.object({ imageIds }),
    (repository, input, { registry }) => {
      const deleted: ImageId[] = [];
      const failures: object[] = [];
      for (const id of input.imageIds) {
        const image = repository.find(id);
        const isChild = image && repository.isReferenced(image.digest);
        if (!image) {
          const isMismatch =
            id.imageDigest && repository.find({ imageTag: id.imageTag });
          failures.push(
            failureOf(
              id,
              isMismatch ? 'ImageTagDoesNotMatchDigest' : undefined,
            ),
          );
        } else if (isChild && id.imageTag === undefined) {
          failures.push(failureOf(id, 'ImageReferencedByManifestList'));
        } else {
          deleted.push(...deleteOne(registry, repository, image, id.imageTag));
        }
      }
      return { imageIds: deleted, failures };
    },
  ),
};

/** Deletes a tag, or without one the image with all its tags. */
function deleteOne(
  registry: Registry,
  repository: Repository,
  image: Image,
  imageTag: string | undefined,
): ImageId[] {
  const { digest: imageDigest } = image;
  if (imageTag !== undefined) {
    registry.removeTag(repository, image, imageTag);
    return [{ imageDigest, imageTag }];
  }
  registry.deleteImage(repository, image);
  return image.tags.length > 0
    ? image.tags.map(tag => ({ imageDigest, imageTag: tag }))
    : [{ imageDigest }];
}

function imageOf(
  repository: Repository,
  { digest, manifest, mediaType }: Image,
  imageTag: string | undefined,
  context: OperationContext,
) {
  return {
    ...placeOf(repository, context),
    imageId: { imageDigest: digest, imageTag },
    imageManifest: manifest,
    imageManifestMediaType: mediaType,
  };
}

function describeImage(image: Image) {
  return {
    imageDigest: image.digest,
    imageTags: image.tags.length > 0 ? image.tags : undefined,
    imageSizeInBytes: image.sizeInBytes,
    imagePushedAt: seconds(image.pushedAt),
    imageManifestMediaType: image.mediaType,
    artifactMediaType: image.artifactMediaType,
    ...(image.scan && describeScan(image.scan)),
  };
}

function describeScan(scan: Scan) {
  const { completedAt, isComplete } = progressOf(scan);
  return isComplete
    ? {
        imageScanStatus: { status: 'COMPLETE' },
        imageScanFindingsSummary: {
          imageScanCompletedAt: seconds(completedAt),
          vulnerabilitySourceUpdatedAt: seconds(completedAt),
          findingSeverityCounts: severityCounts(scan.findings),
        },
      }
    : { imageScanStatus: { status: 'IN_PROGRESS' } };
}

/** Why an `imageId` of a batch matches no image. */
function failureOf(imageId: ImageId, failureCode = 'ImageNotFound') {
  const isEmpty = !imageId.imageDigest && !imageId.imageTag;
  return {
    imageId,
    failureCode: isEmpty ? 'MissingDigestAndTag' : failureCode,
    failureReason: 'Requested image not found',
  };
}
