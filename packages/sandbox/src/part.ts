/**
 * One stand-in of the sandbox: the Git host, the registry, Argo CD, or the
 * Image Updater. Parts know one another only by the URLs and credentials of
 * their configuration, so that each can be switched off and replaced by the
 * real thing.
 */
export interface SandboxPart {
  /** The name that `--without` takes and log lines carry. */
  readonly name: PartName;
  /** Where the part answers, without a trailing slash; absent for a part that serves nothing. */
  readonly url?: string;
  /** Loads the part's state and resolves once it answers. */
  start(): Promise<void>;
  /** Ends the part and writes its state; a stopped part can be started again. */
  stop(): Promise<void>;
}

/** The parts, in the order in which they start. */
export const PART_NAMES = ['git', 'ecr', 'argocd', 'image-updater'] as const;

export type PartName = (typeof PART_NAMES)[number];

/** Where a part writes what it does; one line a message. */
export interface PartLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
