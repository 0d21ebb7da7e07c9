import { type Document, YAMLMap, YAMLSeq, isMap, isSeq } from 'yaml';
import {
  parseContainerImage,
  sourceOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { ManagedApplication } from '../managed';
import { parseYaml, printYaml, textScalar } from './yamlFile';

/** The file names of a kustomization, in lookup order. */
export const KUSTOMIZATION_FILES = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/** An entry of a kustomization's `images`. Empty fields are omitted. */
interface ImageEntry {
  name: string;
  newName: string;
  newTag: string;
  digest: string;
}

/**
 * A kustomization with the images from an Application's spec added to its own.
 * The rest keeps its order and comments.
 *
 * @param matched - the Application with its images set in its spec
 * @returns the unchanged text if it already has these images
 * @throws Error if the text isn't a single YAML document, or has no list of
 * images
 */
export function updateKustomization(
  { application, writeBack }: ManagedApplication,
  original: string,
): string {
  const document = parseYaml(original);
  const images = imagesOf(document);
  const entries = (
    sourceOf(application, writeBack)?.kustomize?.images ?? []
  ).map(entryOf);
  const before = JSON.stringify(document);
  entries.forEach(entry => setEntry(images, entry));
  return JSON.stringify(document) === before
    ? original
    : printYaml(document, original);
}

function imagesOf(document: Document): YAMLSeq {
  if (!isMap(document.contents)) {
    throw new Error('the kustomization is not a mapping');
  }
  const images = document.get('images', true) ?? new YAMLSeq();
  if (!isSeq(images)) {
    throw new Error('the images of the kustomization are not a list');
  }
  document.set('images', images);
  return images;
}

/**
 * Makes every entry of that name equal to this one. Existing fields stay in
 * place.
 */
function setEntry(images: YAMLSeq, entry: ImageEntry): void {
  const present = images.items.filter(
    (item): item is YAMLMap => isMap(item) && item.get('name') === entry.name,
  );
  if (present.length === 0) {
    present.push(new YAMLMap());
    images.items.push(...present);
  }
  for (const map of present) {
    const fields = Object.entries(entry).filter(([, value]) => value !== '');
    const names = new Set(fields.map(([name]) => name));
    for (const [name, value] of fields) {
      if (map.get(name) !== value) {
        map.set(name, textScalar(value));
      }
    }
    map.items = map.items.filter(({ key }) => names.has(String(key)));
  }
}

function entryOf(text: string): ImageEntry {
  const image = parseContainerImage(text);
  const full =
    image.registry === '' ? image.name : `${image.registry}/${image.name}`;
  return {
    name: image.alias || full,
    newName: image.alias === '' ? '' : full,
    newTag: image.tag?.name ?? '',
    digest: image.tag?.digest ?? '',
  };
}
