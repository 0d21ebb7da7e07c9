import {
  fullImageName,
  parseContainerImage,
  type ImagePolicy,
  type StrategyName,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * A policy as it is typed: what decides about versions, each as a text.
 *
 * @internal
 */
export interface PolicyDraft {
  /** For `digest` the tag that is followed. */
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
 * A draft as the updater would read it. The image is put together and read again
 * as in an image list, because not every constraint is read as what it was meant
 * to be.
 *
 * @internal
 * @param base - what the draft doesn't say: the image, and where it is written
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
 * The policy of an image of which nothing says how it is updated: the updater's
 * own settings.
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
 * The name by which annotations set something of an image. One without gets the
 * last part of its repository's name, for only an alias can have all settings.
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
      // An annotation's name has at most 63 characters, with what follows the alias.
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
