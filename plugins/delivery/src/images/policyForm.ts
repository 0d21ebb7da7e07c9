import {
  type ImagePolicy,
  needsMetadata,
  type UpdateStrategy,
} from '@landfall/backstage-plugin-delivery-common';

/** @internal */
export const STRATEGIES: UpdateStrategy[] = [
  'semver',
  'newest-build',
  'alphabetical',
  'digest',
];

/**
 * A policy as one types it.
 *
 * @internal
 */
export interface PolicyForm {
  constraint: string;
  strategy: UpdateStrategy;
  allowTags: string;
  /** With commas between them, as in the annotations. */
  ignoreTags: string;
  platforms: string;
}

/** @internal */
export function formOf(policy: ImagePolicy): PolicyForm {
  return {
    constraint: policy.image.tag?.name ?? '',
    strategy: policy.strategy,
    allowTags: policy.allowTags,
    ignoreTags: policy.ignoreTags.join(', '),
    platforms: policy.platforms.join(', '),
  };
}

/**
 * The policy with what was typed in place of its own settings of versions.
 *
 * @internal
 */
export function policyOf(policy: ImagePolicy, form: PolicyForm): ImagePolicy {
  const constraint = form.constraint.trim();
  const { tag: _, ...image } = policy.image;
  return {
    ...policy,
    image: constraint
      ? { ...image, tag: { name: constraint, digest: '' } }
      : image,
    strategy: form.strategy,
    allowTags: form.allowTags.trim(),
    ignoreTags: listOf(form.ignoreTags),
    platforms: needsMetadata(form.strategy) ? listOf(form.platforms) : [],
  };
}

/**
 * Annotations of an Application that say the same, in the order in which they
 * are usually written.
 *
 * @internal
 */
export function annotationsOf({
  image,
  strategy,
  allowTags,
  ignoreTags,
  platforms,
}: ImagePolicy): Record<string, string> {
  const prefix = 'argocd-image-updater.argoproj.io';
  const alias = image.alias || 'app';
  const name = image.registry ? `${image.registry}/${image.name}` : image.name;
  const settings: [string, string][] = [
    ['update-strategy', strategy === 'semver' ? '' : strategy],
    ['allow-tags', allowTags],
    ['ignore-tags', ignoreTags.join(',')],
    ['platforms', platforms.join(',')],
  ];
  return {
    [`${prefix}/image-list`]: `${alias}=${name}${
      image.tag ? `:${image.tag.name}` : ''
    }`,
    ...Object.fromEntries(
      settings.flatMap(([key, value]) =>
        value ? [[`${prefix}/${alias}.${key}`, value]] : [],
      ),
    ),
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
}
