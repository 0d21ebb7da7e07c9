import { parseImageReference, repositoryPath } from '../images';
import { VersionChangeError } from './refusal';
import type { Slot } from './yaml/Slot';
import type { TextEdit } from './yaml/TextEdit';

/**
 * A value that carries a version: the tag alone, or an image with its tag.
 */
export interface VersionSlot {
  slot: Slot;
  /** What stands before the tag, such as `ghcr.io/shop/api:`; empty for none. */
  prefix: string;
  /** The tag now; undefined if there is none yet. */
  tag: string | undefined;
  /** A digest that goes with it, which would overrule a new tag. */
  isPinned: boolean;
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const TAG = /^\w[\w.-]{0,127}$/;

/** A value that is the tag alone. */
export function tagSlot(slot: Slot, isPinned = false): VersionSlot {
  const [tag, digest] = (slot.value ?? '').split('@');
  return {
    slot,
    prefix: '',
    tag: tag === '' ? undefined : tag,
    isPinned: isPinned || digest !== undefined,
  };
}

/**
 * A value that is an image of a repository, also with another name before it as
 * in Kustomize's `name=repository:tag`; undefined if it is another image.
 */
export function referenceSlot(
  slot: Slot,
  repository: string,
): VersionSlot | undefined {
  const text = slot.value ?? '';
  const reference = text.slice(text.indexOf('=') + 1);
  const image = parseImageReference(reference);
  if (!image || image.repository !== repository) {
    return undefined;
  }
  const [named] = text.split('@');
  const prefix = image.tag
    ? named.slice(0, named.length - image.tag.length)
    : `${named}:`;
  return { slot, prefix, tag: image.tag, isPinned: image.digest !== undefined };
}

/**
 * The edit that sets a version.
 *
 * @throws VersionChangeError if the value can't be replaced by it alone
 */
export function editVersion(
  { slot, prefix, isPinned }: VersionSlot,
  tag: string,
  path: string,
): TextEdit {
  if (!TAG.test(tag)) {
    throw new VersionChangeError({
      code: 'change.version-invalid',
      parameters: { version: tag },
    });
  }
  if (isPinned) {
    throw new VersionChangeError({
      code: 'change.version-pinned',
      parameters: { key: slot.key, path },
    });
  }
  return slot.edit(`${prefix}${tag}`);
}

/** Whether a text in a manifest names a repository, with its registry. */
export function namesRepository(text: string, repository: string): boolean {
  const image = parseImageReference(text);
  return (
    image?.repository === repository &&
    image.tag === undefined &&
    image.digest === undefined
  );
}

/** Whether it is the repository's name without a registry, which may stand elsewhere. */
export function namesPath(text: string, repository: string): boolean {
  return text === repositoryPath(repository);
}
