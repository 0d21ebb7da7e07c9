import type { Application } from '@landfall/backstage-plugin-delivery-common';
import { isOlder, type Version, versionKey } from './versions';

interface Received {
  /** The version known before, and every version received since. */
  versions: Set<string>;
  /** The uids of applications of this name that were deleted. */
  deletedUids: Set<string>;
  /** Undefined if it was deleted. */
  latest?: Application;
}

/**
 * What was received while a list or a read was pending, by application. The
 * answer may be older.
 */
export type ReadWindow = Map<string, Received>;

/** The windows of all lists and reads that are pending. */
export class ReadWindows {
  private readonly open = new Set<ReadWindow>();

  /** Opens a window, before the request is sent. */
  add(): ReadWindow {
    const window: ReadWindow = new Map();
    this.open.add(window);
    return window;
  }

  close(window: ReadWindow): void {
    this.open.delete(window);
  }

  /**
   * Records a change in every open window.
   *
   * @param before - the version known so far
   * @param latest - undefined if the application was deleted
   */
  record(
    key: string,
    before: Version | undefined,
    latest: Application | undefined,
  ): void {
    for (const window of this.open) {
      const received = window.get(key) ?? {
        versions: new Set(before ? [versionKey(before)] : []),
        deletedUids: new Set<string>(),
      };
      if (latest) {
        received.versions.add(versionKey(latest));
      } else if (before) {
        received.deletedUids.add(before.uid);
      }
      received.latest = latest;
      window.set(key, received);
    }
  }
}

/**
 * Whether an answer is older than, or the same as, what was received meanwhile.
 */
export function isOutdated(
  answer: Version,
  received: Received | undefined,
): boolean {
  return (
    received !== undefined &&
    (received.versions.has(versionKey(answer)) ||
      received.deletedUids.has(answer.uid) ||
      (received.latest !== undefined && isOlder(answer, received.latest)))
  );
}
