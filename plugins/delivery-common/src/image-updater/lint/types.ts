import type {
  AnyMessage,
  englishMessages,
  MessageParameter,
  MessageParameters,
} from '../../messages';
import type { RegistryVersion } from '../select/types';
import type { VersionList } from '../select/VersionList';
import type { TagMutability } from '../tags/tagMutability';
import type { UpdaterApplication, UpdaterSource } from '../settings/types';
import type { ImageUpdaterResource } from '../types';

/**
 * A kind of setting that the Image Updater ignores, misreads, or that does
 * harm.
 *
 * @public
 */
export type LintCode = keyof (typeof englishMessages)['effect'] &
  keyof (typeof englishMessages)['fix'];

/**
 * - `error`: the updater can't do what the setting asks for.
 * - `warning`: the setting does nothing, or something that nobody wants.
 * - `info`: it works, but should be written in another way.
 *
 * @public
 */
export type LintSeverity = 'error' | 'warning' | 'info';

/**
 * Where a setting is: a path of keys and indexes in a resource.
 *
 * @public
 */
export interface LintPlace {
  kind: 'Application' | 'ImageUpdater';
  namespace: string;
  name: string;
  /** Such as `['metadata', 'annotations', 'argocd-image-updater.argoproj.io/image-list']`. */
  path: (string | number)[];
}

/**
 * One setting that should be changed.
 *
 * @public
 */
export interface LintFinding {
  code: LintCode;
  severity: LintSeverity;
  place: LintPlace;
  /** What Image Updater 1.3 does with the setting; code `effect.<code>`. */
  effect: AnyMessage;
  /** What to write instead; code `fix.<code>`. */
  fix: AnyMessage;
}

/**
 * The parts of a source that the rules read.
 *
 * @public
 */
export interface LintedSource extends UpdaterSource {
  chart?: string;
}

/**
 * An Application with its settings.
 *
 * @public
 */
export interface LintedApplication extends UpdaterApplication<LintedSource> {
  /** `status.summary.images`; absent if not known. */
  images?: readonly string[];
  /** The whole resource as somebody wrote it, if that is known. */
  written?: unknown;
}

/**
 * An ImageUpdater with its settings.
 *
 * @public
 */
export interface LintedUpdater
  extends Pick<ImageUpdaterResource, 'namespace' | 'name' | 'spec'> {
  /**
   * Its `spec` as somebody wrote it. Absent if only the fields that are known
   * were kept, as in Landfall's store; then nothing is said about others.
   */
  written?: unknown;
}

/**
 * What is known of an image repository.
 *
 * @public
 */
export interface LintedRepository {
  versions?: readonly RegistryVersion[] | VersionList;
  /** Whether tags can move to other images; absent if not known. */
  tagMutability?: TagMutability;
}

/**
 * The input of the linter.
 *
 * @public
 */
export interface LintSubject {
  applications: readonly LintedApplication[];
  /** All ImageUpdaters that may select one of the applications. */
  updaters: readonly LintedUpdater[];
  /** By repository, with registry host. */
  repositories?: ReadonlyMap<string, LintedRepository>;
  /**
   * Whether ImageUpdaters may exist that aren't given, for example in another
   * folder. Without any for an application, that is then a warning.
   */
  isPartial?: boolean;
}

/** A place with the parameters of its two messages. */
export interface Located<Code extends LintCode> {
  place: LintPlace;
  parameters: MessageParameters<
    | (typeof englishMessages)['effect'][Code]
    | (typeof englishMessages)['fix'][Code]
  > &
    Readonly<Record<string, MessageParameter>>;
}
