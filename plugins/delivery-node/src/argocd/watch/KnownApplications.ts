import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import type { ApplicationList, ApplicationVersion } from '../types';

interface Known {
  ref: ApplicationRef;
  uid: string;
  resourceVersion?: string;
  project: string;
  /**
   * When a list or a single read last contained it; undefined: only events did.
   */
  readAt?: number;
}

interface Happened {
  /** The version known before, and every version received since. */
  versions: Set<string>;
  /** The uids of applications of this name that were deleted. */
  gone: Set<string>;
  /** Undefined if it was deleted. */
  latest?: Application;
}

/**
 * The events received while a list or a read is pending. The answer may be
 * older than these events.
 */
export type ReadWindow = Map<string, Happened>;

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
   * When the application with this uid was deleted. Its events may still
   * follow.
   */
  private readonly gone = new Map<string, number>();
  private readonly windows = new Set<ReadWindow>();

  constructor(private readonly now: () => number) {}

  get size(): number {
    return this.known.size;
  }

  /** Whether the listener already has this version. */
  has(version: ApplicationVersion): boolean {
    const known = this.known.get(keyOf(version.ref));
    return known !== undefined && isSame(known, version);
  }

  projectOf(ref: ApplicationRef): string | undefined {
    return this.known.get(keyOf(ref))?.project;
  }

  openWindow(): ReadWindow {
    const window: ReadWindow = new Map();
    this.windows.add(window);
    return window;
  }

  closeWindow(window: ReadWindow): void {
    this.windows.delete(window);
  }

  /** Handles an event. True if the listener doesn't have this version yet. */
  changed(application: Application): boolean {
    const key = keyOf(application.ref);
    const before = this.known.get(key);
    if (
      (before && isSame(before, application)) ||
      this.isGone(application.uid)
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
    this.note(key, before, application);
    // After a newer event, one from before the read can still arrive.
    this.known.set(key, toKnown(application, before?.readAt));
    return true;
  }

  /**
   * Handles an event. False if it concerns an earlier application of the same
   * name.
   */
  deleted(ref: ApplicationRef, uid: string | undefined): boolean {
    const key = keyOf(ref);
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
    { applications, undecodable }: ApplicationList,
    window: ReadWindow,
  ): {
    applications: Application[];
    unread: ApplicationRef[];
    behind: ApplicationRef[];
  } {
    const told = new Map<string, Application>();
    const known = new Map<string, Known>();
    const behind: ApplicationRef[] = [];
    const mentioned = new Set<string>();
    const tell = (key: string, application: Application) => {
      told.set(key, application);
      known.set(key, toKnown(application, this.now()));
    };
    for (const application of applications) {
      const key = keyOf(application.ref);
      mentioned.add(key);
      const happened = window.get(key);
      const before = this.known.get(key);
      if (happened && isBefore(application, happened)) {
        if (happened.latest) {
          tell(key, happened.latest);
        }
      } else {
        if (before && isOlder(application, before)) {
          behind.push(application.ref);
        }
        tell(key, application);
      }
    }
    const unread: ApplicationRef[] = [];
    for (const { ref } of undecodable) {
      if (ref) {
        const key = keyOf(ref);
        mentioned.add(key);
        unread.push(ref);
        const before = this.known.get(key);
        if (before) {
          known.set(key, before);
        }
      }
    }
    // Created in the meantime. If it is deleted again by now, the event follows.
    for (const [key, { latest }] of window) {
      if (latest && !mentioned.has(key)) {
        tell(key, latest);
      }
    }
    this.becomes(known, told);
    return { applications: [...told.values()], unread, behind };
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
    const key = keyOf(ref);
    const before = this.known.get(key);
    const happened = window.get(key);
    if (!application) {
      if (!before || happened?.latest) {
        return 'nothing';
      }
      this.forget(key, before);
      return 'deleted';
    }
    if (
      this.isGone(application.uid) ||
      (happened && isBefore(application, happened)) ||
      (before && (isSame(before, application) || isOlder(application, before)))
    ) {
      return 'nothing';
    }
    this.note(key, before, application);
    this.known.set(key, toKnown(application, this.now()));
    return 'changed';
  }

  private becomes(
    known: Map<string, Known>,
    told: Map<string, Application>,
  ): void {
    const now = this.now();
    for (const [uid, at] of this.gone) {
      if (now - at >= EVENTS_LAG_MS) {
        this.gone.delete(uid);
      }
    }
    // Other lists or reads may be pending.
    for (const [key, before] of this.known) {
      if (known.get(key)?.uid !== before.uid) {
        this.gone.set(before.uid, now);
        this.note(key, before, undefined);
      }
    }
    for (const [key, application] of told) {
      const before = this.known.get(key);
      if (!before || !isSame(before, application)) {
        this.note(key, before, application);
      }
    }
    this.known = known;
  }

  private forget(key: string, before: Known | undefined): void {
    if (before) {
      this.gone.set(before.uid, this.now());
    }
    this.note(key, before, undefined);
    this.known.delete(key);
  }

  private isGone(uid: string): boolean {
    const at = this.gone.get(uid);
    return at !== undefined && this.now() - at < EVENTS_LAG_MS;
  }

  private note(
    key: string,
    before: Known | undefined,
    latest: Application | undefined,
  ): void {
    for (const window of this.windows) {
      const happened = window.get(key) ?? {
        versions: new Set(before ? [versionOf(before)] : []),
        gone: new Set<string>(),
      };
      if (latest) {
        happened.versions.add(versionOf(latest));
      } else if (before) {
        happened.gone.add(before.uid);
      }
      happened.latest = latest;
      window.set(key, happened);
    }
  }
}

type Version = Pick<Known, 'uid' | 'resourceVersion'>;

function keyOf({ namespace, name }: ApplicationRef): string {
  return `${namespace}/${name}`;
}

function versionOf({ uid, resourceVersion = '' }: Version): string {
  return `${uid}/${resourceVersion}`;
}

function isSame(a: Version, b: Version): boolean {
  return a.resourceVersion !== undefined && versionOf(a) === versionOf(b);
}

/**
 * Whether an answer is older than, or the same as, what was received meanwhile.
 */
function isBefore(answer: Version, happened: Happened): boolean {
  return (
    happened.versions.has(versionOf(answer)) ||
    happened.gone.has(answer.uid) ||
    (happened.latest !== undefined && isOlder(answer, happened.latest))
  );
}

const NUMBER = /^[1-9]\d*$/;

function isOlder(a: Version, b: Version): boolean {
  const [x, y] = [a.resourceVersion ?? '', b.resourceVersion ?? ''];
  if (a.uid !== b.uid || !NUMBER.test(x) || !NUMBER.test(y)) {
    return false;
  }
  return x.length === y.length ? x < y : x.length < y.length;
}

function toKnown(application: Application, readAt?: number): Known {
  const { ref, uid, resourceVersion, project } = application;
  return { ref, uid, resourceVersion, project, readAt };
}
