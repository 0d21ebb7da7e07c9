import type { LintedUpdater, LintPlace } from '../types';
import type { ImageConfig, UpdaterApplicationRef } from '../../settings/types';
import type { ApplicationSetting, CommonSetting, ImageSetting } from './keys';
import { placeInSpec } from './place';

/** The fields of an ImageUpdater that hold what annotations set. */
const UPDATE_FIELDS = {
  'update-strategy': 'updateStrategy',
  'force-update': 'forceUpdate',
  'allow-tags': 'allowTags',
  'ignore-tags': 'ignoreTags',
  'pull-secret': 'pullSecret',
  platforms: 'platforms',
} as const satisfies Record<CommonSetting | 'platforms', string>;

const TARGET_PATHS = {
  'helm.image-name': ['helm', 'name'],
  'helm.image-tag': ['helm', 'tag'],
  'helm.image-spec': ['helm', 'spec'],
  'kustomize.image-name': ['kustomize', 'name'],
} as const;

/** Where a setting of an image is; undefined if it isn't set. */
export function imageSettingPlace(
  updater: LintedUpdater,
  ref: number,
  image: number,
  setting: ImageSetting,
): LintPlace | undefined {
  const at = ['applicationRefs', ref];
  const reference = refOf(updater, ref);
  const config = reference?.images?.[image];
  if (isTarget(setting)) {
    const [tool, field] = TARGET_PATHS[setting];
    return targetOf(config, setting) === undefined
      ? undefined
      : placeInSpec(
          updater,
          ...at,
          'images',
          image,
          'manifestTargets',
          tool,
          field,
        );
  }
  const field = UPDATE_FIELDS[setting];
  const levels = [
    { settings: config?.commonUpdateSettings, path: [...at, 'images', image] },
    { settings: reference?.commonUpdateSettings, path: at },
    { settings: updater.spec.commonUpdateSettings, path: [] },
  ];
  const level = levels.find(({ settings }) => settings?.[field] !== undefined);
  return (
    level && placeInSpec(updater, ...level.path, 'commonUpdateSettings', field)
  );
}

/** Where a write-back setting is; undefined if it isn't set. */
export function writeBackPlace(
  updater: LintedUpdater,
  ref: number,
  setting: Exclude<ApplicationSetting, 'image-list'> | 'pull-request',
): LintPlace | undefined {
  const levels = [
    {
      settings: refOf(updater, ref)?.writeBackConfig,
      path: ['applicationRefs', ref],
    },
    { settings: updater.spec.writeBackConfig, path: [] },
  ];
  for (const { settings, path } of levels) {
    const git = settings?.gitConfig;
    const [value, ...field] = {
      'write-back-method': [settings?.method, 'method'] as const,
      'write-back-target': [
        git?.writeBackTarget,
        'gitConfig',
        'writeBackTarget',
      ] as const,
      'git-branch': [git?.branch, 'gitConfig', 'branch'] as const,
      'git-repository': [git?.repository, 'gitConfig', 'repository'] as const,
      'pull-request': [git?.pullRequest, 'gitConfig', 'pullRequest'] as const,
    }[setting];
    if (value !== undefined) {
      return placeInSpec(updater, ...path, 'writeBackConfig', ...field);
    }
  }
  return undefined;
}

function refOf(
  { spec }: LintedUpdater,
  ref: number,
): UpdaterApplicationRef | undefined {
  return spec.applicationRefs?.[ref];
}

function isTarget(setting: ImageSetting): setting is keyof typeof TARGET_PATHS {
  return Object.hasOwn(TARGET_PATHS, setting);
}

function targetOf(
  config: ImageConfig | undefined,
  setting: keyof typeof TARGET_PATHS,
): string | undefined {
  const { helm, kustomize } = config?.manifestTargets ?? {};
  return {
    'helm.image-name': helm?.name,
    'helm.image-tag': helm?.tag,
    'helm.image-spec': helm?.spec,
    'kustomize.image-name': kustomize?.name,
  }[setting];
}
