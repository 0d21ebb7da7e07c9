import type { ReportProblem } from '../../problem';
import { PolicyError } from '../../problem';
import {
  type CompiledPolicy,
  compilePolicy,
} from '../../select/CompiledPolicy';
import {
  imagesFromAnnotations,
  settingsFromAnnotations,
  writeBackFromAnnotations,
} from '../../settings/annotations';
import { type ImagePolicy, imagePolicies } from '../../settings/images';
import { mergeUpdateSettings, mergeWriteBack } from '../../settings/merge';
import type {
  ImageConfig,
  UpdateSettings,
  WriteBackSettings,
} from '../../settings/types';
import type { WriteBack } from '../../writeBack/types';
import { resolveWriteBack } from '../../writeBack/writeBack';
import type { LintedApplication, LintedUpdater, LintPlace } from '../types';
import {
  type ApplicationSetting,
  COMMON_SETTINGS,
  type ImageSetting,
  keyOf,
  PREFIX,
} from './keys';
import { annotationPlace, placeIn, placeInSpec } from './place';
import { imageSettingPlace, writeBackPlace } from './settingsInResource';

export type WriteBackSetting =
  | Exclude<ApplicationSetting, 'image-list'>
  | 'pull-request';

/** An entry of an image list, with the places of its settings. */
export interface LintedImage {
  policy: ImagePolicy;
  compiled: CompiledPolicy;
  /** As in the list. */
  entry: string;
  /** Its alias, or its name without one. */
  label: string;
  listed: LintPlace;
  /** Undefined: not set. */
  placeOf(setting: ImageSetting): LintPlace | undefined;
  /** Of the strategy, as written. */
  strategyText?: string;
}

/**
 * What the updater reads for an application from its annotations, or from one
 * reference of an ImageUpdater.
 */
export interface Reading {
  application?: LintedApplication;
  /** Absent: the annotations are read, but nothing enables them. */
  updater?: LintedUpdater;
  from: 'annotations' | 'resource';
  images: LintedImage[];
  /** Why the settings of all images can't be used. */
  unusable?: PolicyError;
  settings: WriteBackSettings;
  writeBack?: WriteBack;
  /** Why nothing can be written. */
  unwritable?: PolicyError;
  /** Undefined: not set. */
  placeOf(setting: WriteBackSetting): LintPlace | undefined;
  /** Where the images are listed. */
  listed: LintPlace;
}

/**
 * The updater's default namespace. For an application in another namespace, the
 * name of the write-back file includes that namespace.
 */
const CONTROLLER_NAMESPACE = 'argocd';

const ignore: ReportProblem = () => {};

/** Reads the annotations of an application. */
export function readAnnotations(
  application: LintedApplication,
  updater?: LintedUpdater,
): Reading {
  const annotations = application.metadata.annotations ?? {};
  const place = (key: string) =>
    Object.hasOwn(annotations, key)
      ? annotationPlace(application, key)
      : undefined;
  const listed =
    place(keyOf('image-list')) ??
    placeIn(application, 'metadata', 'annotations');
  const read = attempt(() => ({
    configs: imagesFromAnnotations(application),
    common: settingsFromAnnotations(application),
  }));
  const settings = writeBackFromAnnotations(application);
  return {
    application,
    updater,
    from: 'annotations',
    images:
      read instanceof PolicyError
        ? []
        : read.configs.flatMap(config =>
            imageOf(config, read.common, listed, setting => {
              const own =
                config.alias === ''
                  ? undefined
                  : place(keyOf(setting, config.alias));
              const isCommon = COMMON_SETTINGS.some(name => name === setting);
              return own ?? (isCommon ? place(keyOf(setting)) : undefined);
            }),
          ),
    ...(read instanceof PolicyError && { unusable: read }),
    settings,
    ...written(application, settings),
    placeOf: setting => place(`${PREFIX}${setting}`),
    listed,
  };
}

/**
 * Reads the settings that a reference of an ImageUpdater has itself.
 *
 * @param application - absent: of none in particular, so nothing is known of
 * what is written
 */
export function readReference(
  updater: LintedUpdater,
  ref: number,
  application?: LintedApplication,
): Reading {
  const { spec } = updater;
  const reference = spec.applicationRefs?.[ref];
  const listed = placeInSpec(updater, 'applicationRefs', ref);
  const common = mergeUpdateSettings(
    spec.commonUpdateSettings,
    reference?.commonUpdateSettings,
  );
  const settings = mergeWriteBack(
    spec.writeBackConfig,
    reference?.writeBackConfig,
  );
  return {
    application,
    updater,
    from: 'resource',
    images: (reference?.images ?? []).flatMap((config, index) =>
      imageOf(
        config,
        common,
        placeInSpec(
          updater,
          'applicationRefs',
          ref,
          'images',
          index,
          'imageName',
        ),
        setting => imageSettingPlace(updater, ref, index, setting),
      ),
    ),
    settings,
    ...(application && written(application, settings)),
    placeOf: setting => writeBackPlace(updater, ref, setting),
    listed,
  };
}

function imageOf(
  config: ImageConfig,
  common: UpdateSettings,
  listed: LintPlace,
  placeOf: LintedImage['placeOf'],
): LintedImage[] {
  const { alias, imageName, commonUpdateSettings } = config;
  return imagePolicies([config], common, { report: ignore }).map(policy => ({
    policy,
    compiled: compilePolicy(policy),
    entry: imageName,
    label: alias || imageName,
    listed,
    placeOf,
    strategyText: mergeUpdateSettings(common, commonUpdateSettings)
      .updateStrategy,
  }));
}

function written(
  application: LintedApplication,
  settings: WriteBackSettings,
): Pick<Reading, 'writeBack' | 'unwritable'> {
  const read = attempt(() =>
    resolveWriteBack(application, settings, CONTROLLER_NAMESPACE),
  );
  return read instanceof PolicyError
    ? { unwritable: read }
    : { writeBack: read };
}

function attempt<T>(read: () => T): T | PolicyError {
  try {
    return read();
  } catch (error) {
    if (error instanceof PolicyError) {
      return error;
    }
    throw error;
  }
}
