import { PolicyError, type ReportProblem } from '../problem';
import {
  imagesFromAnnotations,
  settingsFromAnnotations,
  writeBackFromAnnotations,
} from '../settings/annotations';
import {
  type ImagePolicy,
  type PushedRepository,
  imagePolicies,
} from '../settings/images';
import { mergeUpdateSettings, mergeWriteBack } from '../settings/merge';
import type {
  ImageConfig,
  ImageUpdaterSpec,
  UpdateSettings,
  UpdaterApplication,
  UpdaterApplicationRef,
} from '../settings/types';
import { globFails, parseGlob } from '../tags/glob';
import { byteLength } from '../text';
import { applicationTypeOf, sourceTypeOf } from '../writeBack/source';
import type { WriteBack } from '../writeBack/types';
import { resolveWriteBack } from '../writeBack/writeBack';
import { labelsMatch } from './labels';

/**
 * What an ImageUpdater does for an Application.
 *
 * @public
 */
export interface MatchedSettings {
  images: ImagePolicy[];
  writeBack: WriteBack;
}

/**
 * An Application that an ImageUpdater handles.
 *
 * @public
 */
export interface MatchedApplication<
  A extends UpdaterApplication = UpdaterApplication,
> extends MatchedSettings {
  application: A;
}

/**
 * Which Applications an ImageUpdater handles, and how.
 *
 * @public
 */
export interface MatchingRules {
  spec: ImageUpdaterSpec;
  /**
   * Namespace of the ImageUpdater. It handles only Applications in this
   * namespace.
   */
  namespace: string;
  /** Where the updater itself runs. */
  controllerNamespace: string;
}

/**
 * Returns the settings that apply to an Application; undefined if it isn't
 * handled.
 */
export type Matcher = (
  application: UpdaterApplication,
  report: ReportProblem,
  pushed?: PushedRepository,
) => MatchedSettings | undefined;

/**
 * The Applications that an ImageUpdater handles, all in its own namespace. For
 * each, the most specific reference with usable settings applies.
 *
 * @public
 * @throws PolicyError when there are no references or one is invalid; the whole
 * resource then does nothing
 */
export function matchApplications<A extends UpdaterApplication>(
  options: MatchingRules & {
    applications: readonly A[];
    pushed?: PushedRepository;
    report: ReportProblem;
  },
): MatchedApplication<A>[] {
  const match = compileMatching(options);
  return options.applications.flatMap(application => {
    const settings = match(application, options.report, options.pushed);
    return settings ? [{ application, ...settings }] : [];
  });
}

/**
 * Reads an ImageUpdater's references once, for many Applications.
 *
 * @throws PolicyError when there are no references or one is invalid; the whole
 * resource then does nothing
 */
export function compileMatching(rules: MatchingRules): Matcher {
  const refs = rules.spec.applicationRefs ?? [];
  if (refs.length === 0) {
    throw new PolicyError({
      code: 'applications-missing',
      message: 'no application references defined in ImageUpdater CR',
      advice: { code: 'advice.applications-missing', parameters: {} },
    });
  }
  const ordered = refs
    .map(ref => ({ ref, matchesName: nameMatcher(ref.namePattern) }))
    .sort((a, b) => specificity(b.ref) - specificity(a.ref));
  return (application, report, pushed) => {
    const { name, namespace, labels } = application.metadata;
    if (namespace !== rules.namespace) {
      return undefined;
    }
    for (const { ref, matchesName } of ordered) {
      if (
        matchesName(name) &&
        labelsMatch(labels ?? {}, ref.labelSelectors, report)
      ) {
        const settings = settingsOf(application, ref, rules, report);
        if (settings) {
          return matched(application, settings, report, pushed);
        }
      }
    }
    return undefined;
  };
}

/**
 * The updater checks patterns by matching this text. A malformed pattern that
 * passes only makes its own reference match nothing.
 */
const PROBE = 'validation';

function nameMatcher(pattern: string): (name: string) => boolean {
  const matches = parseGlob(pattern);
  if (globFails(pattern, PROBE)) {
    throw new PolicyError({
      code: 'name-pattern-invalid',
      message: `invalid application name pattern '${pattern}': syntax error in pattern`,
      advice: { code: 'advice.name-pattern-invalid', parameters: {} },
    });
  }
  return matches ?? (() => false);
}

/**
 * How specific a reference is, by its name pattern and label selector. The
 * highest value wins; ties keep the order of the list.
 */
export function specificity(ref: UpdaterApplicationRef): number {
  const { namePattern, labelSelectors } = ref;
  const exact = /[*?[\]]/.test(namePattern) ? 0 : 1_000_000;
  const literals = withoutSets(namePattern).replace(/[*?]/g, '');
  const labels = labelSelectors
    ? 10_000 +
      100 * Object.keys(labelSelectors.matchLabels ?? {}).length +
      100 * (labelSelectors.matchExpressions?.length ?? 0)
    : 0;
  return exact + byteLength(literals) + labels;
}

/**
 * Removes bracketed sets, from each `[` to the next `]` on the same line.
 * Searches for each end only once: if no `]` follows on the line, every bracket
 * left on it is unclosed.
 */
function withoutSets(pattern: string): string {
  return pattern.split('\n').map(withoutSetsOfLine).join('\n');
}

function withoutSetsOfLine(line: string): string {
  let rest = '';
  let at = 0;
  for (;;) {
    const open = line.indexOf('[', at);
    const close = open < 0 ? -1 : line.indexOf(']', open);
    if (close < 0) {
      return rest + line.slice(at);
    }
    rest += line.slice(at, open);
    at = close + 1;
  }
}

interface Settings {
  images: readonly ImageConfig[];
  update: UpdateSettings;
  writeBack: WriteBack;
}

/**
 * The settings of a reference; undefined if the next reference must be tried.
 */
function settingsOf(
  application: UpdaterApplication,
  ref: UpdaterApplicationRef,
  { spec, controllerNamespace }: MatchingRules,
  report: ReportProblem,
): Settings | undefined {
  const attempt = <T>(what: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof PolicyError)) {
        throw error;
      }
      report(error.within(`Could not create ${what}, skipping: `));
      return undefined;
    }
  };
  const images = ref.useAnnotations
    ? attempt('image list', () => imagesFromAnnotations(application))
    : ref.images ?? [];
  const writeBack =
    images &&
    attempt('write-back config', () =>
      resolveWriteBack(
        application,
        ref.useAnnotations
          ? writeBackFromAnnotations(application)
          : mergeWriteBack(spec.writeBackConfig, ref.writeBackConfig),
        controllerNamespace,
      ),
    );
  const update =
    writeBack &&
    attempt('common update settings', () =>
      ref.useAnnotations
        ? settingsFromAnnotations(application)
        : mergeUpdateSettings(
            spec.commonUpdateSettings,
            ref.commonUpdateSettings,
          ),
    );
  return update && { images, writeBack, update };
}

function matched(
  application: UpdaterApplication,
  { images, update, writeBack }: Settings,
  report: ReportProblem,
  pushed: PushedRepository | undefined,
): MatchedSettings | undefined {
  if (!applicationTypeOf(application, writeBack)) {
    const { name, namespace } = application.metadata;
    report({
      code: 'application-type-unsupported',
      message: `skipping app '${namespace}/${name}' of type '${sourceTypeOf(
        application,
        writeBack,
      )}' because it's not of supported source type`,
      advice: { code: 'advice.application-type-unsupported', parameters: {} },
    });
    return undefined;
  }
  const policies = imagePolicies(images, update, { pushed, report });
  return policies.length > 0 ? { images: policies, writeBack } : undefined;
}
