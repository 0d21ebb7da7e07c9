import type { ImageDetail } from '@aws-sdk/client-ecr';
import type { ImageScan } from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '../types';

/** Converts an image from ECR; undefined if it has no digest. */
export function toRegistryImage(
  repository: string,
  detail: ImageDetail,
): RegistryImage | undefined {
  const { imageDigest, imageTags, imagePushedAt } = detail;
  if (!imageDigest) {
    return undefined;
  }
  return {
    repository,
    digest: imageDigest,
    tags: imageTags ?? [],
    pushedAt: imagePushedAt?.toISOString(),
    sizeInBytes: detail.imageSizeInBytes,
    mediaType: detail.imageManifestMediaType,
    artifactMediaType: detail.artifactMediaType,
    lastPulledAt: detail.lastRecordedPullTime?.toISOString(),
    scan: toScan(detail.imageScanStatus, detail.imageScanFindingsSummary),
  };
}

/** `at` is the end of a basic scan, or the last change of an enhanced one. */
export function toScan(
  status: { status?: string; description?: string } | undefined,
  findings:
    | {
        imageScanCompletedAt?: Date;
        vulnerabilitySourceUpdatedAt?: Date;
        findingSeverityCounts?: Partial<Record<string, number>>;
      }
    | undefined,
): ImageScan | undefined {
  if (!status?.status) {
    return undefined;
  }
  const at =
    findings?.imageScanCompletedAt ?? findings?.vulnerabilitySourceUpdatedAt;
  const severities = Object.entries(findings?.findingSeverityCounts ?? {})
    .flatMap(([severity, count]): [string, number][] =>
      count === undefined ? [] : [[severity, count]],
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    status: status.status,
    ...(status.description && { description: status.description }),
    ...(at && { at: at.toISOString() }),
    ...(findings?.findingSeverityCounts && {
      severities: Object.fromEntries(severities),
    }),
  };
}
