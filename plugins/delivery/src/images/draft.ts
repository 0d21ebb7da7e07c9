import {
  fullImageName,
  parseContainerImage,
  type ImagePolicy,
  type StrategyName,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * A policy as typed into the form: the settings that decide about versions,
 * each as text.
 *
 * @internal
 */
export interface PolicyDraft {
  /** For the `digest` strategy: the tag to follow. */
  constraint: string;
  strategy: StrategyName;
  allowTags: string;
  /** Globs, separated by commas. */
  ignoreTags: string;
  /** `os/architecture[/variant]`, separated by commas. */
  platforms: string;
}

/** @internal */
export function toDraft(policy: ImagePolicy): PolicyDraft {
  const { image, strategy, allowTags, ignoreTags, platforms } = policy;
  const digest = image.tag?.digest;
  return {
    constraint: `${image.tag?.name ?? ''}${digest ? `@${digest}` : ''}`,
    strategy,
    allowTags,
    ignoreTags: ignoreTags.join(', '),
    platforms: platforms.join(', '),
  };
}

/**
 * The policy that the updater would read from a draft. The image is formatted
 * and parsed again as in an image list, because the updater may read a
 * constraint differently than intended.
 *
 * @internal
 * @param base - everything that the draft lacks: the image, and where it is written
 */
export function toPolicy(draft: PolicyDraft, base: ImagePolicy): ImagePolicy {
  const constraint = draft.constraint.trim();
  const separator = constraint === '' || constraint.startsWith('@') ? '' : ':';
  const { kustomizeImage } = base.image;
  const image = parseContainerImage(
    `${aliasOf(base)}=${fullImageName(base.image)}${separator}${constraint}`,
  );
  return {
    ...base,
    image: { ...image, ...(kustomizeImage && { kustomizeImage }) },
    strategy: draft.strategy,
    allowTags: draft.allowTags.trim(),
    ignoreTags: listOf(draft.ignoreTags),
    platforms: listOf(draft.platforms),
  };
}

/**
 * The policy of an image without settings: the updater's defaults.
 *
 * @internal
 * @param repository - with registry host
 */
export function defaultPolicy(repository: string): ImagePolicy {
  const none = { name: '', tag: '', spec: '' };
  return {
    image: parseContainerImage(`=${repository}`),
    strategy: 'semver',
    forceUpdate: false,
    allowTags: '',
    ignoreTags: [],
    pullSecret: '',
    platforms: [],
    helm: none,
    plugin: none,
    kustomizeName: '',
  };
}

/**
 * The alias that prefixes an image's annotations. An image without one gets the
 * last part of its repository's name, because only aliases support all
 * settings.
 *
 * @internal
 */
export function aliasOf({ image }: Pick<ImagePolicy, 'image'>): string {
  const name = image.name.slice(image.name.lastIndexOf('/') + 1);
  return [image.alias, name].map(toAlias).find(alias => alias !== '') ?? 'app';
}

function toAlias(text: string): string {
  return (
    text
      .replace(/[^\w.-]/g, '-')
      // An annotation name, including the suffix after the alias, has at most
      // 63 characters.
      .slice(0, 40)
      .replace(/^[^a-z0-9]+|[^a-z0-9]+$/gi, '')
  );
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== '');
}
