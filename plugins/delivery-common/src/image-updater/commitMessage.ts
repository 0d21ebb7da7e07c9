import { parseVersion } from '../images';
import type { ImageVersion } from '../model/promotion';

/**
 * The changes that a commit of the Image Updater reports.
 */
export interface UpdaterCommit {
  /** The application it was made for; absent with a custom message template. */
  application?: string;
  changes: {
    /** Path of the repository, without its registry host. */
    image: string;
    /**
     * The version that ran when the updater decided; not always the one that
     * the file held before.
     */
    from?: ImageVersion;
    to: ImageVersion;
  }[];
}

const SUBJECT =
  /^build: automatic update of (?:[^\s/]+\/)?([^\s/]+)(?: \([#!]\d+\))?$/;
const CHANGE = /^updates image (\S+) tag '([^']*)' to '([^']+)'$/;

/**
 * Parses a commit message in the Image Updater's default format, also inside
 * the message of a merge or squash. Undefined if it contains no image change.
 */
export function parseUpdaterCommit(message: string): UpdaterCommit | undefined {
  if (!message.includes('updates image ')) {
    return undefined;
  }
  const lines = message.split(/\r?\n/).map(line => line.trim());
  const changes = lines.flatMap(line => {
    const match = CHANGE.exec(line);
    const to = match && parseVersion(match[3]);
    return to ? [{ image: match[1], from: parseVersion(match[2]), to }] : [];
  });
  if (!changes.length) {
    return undefined;
  }
  const application = lines
    .map(line => SUBJECT.exec(line)?.[1])
    .find(name => name !== undefined);
  return { application, changes };
}
