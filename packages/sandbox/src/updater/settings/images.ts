import type { ImageConfig, UpdateSettings } from '../kubernetes/schemas';
import { type ContainerImage, parseImage } from '../policy/image';
import { type UpdateStrategy, parseStrategy } from '../policy/strategy';
import type { Warn } from '../policy/warn';
import { mergeUpdateSettings } from './merge';

/** An image that may be updated, with all its settings; `''` stands for "not set". */
export interface UpdatableImage {
  /** Its tag is the version constraint. */
  image: ContainerImage;
  strategy: UpdateStrategy;
  forceUpdate: boolean;
  allowTags: string;
  ignoreTags: string[];
  pullSecret: string;
  platforms: string[];
  helm: TargetNames;
  plugin: TargetNames;
  /** The name that Kustomize's `images` replace, if it isn't the image's own. */
  kustomizeName: string;
}

/** The parameters that hold the image's name and tag, or both as one. */
export interface TargetNames {
  name: string;
  tag: string;
  spec: string;
}

/** A push that the updater was told of; only images of this repository are looked at then. */
export interface PushedRepository {
  registry: string;
  repository: string;
}

const DEFAULT_HELM_NAME = 'image.name';
const DEFAULT_HELM_TAG = 'image.tag';

/** The images of a list with their settings laid over those of the application. */
export function updatableImages(
  images: readonly ImageConfig[],
  settings: UpdateSettings,
  options: { pushed?: PushedRepository; warn: Warn },
): UpdatableImage[] {
  const { pushed, warn } = options;
  return images.flatMap(config => {
    const targets = config.manifestTargets;
    const chosen = [targets?.helm, targets?.kustomize, targets?.plugin].filter(
      target => target !== undefined,
    );
    const merged = mergeUpdateSettings(settings, config.commonUpdateSettings);
    const strategy =
      merged.updateStrategy === undefined
        ? 'semver'
        : parseStrategy(merged.updateStrategy, warn);
    if (chosen.length > 1) {
      warn(
        `Could not set manifest target config for image ${config.imageName}, skipping: only one of the fields (Helm, Kustomize, Plugin) should be set, dictating the update method`,
      );
      return [];
    }
    const image = parseImage(`${config.alias}=${config.imageName}`);
    if (pushed && !isOf(image, pushed)) {
      return [];
    }
    const kustomizeName = targets?.kustomize?.name ?? '';
    if (kustomizeName !== '') {
      image.kustomizeImage = parseImage(kustomizeName);
    }
    return [
      {
        image,
        strategy,
        forceUpdate: merged.forceUpdate ?? false,
        allowTags: merged.allowTags ?? '',
        ignoreTags: merged.ignoreTags ?? [],
        pullSecret: merged.pullSecret ?? '',
        platforms: merged.platforms ?? [],
        helm: targetNames(targets?.helm),
        plugin: targetNames(targets?.plugin),
        kustomizeName,
      },
    ];
  });
}

function isOf(
  { registry, name }: ContainerImage,
  pushed: PushedRepository,
): boolean {
  return (
    (registry === '' || registry === pushed.registry) &&
    name === pushed.repository
  );
}

/** A spec makes the other two void. */
function targetNames(target?: Partial<TargetNames>): TargetNames {
  return target?.spec === undefined
    ? { name: target?.name ?? '', tag: target?.tag ?? '', spec: '' }
    : { name: '', tag: '', spec: target.spec };
}

/**
 * The Helm parameters that an image is written to, as files name them: with a
 * spec there is no tag. Without an alias only the defaults apply.
 */
export function helmFileParameters({ image, helm }: UpdatableImage): {
  name: string;
  tag: string;
} {
  if (image.alias !== '' && helm.spec !== '') {
    return { name: helm.spec.trim(), tag: '' };
  }
  const named = image.alias === '' ? { name: '', tag: '' } : helm;
  return {
    name: named.name || DEFAULT_HELM_NAME,
    tag: named.tag || DEFAULT_HELM_TAG,
  };
}

/** The Helm parameters of the Application's spec, which unlike those of files don't ask for an alias. */
export function helmSpecParameters({ helm }: UpdatableImage): TargetNames {
  return helm.spec === ''
    ? {
        name: helm.name || DEFAULT_HELM_NAME,
        tag: helm.tag || DEFAULT_HELM_TAG,
        spec: '',
      }
    : helm;
}

/** Whether an image is written to a config management plugin's environment. */
export function hasPluginTarget({ plugin }: UpdatableImage): boolean {
  return plugin.name !== '' || plugin.spec !== '';
}
