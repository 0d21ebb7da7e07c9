import { messageOf } from '../errors';
import type {
  Application,
  ApplicationRef,
  ImageUpdaterSpec,
} from '../kubernetes/schemas';
import { globMatches, parseGlob } from '../policy/glob';
import type { Warn } from '../policy/warn';
import {
  imagesFromAnnotations,
  settingsFromAnnotations,
  writeBackFromAnnotations,
} from './annotations';
import {
  type PushedRepository,
  type UpdatableImage,
  updatableImages,
} from './images';
import { labelsMatch } from './labels';
import { mergeUpdateSettings, mergeWriteBack } from './merge';
import { applicationTypeOf, sourceTypeOf } from './source';
import { type WriteBack, resolveWriteBack } from './writeBack';

/** An Application that an ImageUpdater takes care of. */
export interface MatchedApplication {
  application: Application;
  images: UpdatableImage[];
  writeBack: WriteBack;
}

/**
 * The Applications that an ImageUpdater handles: those of its own namespace,
 * each by its most specific reference whose settings can be used.
 *
 * @throws Error when a reference as such is wrong; the whole resource does nothing then
 */
export function matchApplications(options: {
  spec: ImageUpdaterSpec;
  /** Namespace of the ImageUpdater. */
  namespace: string;
  controllerNamespace: string;
  applications: readonly Application[];
  pushed?: PushedRepository;
  warn: Warn;
}): MatchedApplication[] {
  const { spec, warn } = options;
  const refs = spec.applicationRefs ?? [];
  if (refs.length === 0) {
    throw new Error('no application references defined in ImageUpdater CR');
  }
  for (const { namePattern } of refs) {
    if (!parseGlob(namePattern)) {
      throw new Error(
        `invalid application name pattern '${namePattern}': syntax error in pattern`,
      );
    }
  }
  const ordered = [...refs].sort((a, b) => specificity(b) - specificity(a));
  return options.applications
    .filter(({ metadata }) => metadata.namespace === options.namespace)
    .flatMap(application => {
      const { name, labels } = application.metadata;
      for (const ref of ordered) {
        if (
          globMatches(ref.namePattern, name) &&
          labelsMatch(labels ?? {}, ref.labelSelectors, warn)
        ) {
          const settings = settingsOf(application, ref, options);
          if (settings) {
            return matched(application, settings, options);
          }
        }
      }
      return [];
    });
}

/** How much a reference says about names and labels; the greatest wins, ties by the order in the list. */
export function specificity(ref: ApplicationRef): number {
  const { namePattern, labelSelectors } = ref;
  const exact = /[*?[\]]/.test(namePattern) ? 0 : 1_000_000;
  const literals = namePattern.replace(/\[.*?\]/g, '').replace(/[*?]/g, '');
  const labels = labelSelectors
    ? 10_000 +
      100 * Object.keys(labelSelectors.matchLabels ?? {}).length +
      100 * (labelSelectors.matchExpressions?.length ?? 0)
    : 0;
  return exact + Buffer.byteLength(literals) + labels;
}

type Settings = Pick<MatchedApplication, 'writeBack'> & {
  images: Parameters<typeof updatableImages>[0];
  update: Parameters<typeof updatableImages>[1];
};

/** The settings of a reference, or undefined when the next one has to be tried. */
function settingsOf(
  application: Application,
  ref: ApplicationRef,
  options: { spec: ImageUpdaterSpec; controllerNamespace: string; warn: Warn },
): Settings | undefined {
  const { spec, controllerNamespace, warn } = options;
  const attempt = <T>(what: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      warn(`Could not create ${what}, skipping: ${messageOf(error)}`);
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
  application: Application,
  settings: Settings,
  { pushed, warn }: { pushed?: PushedRepository; warn: Warn },
): MatchedApplication[] {
  const { writeBack } = settings;
  if (!applicationTypeOf(application, writeBack)) {
    const { name, namespace } = application.metadata;
    warn(
      `skipping app '${namespace}/${name}' of type '${sourceTypeOf(
        application,
        writeBack,
      )}' because it's not of supported source type`,
    );
    return [];
  }
  const images = updatableImages(settings.images, settings.update, {
    pushed,
    warn,
  });
  return images.length > 0 ? [{ application, images, writeBack }] : [];
}
