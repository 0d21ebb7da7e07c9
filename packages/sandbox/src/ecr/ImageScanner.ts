import type { EventOutbox } from './events/EventOutbox';
import { imageScanEvent } from './events/imageEvents';
import { EcrError } from './model/errors';
import { tagsOf } from './model/images';
import type { ImageRecord, RegistryIdentity } from './model/types';
import type { RegistryStore } from './store/RegistryStore';
import type { RepositoryFolder } from './store/RepositoryFolder';

/** How long a scan takes. */
const SCAN_MS = 1_000;

/** ECR scans an image once in 24 hours. */
const QUOTA_MS = 24 * 60 * 60 * 1000;

/**
 * Basic scanning. Nothing is looked into: a scan finds the vulnerabilities
 * that were configured for the repository, none by default.
 */
export class ImageScanner {
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly options: {
      store: RegistryStore;
      outbox: EventOutbox;
      identity: () => RegistryIdentity;
    },
  ) {}

  /** Goes on with the scans that a former process began. */
  start(): void {
    for (const repository of this.options.store.list()) {
      for (const image of repository.images.values()) {
        if (image.scan?.status === 'IN_PROGRESS') {
          this.#finishLater(repository.settings.name, image.digest);
        }
      }
    }
  }

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
    repository.saveImage({
      ...image,
      scan: { status: 'IN_PROGRESS', startedAt: Date.now(), findings: [] },
    });
    this.#finishLater(repository.settings.name, image.digest);
  }

  #finishLater(name: string, digest: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#finish(name, digest);
    }, SCAN_MS);
    timer.unref();
    this.#timers.add(timer);
  }

  #finish(name: string, digest: string): void {
    const repository = this.options.store.get(name);
    const image = repository?.images.get(digest);
    if (!repository || !image?.scan) {
      return;
    }
    const now = Date.now();
    const findings = repository.settings.vulnerabilities;
    const tags = tagsOf(repository, digest);
    const identity = this.options.identity();
    this.options.outbox.add(
      imageScanEvent({
        identity,
        repository: name,
        digest,
        tags,
        findings,
        now,
      }),
    );
    repository.saveImage({
      ...image,
      scan: { ...image.scan, status: 'COMPLETE', completedAt: now, findings },
    });
  }
}
