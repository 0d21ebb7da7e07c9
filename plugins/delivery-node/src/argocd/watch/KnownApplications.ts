import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import type { ApplicationList, ApplicationVersion } from '../types';
import { isOutdated, type ReadWindow, ReadWindows } from './ReadWindows';
import { isOlder, isSame, nameKey, type Version } from './versions';

interface Known extends Version {
  ref: ApplicationRef;
  project: string;
  /**
   * When a list or a single read last contained it; undefined: only events did.
   */
  readAt?: number;
}

/**
 * A read comes from a cache that is slightly ahead of the stream. Events older
 * than the read may still arrive for this long, in milliseconds.
 */
const EVENTS_LAG_MS = 10_000;

/**
 * Remembers which version of each application the listener has. The listener
 * receives each version once and never goes back to an older one.
 *
 * Versions are compared for equality. Shortly after a read, numeric versions
 * are also compared by size: Kubernetes numbers the versions of one kind of
 * object.
 */
export class KnownApplications {
  private known = new Map<string, Known>();
  /**
   * When the applications with these uids were deleted. Their events may still
   * arrive.
   */
  private readonly deletedAt = new Map<string, number>();
  private readonly windows = new ReadWindows();

  constructor(private readonly now: () => number) {}

  get size(): number {
    return this.known.size;
  }

  /** Whether the listener already has this version. */
  has(version: ApplicationVersion): boolean {
    const known = this.known.get(nameKey(version.ref));
    return known !== undefined && isSame(known, version);
  }

  projectOf(ref: ApplicationRef): string | undefined {
    return this.known.get(nameKey(ref))?.project;
  }

  openWindow(): ReadWindow {
    return this.windows.add();
  }

  closeWindow(window: ReadWindow): void {
    this.windows.close(window);
  }

  /** Handles an event. True if the listener doesn't have this version yet. */
  changed(application: Application): boolean {
    const key = nameKey(application.ref);
    const before = this.known.get(key);
    if (
      (before && isSame(before, application)) ||
      this.isDeleted(application.uid)
    ) {
      return false;
    }
    if (
      before?.readAt !== undefined &&
      this.now() - before.readAt < EVENTS_LAG_MS &&
      isOlder(application, before)
    ) {
      return false;
    }
    this.windows.record(key, before, application);
    // After a newer event, one from before the read can still arrive.
    this.known.set(key, toKnown(application, before?.readAt));
    return true;
  }

  /**
   * Handles an event. False if it concerns an earlier application of the same
   * name.
   */
  deleted(ref: ApplicationRef, uid: string | undefined): boolean {
    const key = nameKey(ref);
    const before = this.known.get(key);
    if (before && uid !== undefined && before.uid !== uid) {
      return false;
    }
    this.forget(key, before);
    return true;
  }

  /**
   * Merges the answer to a list with the events received meanwhile. Returns
   * what the listener gets. `behind` are the applications with a later known
   * version.
   */
  list(
    { applications, undecodable, unreadProjects = [] }: ApplicationList,
    window: ReadWindow,
  ): {
    applications: Application[];
    unread: ApplicationRef[];
    behind: ApplicationRef[];
  } {
    const delivered = new Map<string, Application>();
    const known = new Map<string, Known>();
    const behind: ApplicationRef[] = [];
    const mentioned = new Set<string>();
    const deliver = (key: string, application: Application) => {
      delivered.set(key, application);
      known.set(key, toKnown(application, this.now()));
    };
    for (const application of applications) {
      const key = nameKey(application.ref);
      mentioned.add(key);
      const received = window.get(key);
      const before = this.known.get(key);
      if (isOutdated(application, received)) {
        if (received?.latest) {
          deliver(key, received.latest);
        }
      } else {
        if (before && isOlder(application, before)) {
          behind.push(application.ref);
        }
        deliver(key, application);
      }
    }
    const unread: ApplicationRef[] = [];
    for (const { ref } of undecodable) {
      if (ref) {
        const key = nameKey(ref);
        mentioned.add(key);
        unread.push(ref);
        const before = this.known.get(key);
        if (before) {
          known.set(key, before);
        }
      }
    }
    for (const [key, before] of this.known) {
      if (!mentioned.has(key) && unreadProjects.includes(before.project)) {
        mentioned.add(key);
        unread.push(before.ref);
        known.set(key, before);
      }
    }
    // Created in the meantime. If it is deleted again by now, the event follows.
    for (const [key, { latest }] of window) {
      if (latest && !mentioned.has(key)) {
        deliver(key, latest);
      }
    }
    this.replace(known, delivered);
    return { applications: [...delivered.values()], unread, behind };
  }

  /**
   * Handles the answer to a single read; `application` is undefined if it
   * doesn't exist.
   */
  read(
    ref: ApplicationRef,
    application: Application | undefined,
    window: ReadWindow,
  ): 'changed' | 'deleted' | 'nothing' {
    const key = nameKey(ref);
    const before = this.known.get(key);
    const received = window.get(key);
    if (!application) {
      if (!before || received?.latest) {
        return 'nothing';
      }
      this.forget(key, before);
      return 'deleted';
    }
    if (
      this.isDeleted(application.uid) ||
      isOutdated(application, received) ||
      (before && (isSame(before, application) || isOlder(application, before)))
    ) {
      return 'nothing';
    }
    this.windows.record(key, before, application);
    this.known.set(key, toKnown(application, this.now()));
    return 'changed';
  }

  private replace(
    known: Map<string, Known>,
    delivered: Map<string, Application>,
  ): void {
    const now = this.now();
    for (const [uid, at] of this.deletedAt) {
      if (now - at >= EVENTS_LAG_MS) {
        this.deletedAt.delete(uid);
      }
    }
    // Other lists or reads may be pending.
    for (const [key, before] of this.known) {
      if (known.get(key)?.uid !== before.uid) {
        this.deletedAt.set(before.uid, now);
        this.windows.record(key, before, undefined);
      }
    }
    for (const [key, application] of delivered) {
      const before = this.known.get(key);
      if (!before || !isSame(before, application)) {
        this.windows.record(key, before, application);
      }
    }
    this.known = known;
  }

  private forget(key: string, before: Known | undefined): void {
    if (before) {
      this.deletedAt.set(before.uid, this.now());
    }
    this.windows.record(key, before, undefined);
    this.known.delete(key);
  }

  private isDeleted(uid: string): boolean {
    const at = this.deletedAt.get(uid);
    return at !== undefined && this.now() - at < EVENTS_LAG_MS;
  }
}

function toKnown(application: Application, readAt?: number): Known {
  const { ref, uid, resourceVersion, project } = application;
  return { ref, uid, resourceVersion, project, readAt };
}
