import type { MatchedSettings } from './matching/matching';
import type { PolicyProblem } from './problem';
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
  type UpdatedApplication,
} from './settingsFor';
import type { ImageUpdaterResource } from './types';
import type { WriteBack } from './writeBack/types';

/**
 * Whether the Image Updater takes care of an image repository of an application.
 *
 * - `managed`: an ImageUpdater that selects the application lists it.
 * - `unusable`: one is meant for it, but its settings can't be used.
 * - `not-enabled`: the annotations name it, but no ImageUpdater was seen that
 *   reads them, so that version 1 of the updater does nothing. Versions before
 *   it would, so the policies are those of the annotations.
 * - `unmanaged`: nothing says that it should be updated.
 *
 * @public
 */
export type PolicyState = 'managed' | 'unusable' | 'not-enabled' | 'unmanaged';

/**
 * The settings of one entry of an image list, and who follows them.
 *
 * @public
 */
export interface FollowedPolicy {
  /** As it is set; plain values. */
  policy: ImagePolicy;
  /** The same, ready to be held against versions. */
  compiled: CompiledPolicy;
  writeBack: WriteBack;
  /** Absent: no ImageUpdater was seen that follows it. */
  updater?: ImageUpdaterResource;
}

/**
 * What the Image Updater does for one image repository of an application.
 *
 * @public
 */
export interface RepositoryPolicy {
  state: PolicyState;
  /** One for each alias of the repository: the updater treats them as separate images. */
  followed: FollowedPolicy[];
  /** What is wrong with all this, and what to do. */
  problems: PolicyProblem[];
}

/**
 * What `policyFor` is asked.
 *
 * @public
 */
export interface PolicyQuery extends CompileOptions {
  application: UpdatedApplication;
  /** With registry host. */
  repository: string;
  /** All that may select the application, in any order. */
  updaters: readonly ImageUpdaterResource[];
}

/**
 * Which settings the Image Updater follows for an image repository of an
 * application. This is the only answer to that question: promotions, stuck
 * reasons and pages all go by it. It never throws.
 *
 * Several ImageUpdaters may select one application, each with images of its own.
 * Where none lists the repository, the application's annotations are read as if
 * one enabled them: a resource that Argo CD doesn't manage can't be seen.
 *
 * @public
 */
export function policyFor(query: PolicyQuery): RepositoryPolicy {
  const { application, repository, updaters } = query;
  const { selecting, reported, broken } = settingsFor(application, updaters);
  const problems = concerning(repository, reported);
  const followed = selecting.flatMap(({ updater, settings }) =>
    entriesOf(query, settings).map(entry => ({ ...entry, updater })),
  );
  if (followed.length > 0) {
    return answer('managed', followed, [...problems, ...overlaps(followed)]);
  }

  const annotated = annotatedSettings(application);
  const entries = entriesOf(query, annotated.settings);
  const unread = concerning(repository, annotated.reported);
  const notEnabled = () =>
    answer('not-enabled', entries, [
      { problem: notEnabledProblem(application) },
      ...unread,
      ...problems,
      ...broken.map(problem => ({ problem })),
    ]);
  const isSelected = selecting.length > 0;
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
      compiled: compilePolicy(policy, { updaterPlatform }),
      writeBack,
    }));
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
 * Whether problems are why an image isn't listed: one is about the image itself,
 * or they leave no settings at all.
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
