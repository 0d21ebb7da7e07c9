import { parseFamiliarName } from '@swimlane/docker-reference';
import type { ImageVersion } from '../model/promotion';

/**
 * An image reference, split.
 *
 * @public
 */
export interface ImageReference extends ImageVersion {
  /** With registry host, without tag and digest. */
  repository: string;
}

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';

/**
 * The library's own expression takes exponential time on some texts that are no
 * references, so those are turned away first, in linear time.
 */
const REFERENCE = new RegExp(
  `^(?:[A-Za-z0-9.-]{1,253}(?::\\d{1,5})?/)?${COMPONENT}(?:/${COMPONENT})*(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z0-9+._-]{1,64}:[A-Fa-f0-9]{32,128})?$`,
);

/**
 * Splits an image reference as it stands in a manifest. A name without a
 * registry host is Docker Hub's (`nginx` is `docker.io/library/nginx`), as
 * container runtimes read it. Undefined for what is no image reference.
 *
 * @public
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > 512 || !REFERENCE.test(text)) {
    return undefined;
  }
  try {
    const parsed = parseFamiliarName(text);
    if (!parsed.domain || !parsed.repository) {
      return undefined;
    }
    return {
      repository: `${parsed.domain}/${parsed.repository}`,
      ...(parsed.tag && { tag: parsed.tag }),
      ...(parsed.digest && { digest: parsed.digest }),
    };
  } catch {
    return undefined;
  }
}

/**
 * The path of a repository without its registry host: `shop/api`.
 *
 * @public
 */
export function repositoryPath(repository: string): string {
  return repository.slice(repository.indexOf('/') + 1);
}
