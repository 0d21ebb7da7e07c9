import type { ImageVersion } from '../model/promotion';
import { parseReference } from './grammar';

/**
 * The parts of an image reference.
 *
 * @public
 */
export interface ImageReference extends ImageVersion {
  /** With registry host, without tag and digest. */
  repository: string;
}

/** Longer than any image reference in real use. */
const MAX_LENGTH = 512;

/**
 * Splits an image reference as written in a manifest. A name without a registry
 * host refers to Docker Hub (`nginx` is `docker.io/library/nginx`), as in
 * container runtimes. Undefined if the text isn't an image reference.
 *
 * @public
 */
export function parseImageReference(text: string): ImageReference | undefined {
  const reference = text.length > MAX_LENGTH ? undefined : parseReference(text);
  if (!reference?.domain) {
    return undefined;
  }
  const { domain, path, tag, digest } = reference;
  return {
    repository: `${domain}/${path}`,
    ...(tag && { tag }),
    ...(digest && { digest }),
  };
}

/**
 * The path of a repository without its registry host: `shop/api`.
 *
 * @public
 */
export function repositoryPath(repository: string): string {
  return repository.slice(repository.indexOf('/') + 1);
}
