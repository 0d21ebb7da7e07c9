import { z } from 'zod';
import { severityCounts } from '../../events/imageEvents';
import { EcrError } from '../../model/errors';
import { progressOf } from '../../Registry';
import {
  imageId,
  type Operations,
  placeOf,
  repositoryOperation,
  seconds,
} from '../operation';

export const scanningOperations: Operations = {
  StartImageScan: repositoryOperation(
    z.object({ imageId }),
    (repository, { imageId: id }, context) => {
      const image = context.registry.image(repository, id);
      context.registry.scan(repository, image);
      return {
        ...placeOf(repository, context),
        imageId: { imageDigest: image.digest, imageTag: id.imageTag },
        imageScanStatus: { status: 'IN_PROGRESS' },
      };
    },
  ),

  DescribeImageScanFindings: repositoryOperation(
    z.object({ imageId }),
    (repository, input, context) => {
      const image = context.registry.image(repository, input.imageId);
      const { scan } = image;
      if (!scan) {
        throw new EcrError(
          'ScanNotFoundException',
          `Image scan does not exist for the image '${image.digest}'`,
        );
      }
      const answer = {
        ...placeOf(repository, context),
        imageId: {
          imageDigest: image.digest,
          imageTag: input.imageId.imageTag,
        },
      };
      const { completedAt, isComplete } = progressOf(scan);
      if (!isComplete) {
        return { ...answer, imageScanStatus: { status: 'IN_PROGRESS' } };
      }
      return {
        ...answer,
        imageScanStatus: {
          status: 'COMPLETE',
          description: 'The scan was completed successfully.',
        },
        imageScanFindings: {
          imageScanCompletedAt: seconds(completedAt),
          vulnerabilitySourceUpdatedAt: seconds(completedAt),
          findingSeverityCounts: severityCounts(scan.findings),
          findings: scan.findings,
        },
      };
    },
  ),
};
