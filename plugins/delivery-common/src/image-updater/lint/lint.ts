import { selectVersion } from '../select/selectVersion';
import type { VersionSelection } from '../select/types';
import { VersionList } from '../select/VersionList';
import { compareText } from '../text';
import { contextOf, matchingRefs } from './read/LintContext';
import { type LintedImage, type Reading, readReference } from './read/Reading';
import { LINT_RULES } from './rules';
import type {
  LintCode,
  LintedApplication,
  LintedRepository,
  LintedUpdater,
  LintFinding,
  LintSeverity,
  LintSubject,
} from './types';

const SEVERITIES: readonly LintSeverity[] = ['error', 'warning', 'info'];

/**
 * What the linter can find, in alphabetical order.
 *
 * @public
 */
export const LINT_CODES: readonly { code: LintCode; severity: LintSeverity }[] =
  [
    ...new Map(
      [
        ...LINT_RULES.application,
        ...LINT_RULES.reading,
        ...LINT_RULES.image,
        ...LINT_RULES.updater,
      ].map(({ code, severity }) => [code, { code, severity }]),
    ).values(),
  ].sort((a, b) => compareText(a.code, b.code));

type FindRepository = Parameters<typeof findingsOfReading>[1];

/**
 * Finds every setting of applications and ImageUpdaters that Image Updater 1.3
 * ignores or misreads, or that does harm. Never throws.
 *
 * @public
 */
export function lintSettings(subject: LintSubject): LintFinding[] {
  return unique([
    ...subject.applications.flatMap(application =>
      findingsOf(application, subject),
    ),
    ...subject.updaters.flatMap(findingsOfUpdater),
  ]);
}

/**
 * The findings that concern one application: those of its own settings, and of
 * the ImageUpdaters that select it. Never throws.
 *
 * @public
 * @param updaters - all that may select the application
 * @param repositories - by name with registry host; what isn't known is left
 * out
 */
export function lintApplication(
  application: LintedApplication,
  updaters: readonly LintedUpdater[],
  repositories?: ReadonlyMap<string, LintedRepository>,
): LintFinding[] {
  const { namespace } = application.metadata;
  return unique([
    ...findingsOf(application, {
      applications: [application],
      updaters,
      repositories,
    }),
    ...updaters
      .filter(
        updater =>
          updater.namespace === namespace &&
          matchingRefs(updater, application).length > 0,
      )
      .flatMap(findingsOfUpdater),
  ]);
}

function findingsOf(
  application: LintedApplication,
  subject: LintSubject,
): LintFinding[] {
  const context = contextOf(application, subject);
  return [
    ...LINT_RULES.application.flatMap(rule => rule.find(context)),
    ...context.readings.flatMap(reading =>
      findingsOfReading(reading, context.repositoryOf),
    ),
  ];
}

function findingsOfReading(
  reading: Reading,
  repositoryOf: (
    image: Reading['images'][number],
  ) => LintedRepository | undefined,
): LintFinding[] {
  return [
    ...LINT_RULES.reading.flatMap(rule => rule.find(reading)),
    ...reading.images.flatMap(image => {
      const repository = repositoryOf(image);
      const selection = selectionOf(image, repository);
      return LINT_RULES.image.flatMap(rule =>
        rule.find({ image, reading, repository, selection }),
      );
    }),
  ];
}

function selectionOf(
  { compiled }: LintedImage,
  repository: LintedRepository | undefined,
): VersionSelection | undefined {
  if (!repository?.versions || compiled.unusable) {
    return undefined;
  }
  const list =
    repository.versions instanceof VersionList
      ? repository.versions
      : VersionList.of(repository.versions);
  return list.versions.length === 0 ? undefined : selectVersion(compiled, list);
}

/** The findings of an ImageUpdater, whether or not it selects anything. */
function findingsOfUpdater(updater: LintedUpdater): LintFinding[] {
  const unknown: FindRepository = () => undefined;
  return [
    ...LINT_RULES.updater.flatMap(rule => rule.find(updater)),
    ...(updater.spec.applicationRefs ?? []).flatMap((ref, index) =>
      ref.useAnnotations
        ? []
        : findingsOfReading(readReference(updater, index), unknown),
    ),
  ];
}

/**
 * Each finding once, the worst first. One setting of an ImageUpdater may
 * concern several applications.
 */
function unique(findings: readonly LintFinding[]): LintFinding[] {
  const known = new Map(
    findings.map(finding => [JSON.stringify(finding), finding]),
  );
  return SEVERITIES.flatMap(severity =>
    [...known.values()].filter(finding => finding.severity === severity),
  );
}
