import { severityCounts } from '../../events/imageEvents';
import { progressOf } from '../../ImageScanner';
import { EcrError } from '../../model/errors';
import { requireImage } from '../../model/images';
import { pageOf } from '../../model/paging';
import type { ImageId, ImageRecord } from '../../model/types';
import { operation, type Operations, seconds } from '../operation';
import { imageId, paging, repositoryInput } from '../schemas';

export const scanningOperations: Operations = {
  StartImageScan: operation(
    repositoryInput.extend({ imageId }),
    (input, { registry, scanner }) => {
      const repository = registry.repository(input.repositoryName);
      const { accountId } = registry.identity;
      const image = requireImage(repository, input.imageId);
      scanner.scan(repository, image);
      return {
        registryId: accountId,
        repositoryName: input.repositoryName,
        imageId: resolved(input.imageId, image),
        imageScanStatus: { status: 'IN_PROGRESS' },
      };
    },
  ),

  DescribeImageScanFindings: operation(
    repositoryInput.extend({ imageId, ...paging }),
    (input, { registry }) => {
      const repository = registry.repository(input.repositoryName);
      const { accountId } = registry.identity;
      const image = requireImage(repository, input.imageId);
      const { scan } = image;
      if (!scan) {
        throw new EcrError(
          'ScanNotFoundException',
          `Image scan does not exist for the image '${image.digest}'`,
        );
      }
      const answer = {
        registryId: accountId,
        repositoryName: input.repositoryName,
        imageId: resolved(input.imageId, image),
      };
      const { completedAt, isComplete } = progressOf(scan);
      if (!isComplete) {
        return { ...answer, imageScanStatus: { status: 'IN_PROGRESS' } };
      }
      const page = pageOf({
        items: scan.findings.map((finding, at) => ({ finding, at })),
        keyOf: ({ at }) => String(at).padStart(9, '0'),
        maxResults: input.maxResults,
        nextToken: input.nextToken,
      });
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
          findings: page.items.map(({ finding }) => finding),
        },
        nextToken: page.nextToken,
      };
    },
  ),
};

function resolved(id: ImageId, image: ImageRecord): ImageId {
  return { imageDigest: image.digest, imageTag: id.imageTag };
}
