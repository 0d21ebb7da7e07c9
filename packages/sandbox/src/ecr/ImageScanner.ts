import type { EventOutbox } from './events/EventOutbox';
import { imageScanEvent } from './events/imageEvents';
import { EcrError } from './model/errors';
import type { Image, RegistryIdentity, Scan } from './model/types';
import type { Repository } from './store/Repository';

/** How long a scan takes. */
const SCAN_MS = 1_000;

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
  constructor(
    private readonly options: {
      outbox: EventOutbox;
      identity: () => RegistryIdentity;
    },
  ) {}

  /** @throws EcrError if the image can't be scanned, or was scanned already */
  scan(repository: Repository, image: Image): void {
    if (image.children.length > 0) {
      throw new EcrError(
        'UnsupportedImageTypeException',
        'The image is of a type that cannot be scanned.',
      );
    }
    if (image.scan) {
      throw new EcrError(
        'LimitExceededException',
        'The scan quota per image has been exceeded. Wait and try again.',
      );
    }
    const { name, vulnerabilities: findings } = repository.settings;
    repository.save({ ...image, scan: { startedAt: Date.now(), findings } });
    setTimeout(() => {
      this.options.outbox.add(
        imageScanEvent({
          identity: this.options.identity(),
          repository: name,
          digest: image.digest,
          tags: repository.images.get(image.digest)?.tags ?? [],
          findings,
        }),
      );
    }, SCAN_MS).unref();
  }
}
