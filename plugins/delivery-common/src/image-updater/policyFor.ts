import { findImage } from './image/image';
import type { MatchedSettings } from './matching/matching';
import type { PolicyProblem } from './problem';
import { refusalOfEntry } from './refusals';
import {
  type CompiledPolicy,
  type CompileOptions,
  compilePolicy,
} from './select/CompiledPolicy';
import { type ImagePolicy, policyRepository } from './settings/images';
import {
  annotatedSettings,
  type ReportedProblem,
  settingsFor,
} from './settingsFor';
import type { ImageUpdaterResource, UpdatedApplication } from './types';
import type { WriteBack } from './writeBack/types';

/**
 * Whether the Image Updater manages an image repository of an application.
 *
 * - `managed`: an ImageUpdater that selects the application lists it, or the
 *   annotations reference it and the updater is known to commit for the
 *   application. Then the ImageUpdater exists, though it wasn't observed.
 * - `unusable`: an ImageUpdater is meant for it, but its settings can't be
 *   used, or it refuses every entry of the repository.
 * - `not-enabled`: the annotations reference it, but no observed ImageUpdater
 *   reads them, so version 1 of the updater does nothing. Earlier versions
 *   would update it, so the policies are those of the annotations.
 * - `unmanaged`: nothing requests updates for it.
 *
 * @public
 */
export type PolicyState = 'managed' | 'unusable' | 'not-enabled' | 'unmanaged';

/**
 * The settings of one entry of an image list, and the ImageUpdater that follows
 * them.
 *
 * @public
 */
export interface FollowedPolicy {
  /** As configured; plain values. */
  policy: ImagePolicy;
  /** The same policy, compiled to judge versions. */
  compiled: CompiledPolicy;
  writeBack: WriteBack;
  /** Absent: no observed ImageUpdater follows it. */
  updater?: ImageUpdaterResource;
}

/**
 * What the Image Updater does for one image repository of an application.
 *
 * @public
 */
export interface RepositoryPolicy {
  state: PolicyState;
  /**
   * One for each alias of the repository that the updater updates: it treats
   * them as separate images.
   */
  followed: FollowedPolicy[];
  /** Problems with these settings, and what to do about them. */
  problems: PolicyProblem[];
}

/**
 * The input of `policyFor`.
 *
 * @public
 */
export interface PolicyQuery extends CompileOptions {
  application: UpdatedApplication;
  /** With registry host. */
  repository: string;
  /** All ImageUpdaters that may select the application, in any order. */
  updaters: readonly ImageUpdaterResource[];
  /**
   * When the updater is known to have committed for the application; ISO 8601,
   * UTC. Resources that Argo CD doesn't manage can't be observed, but their
   * commits can.
   */
  updaterCommittedAt?: string;
}

/**
 * Determines which settings the Image Updater follows for an image repository
 * of an application. Nothing else decides this: promotions, stuck reasons and
 * pages all use this result. Never throws.
 *
 * Several ImageUpdaters may select one application, each with its own images.
 * If none lists the repository, the application's annotations are read as if
 * one enabled them, because a resource that Argo CD doesn't manage can't be
 * observed.
 *
 * @public
 */
export function policyFor(query: PolicyQuery): RepositoryPolicy {
  const { application, repository, updaters } = query;
  const { selecting, reported, broken } = settingsFor(application, updaters);
  const listed = selecting.flatMap(({ updater, settings }) =>
    entriesOf(query, settings).map(entry => ({ ...entry, updater })),
  );
  const { followed, refused } = withoutRefused(application, listed);
  const problems = [...concerning(repository, reported), ...refused];
  if (followed.length > 0) {
    return answer('managed', followed, [...problems, ...overlaps(followed)]);
  }
  if (listed.length > 0) {
    return answer('unusable', [], problems);
  }

  const annotated = annotatedSettings(application);
  const entries = entriesOf(query, annotated.settings);
  const enabled = withoutRefused(application, entries);
  const unread = [
    ...concerning(repository, annotated.reported),
    ...enabled.refused,
  ];
  const notEnabled = () =>
    answer('not-enabled', enabled.followed, [
      { problem: notEnabledProblem(application) },
      ...unread,
      ...problems,
      ...broken.map(problem => ({ problem })),
    ]);
  const isSelected = selecting.length > 0;
  const { updaterCommittedAt } = query;
  if (entries.length > 0 && updaterCommittedAt !== undefined) {
    return answer('managed', entries, [
      { problem: notVisibleProblem(application, updaterCommittedAt) },
      ...unread,
      ...problems,
    ]);
  }
  if (entries.length > 0) {
    return notEnabled();
  }
  if (isRefused(problems, isSelected)) {
    return answer('unusable', [], problems);
  }
  if (isRefused(unread, isSelected || annotated.settings !== undefined)) {
    return notEnabled();
  }
  return answer('unmanaged', [], problems);
}

