import { z } from 'zod';
import { severityCounts } from '../../events/imageEvents';
import { progressOf } from '../../ImageScanner';
import { EcrError, invalidParameter } from '../../model/errors';
import {
  findImage,
  imagesInListOrder,
  requireImage,
  tagsOf,
} from '../../model/images';
import { TAG_PATTERN } from '../../model/names';
import { pageOf } from '../../model/paging';
import type { ImageId, ImageRecord, Repository, Scan } from '../../model/types';
import type { Registry } from '../../Registry';
import type { RepositoryFolder } from '../../store/RepositoryFolder';
import { operation, type Operations, seconds } from '../operation';
import {
  filter,
  imageIds,
  imageTag,
  paging,
  repositoryInput,
} from '../schemas';

export const imageOperations: Operations = {
  DescribeImages: operation(
    repositoryInput.extend({
      imageIds: imageIds.optional(),
      filter,
      ...paging,
    }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const { accountId } = registry.identity;
      if (input.imageIds) {
        if (input.nextToken !== undefined || input.maxResults !== undefined) {
          throw invalidParameter(
            'imageIds',
            'must not be combined with maxResults or nextToken',
          );
        }
        const found = input.imageIds.map(id => requireImage(repository, id));
        return {
          imageDetails: [...new Set(found)].map(image =>
            describeImage(repository, image, accountId),
          ),
        };
      }
      const status = input.filter?.tagStatus ?? 'ANY';
      const page = pageOf({
        items: imagesInListOrder(repository).filter(image =>
          hasTagStatus(status, tagsOf(repository, image.digest).length > 0),
        ),
        keyOf: image => image.digest,
        maxResults: input.maxResults,
        nextToken: input.nextToken,
      });
      return {
        imageDetails: page.items.map(image =>
          describeImage(repository, image, accountId),
        ),
        nextToken: page.nextToken,
      };
    },
  ),

  BatchGetImage: operation(
    repositoryInput.extend({
      imageIds,
      acceptedMediaTypes: z.array(z.string()).optional(),
    }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const accepted = input.acceptedMediaTypes;
      const images: object[] = [];
      const failures: object[] = [];
      for (const id of input.imageIds) {
        const image = findImage(repository, id);
        if (!image) {
          failures.push(idFailure(id));
        } else if (accepted && !accepted.includes(image.mediaType)) {
          failures.push({
            imageId: id,
            failureCode: 'ImageNotFound',
            failureReason: `Requested image is of the media type ${image.mediaType}, which is not among the accepted ones`,
          });
        } else {
          const tag = id.imageTag ?? tagsOf(repository, image.digest)[0];
          images.push(imageOf(registry, repository, image, tag));
        }
      }
      return { images, failures };
    },
  ),

  PutImage: operation(
    repositoryInput.extend({
      imageManifest: z.string().min(1).max(4_194_304),
      imageManifestMediaType: z.string().optional(),
      imageTag: imageTag
        .regex(
          TAG_PATTERN,
          `must satisfy regular expression '${TAG_PATTERN.source}'`,
        )
        .optional(),
      imageDigest: z.string().optional(),
    }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const { image, changed } = registry.putImage({
        repository,
        manifest: input.imageManifest,
        mediaType: input.imageManifestMediaType,
        digest: input.imageDigest,
        tag: input.imageTag,
      });
      if (!changed) {
        const tag =
          input.imageTag === undefined ? '' : ` and tag '${input.imageTag}'`;
        throw new EcrError(
          'ImageAlreadyExistsException',
          `Image with digest '${image.digest}'${tag} already exists in the repository with name '${input.repositoryName}' in registry with id '${registry.identity.accountId}'`,
        );
      }
      return { image: imageOf(registry, repository, image, input.imageTag) };
    },
  ),
};

function imageOf(
  registry: Registry,
  repository: RepositoryFolder,
  image: ImageRecord,
  tag: string | undefined,
) {
  return {
    registryId: registry.identity.accountId,
    repositoryName: repository.settings.name,
    imageId: { imageDigest: image.digest, imageTag: tag },
    imageManifest: repository.manifest(image.digest),
    imageManifestMediaType: image.mediaType,
  };
}

function describeImage(
  repository: Repository,
  image: ImageRecord,
  accountId: string,
) {
  const tags = tagsOf(repository, image.digest);
  return {
    registryId: accountId,
    repositoryName: repository.settings.name,
    imageDigest: image.digest,
    imageTags: tags.length > 0 ? tags : undefined,
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

function hasTagStatus(
  status: 'TAGGED' | 'UNTAGGED' | 'ANY',
  tagged: boolean,
): boolean {
  return status === 'ANY' || (status === 'TAGGED') === tagged;
}

/** Why an `imageId` of a batch matches no image. */
export function idFailure(id: ImageId, failureCode = 'ImageNotFound') {
  const isEmpty = id.imageDigest === undefined && id.imageTag === undefined;
  return {
    imageId: id,
    failureCode: isEmpty ? 'MissingDigestAndTag' : failureCode,
    failureReason: 'Requested image not found',
  };
}
