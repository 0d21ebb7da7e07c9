import { parseImageReference } from '../../images';
import { type ContainerImage, parseContainerImage } from '../image/image';
import type { PolicyProblem, ReportProblem } from '../problem';
import { parseStrategy } from '../strategies/registry';
import type { StrategyName } from '../strategies/UpdateStrategy';
import { trimSpace } from '../text';
import { mergeUpdateSettings } from './merge';
import type { ImageConfig, TargetNames, UpdateSettings } from './types';

/**
 * The policy of one image of an application: which versions it may be updated
 * to, and where they are written. Plain values that can be stored as JSON; `''`
 * means "not set".
 *
 * @public
 */
export interface ImagePolicy {
  /** Its tag is the version constraint, or for `digest` the tag to follow. */
  image: ContainerImage;
  strategy: StrategyName;
  /** The image is updated even if the application doesn't run it. */
  forceUpdate: boolean;
  allowTags: string;
  /** Globs. */
  ignoreTags: string[];
  pullSecret: string;
  /** `os/architecture[/variant]`; empty: the updater's own platform. */
  platforms: string[];
  helm: TargetNames;
  plugin: TargetNames;
  /** The name that Kustomize's `images` replace, if it isn't the image's own. */
  kustomizeName: string;
}

/**
 * The repository of a push that the updater was notified of. It then considers
 * only images of this repository.
 *
 * @public
 */
export interface PushedRepository {
  registry: string;
  repository: string;
}

const DEFAULT_HELM_NAME = 'image.name';
const DEFAULT_HELM_TAG = 'image.tag';

/**
 * The images of a list. Their own settings override those of the application.
 *
 * @public
 */
export function imagePolicies(
  images: readonly ImageConfig[],
  settings: UpdateSettings,
  options: { pushed?: PushedRepository; report: ReportProblem },
): ImagePolicy[] {
  const { pushed } = options;
  return images.flatMap(config => {
    const image = parseContainerImage(`${config.alias}=${config.imageName}`);
    const report = (problem: PolicyProblem) => options.report(problem, image);
    const targets = config.manifestTargets;
    const chosen = [targets?.helm, targets?.kustomize, targets?.plugin].filter(
      target => target !== undefined,
    );
    const merged = mergeUpdateSettings(settings, config.commonUpdateSettings);
    const strategy =
      merged.updateStrategy === undefined
        ? 'semver'
        : parseStrategy(merged.updateStrategy, report);
    if (chosen.length > 1) {
      report({
        code: 'manifest-targets-ambiguous',
        message: `Could not set manifest target config for image ${config.imageName}, skipping: only one of the fields (Helm, Kustomize, Plugin) should be set, dictating the update method`,
        advice: {
          code: 'advice.manifest-targets-of-image-ambiguous',
          parameters: {},
        },
      });
      return [];
    }
    if (pushed && !isOf(image, pushed)) {
      return [];
    }
    const kustomizeName = targets?.kustomize?.name ?? '';
    if (kustomizeName !== '') {
      image.kustomizeImage = parseContainerImage(kustomizeName);
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

/**
 * The repository whose tags the updater reads for a policy, with registry host,
 * as container runtimes name it (`nginx` is `docker.io/library/nginx`). The
 * updater itself treats these two names as two images. Undefined if no registry
 * can have a repository with the image's name.
 *
 * @public
 */
export function policyRepository({
  image: { registry, name },
}: Pick<ImagePolicy, 'image'>): string | undefined {
  // The registry counts even if the name begins with it too.
  return parseImageReference(`${registry || 'docker.io'}/${name}`)?.repository;
}

/**
 * The repository that the text of a policy's image names. The updater removes
 * `library/` from the names of all registries, so it may read another one.
 */
export function namedRepository({
  image,
}: Pick<ImagePolicy, 'image'>): string | undefined {
  const { original } = image;
  const text = original.slice(original.indexOf('=') + 1);
  return parseImageReference(text)?.repository ?? policyRepository({ image });
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

/** With a spec, name and tag are ignored. */
function targetNames(target?: Partial<TargetNames>): TargetNames {
  return target?.spec === undefined
    ? { name: target?.name ?? '', tag: target?.tag ?? '', spec: '' }
    : { name: '', tag: '', spec: target.spec };
}

/**
 * The Helm parameters that an image is written to in files. With a spec there
 * is no tag. Without an alias, only the defaults apply.
 *
 * @public
 */
export function helmFileParameters({ image, helm }: ImagePolicy): {
  name: string;
  tag: string;
} {
  if (image.alias !== '' && helm.spec !== '') {
    return { name: trimSpace(helm.spec), tag: '' };
  }
  const named = image.alias === '' ? { name: '', tag: '' } : helm;
  return {
    name: named.name || DEFAULT_HELM_NAME,
    tag: named.tag || DEFAULT_HELM_TAG,
  };
}

/**
 * The Helm parameters of the Application's spec. Unlike those of files, they
 * don't require an alias.
 *
 * @public
 */
export function helmSpecParameters({ helm }: ImagePolicy): TargetNames {
  return helm.spec === ''
    ? {
        name: helm.name || DEFAULT_HELM_NAME,
        tag: helm.tag || DEFAULT_HELM_TAG,
        spec: '',
      }
    : helm;
}

/**
 * Whether an image is written to a config management plugin's environment.
 *
 * @public
 */
export function hasPluginTarget({ plugin }: ImagePolicy): boolean {
  return plugin.name !== '' || plugin.spec !== '';
}
