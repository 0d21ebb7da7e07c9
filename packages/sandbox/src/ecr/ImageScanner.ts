import type { EventOutbox } from './events/EventOutbox';
import { imageScanEvent } from './events/imageEvents';
import { EcrError } from './model/errors';
import { tagsOf } from './model/images';
import type { ImageRecord, RegistryIdentity, Scan } from './model/types';
import type { RepositoryFolder } from './store/RepositoryFolder';

/** How long a scan takes. */
const SCAN_MS = 1_000;

/** ECR scans an image at most once in 24 hours. */
const QUOTA_MS = 24 * 60 * 60 * 1000;

/** When a scan ends, and whether it is complete. */
export function progressOf({ startedAt }: Scan, now = Date.now()) {
  const completedAt = startedAt + SCAN_MS;
  return { completedAt, isComplete: completedAt <= now };
}

/**
 * Basic scanning. Image contents aren't inspected: a scan finds the
 * vulnerabilities configured for the repository, by default none.
 */
export class ImageScanner {
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly options: {
      outbox: EventOutbox;
      identity: () => RegistryIdentity;
    },
  ) {}

  /** Stops without emitting the events of unfinished scans. */
  stop(): void {
    this.#timers.forEach(timer => clearTimeout(timer));
    this.#timers.clear();
  }

  /** Scans on push if the repository is set to and the image isn't an index. */
  pushed(repository: RepositoryFolder, image: ImageRecord): void {
    if (repository.settings.scanOnPush && image.children.length === 0) {
      this.#begin(repository, image);
    }
  }

  /**
   * @throws EcrError if the image can't be scanned, or was scanned within 24
   * hours
   */
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
