import {
  namesRepository,
  referenceSlot,
  tagSlot,
  type VersionSlot,
} from '../reference';
import type { VersionTarget } from '../target';
import { entriesOf, type Place, slotAt, textAt } from '../yaml/Place';
import { Slot } from '../yaml/Slot';

/** `images` of a kustomization: mappings with `name`, `newName`, `newTag` and `digest`. */
export function findInKustomization(
  images: Place | undefined,
  { repository, kustomizeName }: VersionTarget,
): VersionSlot[] {
  return entriesOf(images).flatMap(entry => {
    const name = textAt(entry, 'name') ?? '';
    const newName = textAt(entry, 'newName');
    const isMeant =
      namesRepository(newName ?? name, repository) &&
      (kustomizeName === undefined || kustomizeName === name);
    const slot = isMeant ? slotAt(entry, 'newTag') : undefined;
    if (slot) {
      return tagSlot(slot, Boolean(textAt(entry, 'digest')));
    }
    const digest = isMeant ? slotAt(entry, 'digest') : undefined;
    return digest ? { ...tagSlot(digest, true), tag: undefined } : [];
  });
}

/** `kustomize.images` of Argo CD: texts such as `name=repository:tag`. */
export function findInImageList(
  images: Place | undefined,
  { repository, kustomizeName }: VersionTarget,
): VersionSlot[] {
  return entriesOf(images).flatMap(entry => {
    const slot = new Slot(entry);
    const text = slot.value ?? '';
    const name = text.includes('=')
      ? text.slice(0, text.indexOf('='))
      : undefined;
    const isMeant =
      kustomizeName === undefined ||
      name === undefined ||
      name === kustomizeName;
    return (isMeant && referenceSlot(slot, repository)) || [];
  });
}

/** `helm.parameters` of Argo CD: mappings with `name` and `value`. */
export function findInParameters(
  parameters: Place | undefined,
  { repository, keys }: VersionTarget,
): VersionSlot[] {
  const entries = entriesOf(parameters).flatMap(entry => {
    const name = textAt(entry, 'name');
    const slot = slotAt(entry, 'value');
    return name && slot ? { name, slot } : [];
  });
  if (keys && 'tag' in keys) {
    return entries
      .filter(({ name }) => name === keys.tag)
      .map(({ slot }) => tagSlot(slot));
  }
  if (keys) {
    return entries
      .filter(({ name }) => name === keys.spec)
      .flatMap(({ slot }) => referenceSlot(slot, repository) ?? []);
  }
  return entries.flatMap(({ name, slot }) => {
    const reference = referenceSlot(slot, repository);
    return reference && reference.tag === undefined
      ? tagsBeside(entries, name)
      : reference ?? [];
  });
}

/** The parameter `image.tag` beside `image.repository`. */
function tagsBeside(
  entries: readonly { name: string; slot: Slot }[],
  name: string,
): VersionSlot[] {
  const prefix = name.slice(0, name.lastIndexOf('.') + 1);
  return entries
    .filter(entry => entry.name === `${prefix}tag`)
    .map(({ slot }) => tagSlot(slot));
}
