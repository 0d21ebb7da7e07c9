/**
 * A part of the sandbox: the Git host, the registry, Argo CD, or the Image
 * Updater. Parts know each other only by the URLs and credentials in their
 * configuration. So each part can be switched off and replaced by the real one.
 */
export interface SandboxPart {
  /** The name in `--without` and in log lines. */
  readonly name: PartName;
  /**
   * The part's URL, without a trailing slash. Absent for a part without a
   * server.
   */
  readonly url?: string;
  /** Loads the part's state, and resolves once the part responds. */
  start(): Promise<void>;
  /**
   * Stops the part and writes its state. A stopped part can be started again.
   */
  stop(): Promise<void>;
}

/** The parts, in their start order. */
export const PART_NAMES = ['git', 'ecr', 'argocd', 'image-updater'] as const;

export type PartName = (typeof PART_NAMES)[number];

/** A part's log, one line per message. */
export interface PartLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
