/**
 * A running part of the sandbox: the Git host, the registry, Argo CD, or the
 * Image Updater. Parts know each other only by the URLs and credentials in their
 * configuration. So each part can be switched off and replaced by the real one.
 */
export interface RunningPart {
  /** The part's URL, without a trailing slash. */
  readonly url: string;
  /** Stops the part. What it has answered is in its state folder. */
  stop(): Promise<void>;
}

/** What a part is started with. */
export interface PartOptions<Config> {
  config: Config;
  /** The address to listen on. */
  host: string;
  /** The state folder of this part alone. */
  stateDir: string;
  logger: PartLogger;
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
