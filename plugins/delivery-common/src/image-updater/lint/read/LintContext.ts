import { labelsMatch } from '../../matching/labels';
import { specificity } from '../../matching/matching';
import { parseGlob } from '../../tags/glob';
import { policyRepository } from '../../settings/images';
import { compareText } from '../../text';
import type {
  LintedApplication,
  LintedRepository,
  LintedUpdater,
  LintSubject,
} from '../types';
import { type SettingKey, settingKeys } from './keys';
import {
  type LintedImage,
  type Reading,
  readAnnotations,
  readReference,
} from './Reading';

/** An application with everything that the rules look at. */
export interface LintContext {
  application: LintedApplication;
  /** Its annotations of the updater. */
  keys: SettingKey[];
  /** One for each ImageUpdater that selects it, and for unread annotations. */
  readings: Reading[];
  /** An ImageUpdater reads its annotations. */
  isEnabled: boolean;
  subject: LintSubject;
  repositoryOf(image: LintedImage): LintedRepository | undefined;
}

/** Reads the settings of an application. */
export function contextOf(
  application: LintedApplication,
  subject: LintSubject,
): LintContext {
  const keys = settingKeys(application.metadata.annotations);
  const readings = subject.updaters
    .filter(({ namespace }) => namespace === application.metadata.namespace)
    .sort((a, b) => compareText(a.name, b.name))
    .flatMap(updater => readingOf(updater, application) ?? []);
  const isEnabled = readings.some(({ from }) => from === 'annotations');
  return {
    application,
    keys,
    readings:
      readings.length === 0 && keys.length > 0
        ? [readAnnotations(application)]
        : readings,
    isEnabled,
    subject,
    repositoryOf: ({ policy }) => {
      const repository = policyRepository(policy);
      return repository === undefined
        ? undefined
        : subject.repositories?.get(repository);
    },
  };
}

/**
 * The references of an ImageUpdater that match an application, the most
 * specific first.
 */
export function matchingRefs(
  { spec }: LintedUpdater,
  { metadata: { name, labels } }: LintedApplication,
): number[] {
  return (spec.applicationRefs ?? [])
    .map((ref, index) => ({ ref, index }))
    .sort((a, b) => specificity(b.ref) - specificity(a.ref))
    .filter(
      ({ ref }) =>
        parseGlob(ref.namePattern)?.(name) &&
        labelsMatch(labels ?? {}, ref.labelSelectors, () => {}),
    )
    .map(({ index }) => index);
}

/**
 * What an ImageUpdater reads for an application: the most specific reference
 * whose settings can be used. If none can, the most specific one explains why.
 */
function readingOf(
  updater: LintedUpdater,
  application: LintedApplication,
): Reading | undefined {
  const isBroken = updater.spec.applicationRefs?.some(
    ({ namePattern }) => !parseGlob(namePattern),
  );
  if (isBroken) {
    return undefined;
  }
  const hasSettings = settingKeys(application.metadata.annotations).length > 0;
  const readings = matchingRefs(updater, application)
    .map(ref =>
      updater.spec.applicationRefs?.[ref].useAnnotations
        ? readAnnotations(application, updater)
        : readReference(updater, ref, application),
    )
    // A wide pattern also matches applications that nobody wants to update.
    .filter(({ from }) => from === 'resource' || hasSettings);
  return (
    readings.find(({ unusable, unwritable }) => !unusable && !unwritable) ??
    readings.at(0)
  );
}
