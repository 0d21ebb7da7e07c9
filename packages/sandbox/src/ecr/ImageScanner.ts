import type { EventOutbox } from './events/EventOutbox';
import { imageScanEvent } from './events/imageEvents';
import { EcrError } from './model/errors';
import { tagsOf } from './model/images';
import type { ImageRecord, RegistryIdentity, Scan } from './model/types';
import type { RepositoryFolder } from './store/RepositoryFolder';

/** How long a scan takes. */
const SCAN_MS = 1_000;

/** ECR scans an image once in 24 hours. */
const QUOTA_MS = 24 * 60 * 60 * 1000;

/** When a scan ends, and whether it has. */
export function progressOf({ startedAt }: Scan, now = Date.now()) {
  const completedAt = startedAt + SCAN_MS;
  return { completedAt, isComplete: completedAt <= now };
}

/**
 * Basic scanning. Nothing is looked into: a scan finds the vulnerabilities
 * that were configured for the repository, none by default.
 */
export class ImageScanner {
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly options: {
      outbox: EventOutbox;
      identity: () => RegistryIdentity;
    },
  ) {}

  /** Ends without the events of the scans that are on. */
  stop(): void {
    this.#timers.forEach(timer => clearTimeout(timer));
    this.#timers.clear();
  }

  /** Scan on push, where the repository wants it and the image is one. */
  pushed(repository: RepositoryFolder, image: ImageRecord): void {
    if (repository.settings.scanOnPush && image.children.length === 0) {
      this.#begin(repository, image);
    }
  }

  /** @throws EcrError when the image can't be scanned, or was within 24 hours */
  scan(repository: RepositoryFolder, image: ImageRecord): void {
    if (image.children.length > 0) {
      throw new EcrError(
        'UnsupportedImageTypeException',
        'The image is of a type that cannot be scanned.',
      );
    }
    if (image.scan && Date.now() - image.scan.startedAt < QUOTA_MS) {
      throw new EcrError(
        'LimitExceededException',
        'The scan quota per image has been exceeded. Wait and try again.',
      );
    }
    this.#begin(repository, image);
  }

  #begin(repository: RepositoryFolder, image: ImageRecord): void {
    const { digest } = image;
    const { name, vulnerabilities: findings } = repository.settings;
    repository.saveImage({
      ...image,
      scan: { startedAt: Date.now(), findings },
    });
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.options.outbox.add(
        imageScanEvent({
          identity: this.options.identity(),
          repository: name,
          digest,
          tags: tagsOf(repository, digest),
          findings,
          now: Date.now(),
        }),
      );
    }, SCAN_MS);
    timer.unref();
    this.#timers.add(timer);
  }
}
