import { type Document, YAMLMap, YAMLSeq, isMap, isSeq } from 'yaml';
import {
  fullImageName,
  parseContainerImage,
  sourceOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { ManagedApplication } from '../kubernetes/schemas';
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
  const entries = sourceOf(application, writeBack)?.kustomize?.images ?? [];
  const before = JSON.stringify(document);
  entries.map(entryOf).forEach(entry => setEntry(images, entry));
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

/** Replaces the fields of every entry of that name, in their order. */
function setEntry(images: YAMLSeq, entry: ImageEntry): void {
  const fields = Object.entries(entry).filter(([, value]) => value !== '');
  const present = images.items
    .filter(isMap)
    .filter(item => item.get('name') === entry.name);
  if (present.length === 0) {
    const added = new YAMLMap();
    present.push(added);
    images.items.push(added);
  }
  for (const item of present) {
    item.items = item.items.filter(({ key }) =>
      fields.some(([name]) => name === String(key)),
    );
    fields.forEach(([name, value]) => item.set(name, textScalar(value)));
  }
}

function entryOf(text: string): ImageEntry {
  const image = parseContainerImage(text);
  const full = fullImageName(image);
  return {
    name: image.alias || full,
    newName: image.alias === '' ? '' : full,
    newTag: image.tag?.name ?? '',
    digest: image.tag?.digest ?? '',
  };
}
