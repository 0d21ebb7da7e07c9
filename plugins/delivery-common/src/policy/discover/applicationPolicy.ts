import { compareText } from '../text';
import {
  type Matcher,
  type MatchedSettings,
  compileMatching,
} from '../matching/matching';
import { PolicyError, type PolicyProblem } from '../problem';
import { compilePolicy } from '../select/CompiledPolicy';
import { hasImageList } from '../settings/annotations';
import type { ImagePolicy } from '../settings/images';
import type { ImageUpdaterSpec, UpdaterApplication } from '../settings/types';
import type { WriteBack } from '../writeBack/types';

/**
 * An ImageUpdater resource, as far as it decides.
 *
 * @public
 */
export interface NamedUpdaterSpec {
  namespace: string;
  name: string;
  spec: ImageUpdaterSpec;
}

/**
 * Whether the Image Updater takes care of an application.
 *
 * - `managed`: an ImageUpdater handles it.
 * - `unusable`: one is meant for it, but its settings can't be used.
 * - `not-enabled`: has annotations, but no ImageUpdater was seen that reads
 *   them, so that version 1 of the updater does nothing. Versions before it
 *   would, so the policy is that of the annotations.
 * - `unmanaged`: nothing says that it should be updated.
 *
 * @public
 */
export type ApplicationPolicyState =
  | 'managed'
  | 'unusable'
  | 'not-enabled'
  | 'unmanaged';

/**
 * What the Image Updater is to do for an application; plain values.
 *
 * @public
 */
export interface ApplicationPolicy {
  state: ApplicationPolicyState;
  /** One per image of the image list that can be used. */
  images: ImagePolicy[];
  writeBack?: WriteBack;
  /** The resource that handles the application. */
  updater?: { namespace: string; name: string };
  /** What is wrong with all this, and what to do. */
  problems: PolicyProblem[];
}

/**
 * Reads ImageUpdater resources once, to be asked for the policy of many
 * applications. Neither this nor what it gives ever throws.
 *
 * @public
 * @param updaters - all that were seen, in any order
 */
export function compileUpdaters(
  updaters: readonly NamedUpdaterSpec[],
  options: {
    /** Where the updater runs; an application elsewhere has its namespace in the name of the file that is written. */
    controllerNamespace?: string;
  } = {},
): (application: UpdaterApplication) => ApplicationPolicy {
  const { controllerNamespace = 'argocd' } = options;
  const compiled = [...updaters]
    .sort(
      (a, b) =>
        compareText(a.namespace, b.namespace) || compareText(a.name, b.name),
    )
    .map(updater => compileOne(updater, controllerNamespace));
  return application => {
    const { namespace } = application.metadata;
    const problems: PolicyProblem[] = [];
    const near = compiled.filter(
      ({ updater }) => updater.namespace === namespace,
    );
    const matches = near.flatMap(({ updater, match }) => {
      const settings = match(application, problem => problems.push(problem));
      return settings ? [{ updater, settings }] : [];
    });
    const [first, ...others] = matches;
    if (!first) {
      return problems.length > 0
        ? { state: 'unusable', images: [], problems }
        : fromAnnotations(
            application,
            controllerNamespace,
            near.flatMap(({ broken }) => broken ?? []),
          );
    }
    if (others.length > 0) {
      problems.push(overlap(matches.map(({ updater }) => updater.name)));
    }
    return {
      state: 'managed',
      ...withProblems(first.settings, problems),
      updater: {
        namespace: first.updater.namespace,
        name: first.updater.name,
      },
    };
  };
}

/**
 * The policy of one application; see `compileUpdaters`.
 *
 * @public
 */
export function applicationPolicy(
  application: UpdaterApplication,
  updaters: readonly NamedUpdaterSpec[],
): ApplicationPolicy {
  return compileUpdaters(updaters)(application);
}

interface CompiledUpdater {
  updater: NamedUpdaterSpec;
  match: Matcher;
  /** It does nothing, whichever applications it was meant for. */
  broken?: PolicyProblem;
}

function compileOne(
  updater: NamedUpdaterSpec,
  controllerNamespace: string,
): CompiledUpdater {
  const { spec, namespace, name } = updater;
  try {
    return {
      updater,
      match: compileMatching({ spec, namespace, controllerNamespace }),
    };
  } catch (error) {
    if (!(error instanceof PolicyError)) {
      throw error;
    }
    return {
      updater,
      match: () => undefined,
      broken: error.within(`ImageUpdater ${namespace}/${name}: `),
    };
  }
}

function fromAnnotations(
  application: UpdaterApplication,
  controllerNamespace: string,
  broken: readonly PolicyProblem[],
): ApplicationPolicy {
  if (!hasImageList(application)) {
    return { state: 'unmanaged', images: [], problems: [] };
  }
  const problems: PolicyProblem[] = [];
  const { name, namespace } = application.metadata;
  const settings = compileMatching({
    spec: { applicationRefs: [{ namePattern: '*', useAnnotations: true }] },
    namespace,
    controllerNamespace,
  })(application, problem => problems.push(problem));
  problems.unshift({
    code: 'not-enabled',
    message: `no ImageUpdater was seen that reads the annotations of ${namespace}/${name}`,
    advice: { code: 'advice.not-enabled', parameters: { namespace, name } },
  });
  return {
    state: 'not-enabled',
    ...withProblems(settings ?? { images: [] }, [...problems, ...broken]),
  };
}

/** With what is wrong with the policy of each image. */
function withProblems<S extends Pick<MatchedSettings, 'images'>>(
  settings: S,
  problems: readonly PolicyProblem[],
): S & { problems: PolicyProblem[] } {
  return {
    ...settings,
    problems: [
      ...problems,
      ...settings.images.flatMap(image => compilePolicy(image).problems),
    ],
  };
}

function overlap(names: string[]): PolicyProblem {
  return {
    code: 'overlapping-updaters',
    message: `the ImageUpdaters ${names.join(
      ' and ',
    )} handle the same application`,
    advice: { code: 'advice.overlapping-updaters', parameters: {} },
  };
}
