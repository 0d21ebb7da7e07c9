import {
  compileMatching,
  type MatchedSettings,
  type Matcher,
} from './matching/matching';
import { toUpdaterApplication } from './matching/toUpdaterApplication';
import { PolicyError, type PolicyProblem } from './problem';
import { compilePolicy } from './select/CompiledPolicy';
import { libraryProblem } from './refusals';
import { hasImageList } from './settings/annotations';
import { namedRepository, policyRepository } from './settings/images';
import type { UpdaterApplication } from './settings/types';
import { compareText } from './text';
import type { ImageUpdaterResource, UpdatedApplication } from './types';

/**
 * The updater's default namespace. For an application in another namespace, the
 * name of the write-back file includes that namespace.
 */
const CONTROLLER_NAMESPACE = 'argocd';

/**
 * A problem and the image repository it concerns. Without a repository, it
 * concerns all images.
 */
export interface ReportedProblem {
  problem: PolicyProblem;
  repository?: string;
}

/** The settings that ImageUpdater resources have for an application. */
export interface ApplicationSettings {
  /**
   * ImageUpdaters that select the application and have usable settings, sorted
   * by name.
   */
  selecting: { updater: ImageUpdaterResource; settings: MatchedSettings }[];
  reported: ReportedProblem[];
  /**
   * Problems that disable a whole ImageUpdater in the application's namespace.
   */
  broken: PolicyProblem[];
}

/** Reads ImageUpdater resources for an application; never throws. */
export function settingsFor(
  application: UpdatedApplication,
  updaters: readonly ImageUpdaterResource[],
): ApplicationSettings {
  const subject = toUpdaterApplication(application);
  const { namespace } = application.ref;
  const read: ApplicationSettings = { selecting: [], reported: [], broken: [] };
  const near = updaters
    .filter(updater => updater.namespace === namespace)
    .sort((a, b) => compareText(a.name, b.name));
  for (const updater of near) {
    const match = matcherOf(updater);
    if (match instanceof PolicyError) {
      const { name } = updater;
      read.broken.push(match.within(`ImageUpdater ${namespace}/${name}: `));
    } else {
      const settings = matched(match, subject, read.reported);
      if (settings) {
        read.selecting.push({ updater, settings });
      }
    }
  }
  return read;
}

/**
 * The settings in an application's annotations, read as if an ImageUpdater
 * enabled them. No settings without an image list.
 */
export function annotatedSettings(application: UpdatedApplication): {
  settings?: MatchedSettings;
  reported: ReportedProblem[];
} {
  const subject = toUpdaterApplication(application);
  if (!hasImageList(subject)) {
    return { reported: [] };
  }
  const reported: ReportedProblem[] = [];
  const match = compileMatching({
    spec: { applicationRefs: [{ namePattern: '*', useAnnotations: true }] },
    namespace: application.ref.namespace,
    controllerNamespace: CONTROLLER_NAMESPACE,
  });
  return { settings: matched(match, subject, reported), reported };
}

function matcherOf({
  spec,
  namespace,
}: ImageUpdaterResource): Matcher | PolicyError {
  try {
    return compileMatching({
      spec,
      namespace,
      controllerNamespace: CONTROLLER_NAMESPACE,
    });
  } catch (error) {
    if (error instanceof PolicyError) {
      return error;
    }
    throw error;
  }
}

function matched(
  match: Matcher,
  subject: UpdaterApplication,
  reported: ReportedProblem[],
): MatchedSettings | undefined {
  const settings = match(subject, (problem, image) => {
    reported.push({
      problem,
      repository: image && policyRepository({ image }),
    });
  });
  for (const policy of settings?.images ?? []) {
    const misread = libraryProblem(policy);
    if (misread) {
      const repository = namedRepository(policy);
      reported.push({ problem: misread, repository });
    }
    if (policyRepository(policy) === undefined) {
      // The image name is unusable, so the policy may be meant for any
      // repository.
      const { problems } = compilePolicy(policy);
      reported.push(...problems.map(problem => ({ problem })));
    }
  }
  return settings;
}
