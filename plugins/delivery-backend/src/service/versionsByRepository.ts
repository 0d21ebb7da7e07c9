import {
  type ImageVersion,
  parseImageReference,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The versions in image references, by repository. References that can't be
 * parsed are left out.
 *
 * @internal
 */
export function versionsByRepository(
  references: string[],
): Map<string, ImageVersion[]> {
  const versions = new Map<string, ImageVersion[]>();
  for (const text of references) {
    const reference = parseImageReference(text);
    if (reference) {
      const { repository, tag, digest } = reference;
      const others = versions.get(repository) ?? [];
      versions.set(repository, [
        ...others,
        { ...(tag && { tag }), ...(digest && { digest }) },
      ]);
    }
  }
  return versions;
}