function answer(
  state: PolicyState,
  followed: FollowedPolicy[],
  reported: readonly ReportedProblem[],
): RepositoryPolicy {
  return {
    state,
    followed,
    problems: [
      ...reported.map(({ problem }) => problem),
      ...followed.flatMap(({ compiled }) => compiled.problems),
    ],
  };
}

function entriesOf(
  { repository, updaterPlatform }: PolicyQuery,
  settings: MatchedSettings | undefined,
): FollowedPolicy[] {
  if (!settings) {
    return [];
  }
  const { images, writeBack } = settings;
  return images
    .filter(policy => policyRepository(policy) === repository)
    .map(policy => ({
      policy,
      compiled: compilePolicy(forcedWith(images, policy), { updaterPlatform }),
      writeBack,
    }));
}

/**
 * A policy as it is followed among the others of its application: an image that
 * one of them forces counts as running for each of them.
 */
function forcedWith(
  images: readonly ImagePolicy[],
  policy: ImagePolicy,
): ImagePolicy {
  const isForced = images.some(
    ({ image, forceUpdate }) => forceUpdate && findImage([image], policy.image),
  );
  return isForced ? { ...policy, forceUpdate: true } : policy;
}

/** The entries that the updater doesn't refuse, and why it refuses others. */
function withoutRefused(
  application: UpdatedApplication,
  entries: readonly FollowedPolicy[],
): { followed: FollowedPolicy[]; refused: ReportedProblem[] } {
  const followed: FollowedPolicy[] = [];
  const refused: ReportedProblem[] = [];
  for (const entry of entries) {
    const { compiled, writeBack } = entry;
    const problem = refusalOfEntry(application, compiled.policy, writeBack);
    if (problem) {
      refused.push({ problem });
    } else {
      followed.push(entry);
    }
  }
  return { followed, refused };
}

function concerning(
  repository: string,
  reported: readonly ReportedProblem[],
): ReportedProblem[] {
  return reported.filter(
    problem =>
      problem.repository === undefined || problem.repository === repository,
  );
}

/**
 * Whether problems explain why an image isn't listed: one concerns the image
 * itself, or they leave no settings at all.
 */
function isRefused(
  problems: readonly ReportedProblem[],
  hasSettings: boolean,
): boolean {
  return problems.some(
    ({ repository }) => repository !== undefined || !hasSettings,
  );
}

function notEnabledProblem({ ref }: UpdatedApplication): PolicyProblem {
  const { name, namespace } = ref;
  return {
    code: 'not-enabled',
    message: `no ImageUpdater was seen that reads the annotations of ${namespace}/${name}`,
    advice: { code: 'advice.not-enabled', parameters: { namespace, name } },
  };
}

function notVisibleProblem(
  { ref }: UpdatedApplication,
  at: string,
): PolicyProblem {
  return {
    code: 'not-visible',
    message: `no ImageUpdater that reads the annotations of ${ref.namespace}/${ref.name} is visible through Argo CD`,
    advice: { code: 'advice.not-visible', parameters: { at } },
  };
}

function overlaps(followed: readonly FollowedPolicy[]): ReportedProblem[] {
  const names = new Set(followed.map(({ updater }) => updater?.name));
  return names.size < 2
    ? []
    : [
        {
          problem: {
            code: 'overlapping-updaters',
            message: `the ImageUpdaters ${[...names].join(
              ' and ',
            )} handle the same image of the application`,
            advice: { code: 'advice.overlapping-updaters', parameters: {} },
          },
        },
      ];
}
