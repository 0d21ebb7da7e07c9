import {
  imageListEntry,
  type ImagePolicy,
} from '@landfall/backstage-plugin-delivery-common';
import { aliasOf } from './draft';

const PREFIX = 'argocd-image-updater.argoproj.io/';

/**
 * The annotations of an Application from which the Image Updater reads a
 * policy.
 *
 * @internal
 * @param policy - with an alias, as `toPolicy` returns it
 * @param base - the policy that it is derived from; settings that only `base`
 * has are reset explicitly, because a setting for all images of the application
 * could otherwise apply
 * @param others - policies of the application's other images, which are in the
 * same list
 * @returns undefined if an image contains a comma, which separates the entries
 * of the list
 */
export function policyAnnotations(
  policy: ImagePolicy,
  base: ImagePolicy,
  others: readonly ImagePolicy[] = [],
): Record<string, string> | undefined {
  const entries = [policy, ...others].map(({ image }) => imageListEntry(image));
  if (entries.some(entry => entry.includes(','))) {
    return undefined;
  }
  const { helm, kustomizeName } = policy;
  const settings: [name: string, value: string | false][] = [
    ['update-strategy', policy.strategy],
    ['allow-tags', policy.allowTags || (base.allowTags !== '' && 'any')],
    [
      'ignore-tags',
      (policy.ignoreTags.length > 0 || base.ignoreTags.length > 0) &&
        policy.ignoreTags.join(','),
    ],
    ['platforms', policy.platforms.length > 0 && policy.platforms.join(',')],
    ['force-update', policy.forceUpdate && 'true'],
    ['pull-secret', policy.pullSecret || false],
    ['helm.image-name', helm.name || false],
    ['helm.image-tag', helm.tag || false],
    ['helm.image-spec', helm.spec || false],
    ['kustomize.image-name', kustomizeName || false],
  ];
  const alias = aliasOf(policy);
  return {
    [`${PREFIX}image-list`]: entries.join(','),
    ...Object.fromEntries(
      settings.flatMap(([name, value]) =>
        value === false ? [] : [[`${PREFIX}${alias}.${name}`, value]],
      ),
    ),
  };
}

/**
 * Annotations as YAML, for `metadata.annotations` of a manifest.
 *
 * @internal
 */
export function toYaml(annotations: Record<string, string>): string {
  return Object.entries(annotations)
    .map(([name, value]) => `${name}: '${value.replaceAll("'", "''")}'\n`)
    .join('');
}
