import {
  DescribeImageScanFindingsCommand,
  ImageNotFoundException,
  ScanNotFoundException,
  UnsupportedImageTypeException,
} from '@aws-sdk/client-ecr';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ImageScan } from '@landfall/backstage-plugin-delivery-common';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { IMAGE_CONFIG_MEDIA_TYPES, isIndex } from '../manifest';
import { RepositoryFailures } from '../RepositoryFailures';
import type { ListImagesOptions, RegistryImage } from '../types';
import { type EcrRepository, repositoryLabel } from './manifests';
import { toScan } from './toRegistryImage';

const UNFINISHED = ['IN_PROGRESS', 'PENDING'];
/** Per repository, because each scan costs a call. */
const NEWEST = 10;
const CONCURRENT_CALLS = 2;
const KEPT = 20_000;
/**
 * A scan that hasn't finished, or is still missing soon after the push, is read
 * again after this time.
 */
const UNSETTLED_MS = 5 * 60_000;
/**
 * If a scan on push is still missing this long after the push, it isn't
 * expected any more.
 */
const SCANNED_WITHIN_MS = 3_600_000;
/** Known vulnerabilities also change later. */
const SETTLED_MS = 6 * 3_600_000;
/** Pause before another attempt if the permission is missing. */
const FAILED_MS = 15 * 60_000;

/**
 * Scans that `DescribeImages` doesn't include, as with ECR's newer basic
 * scanning. They are read with `DescribeImageScanFindings`, for the newest
 * versions of a repository whose newest one was scanned. Scans are an addition
 * to the list of images: a failed one is omitted, and reported once per
 * repository.
 */
export class EcrScans {
  static create(options: { logger?: LoggerService } = {}): EcrScans {
    return new EcrScans(
      RepositoryFailures.create({ ...options, pauseMs: FAILED_MS }),
    );
  }

  private readonly limit = pLimit(CONCURRENT_CALLS);
  /**
   * By registry, repository and digest. An entry without a scan: there is none.
   */
  private readonly kept = new LRUCache<string, { scan?: ImageScan }>({
    max: KEPT,
  });

  private constructor(private readonly failures: RepositoryFailures) {}

  /**
   * Adds the scans to the images.
   *
   * @param images - newest first, with the content of indexes
   */
  async withScans(
    repository: EcrRepository,
    images: RegistryImage[],
    options: ListImagesOptions,
  ): Promise<RegistryImage[]> {
    const { signal, scanned = [] } = options;
    const name = repositoryLabel(repository);
    const scanKey = (digest: string) => `${name}@${digest}`;
    scanned.forEach(digest => this.kept.delete(scanKey(digest)));
    const read = async ({ digest, pushedAt }: RegistryImage) => {
      if (this.kept.has(scanKey(digest))) {
        return;
      }
      signal?.throwIfAborted();
      const scan = await readScan(repository, digest, signal);
      const ttl = isSettled(scan, pushedAt) ? SETTLED_MS : UNSETTLED_MS;
      this.kept.set(scanKey(digest), { scan }, { ttl });
    };
    if (!this.failures.isPaused(name)) {
      try {
        const candidates = scanCandidates(images);
        const newest = candidates.at(0);
        if (newest && !newest.scan) {
          await this.limit(() => read(newest));
        }
        // Without scans, this costs one call. If the list includes the newest
        // scan, it includes all.
        const isScanned =
          newest && this.kept.get(scanKey(newest.digest))?.scan !== undefined;
        const toRead = candidates.filter(
          ({ digest, scan }, index) =>
            !scan &&
            ((isScanned && index < NEWEST) || scanned.includes(digest)),
        );
        await Promise.all(toRead.map(image => this.limit(() => read(image))));
        this.failures.succeeded(name);
      } catch (error) {
        signal?.throwIfAborted();
        this.failures.failed(
          name,
          `The scans of ${name} can't be read. This requires the permission ecr:DescribeImageScanFindings: ${error}`,
        );
      }
    }
    return images.map(image => {
      const scan = image.scan ?? this.kept.get(scanKey(image.digest))?.scan;
      return scan ? { ...image, scan } : image;
    });
  }
}

async function readScan(
  { client, registryId, repositoryName }: EcrRepository,
  imageDigest: string,
  abortSignal: AbortSignal | undefined,
): Promise<ImageScan | undefined> {
  try {
    const { imageScanStatus, imageScanFindings } = await client.send(
      new DescribeImageScanFindingsCommand({
        registryId,
        repositoryName,
        imageId: { imageDigest },
        // The counts cover all findings; the findings themselves aren't needed.
        maxResults: 1,
      }),
      { abortSignal },
    );
    return toScan(imageScanStatus, imageScanFindings);
  } catch (error) {
    if (
      error instanceof ScanNotFoundException ||
      error instanceof ImageNotFoundException ||
      error instanceof UnsupportedImageTypeException
    ) {
      return undefined;
    }
    throw error;
  }
}

/** Images that ECR may scan: those of versions and of their platforms. */
function scanCandidates(images: RegistryImage[]): RegistryImage[] {
  const children = new Set(
    images.flatMap(({ children: held = [] }) =>
      held.flatMap(({ digest, platform }) => (platform ? [digest] : [])),
    ),
  );
  return images.filter(
    ({ digest, tags, mediaType, artifactMediaType }) =>
      (tags.length > 0 || children.has(digest)) &&
      !isIndex(mediaType) &&
      (artifactMediaType === undefined ||
        IMAGE_CONFIG_MEDIA_TYPES.includes(artifactMediaType)),
  );
}

function isSettled(
  scan: ImageScan | undefined,
  pushedAt: string | undefined,
): boolean {
  return scan
    ? !UNFINISHED.includes(scan.status)
    : Date.now() - Date.parse(pushedAt ?? '') > SCANNED_WITHIN_MS;
}
