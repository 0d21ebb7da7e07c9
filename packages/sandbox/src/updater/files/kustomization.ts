import { type Document, YAMLMap, YAMLSeq, isMap, isSeq, visit } from 'yaml';
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
  const lost = entries.map(entry => setEntry(images, entry)).some(Boolean);
  return JSON.stringify(document) === before && !lost
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
 * Replaces every entry of that name by this one. Existing fields keep their
 * order, but comments are lost, as with the real updater.
 *
 * @returns whether a comment was lost, which is reason enough for a commit
 */
function setEntry(images: YAMLSeq, entry: ImageEntry): boolean {
  const fields = new Map(
    Object.entries(entry).filter(([, value]) => value !== ''),
  );
  let isFound = false;
  let isLost = false;
  images.items = images.items.map((item, at) => {
    if (!isMap(item) || item.get('name') !== entry.name) {
      return item;
    }
    isFound = true;
    isLost ||= hasComment(item);
    if (at === 0 && images.commentBefore) {
      // The parser attributes the first entry's comment to the list.
      isLost = true;
      images.commentBefore = undefined;
    }
    const present = item.items
      .map(({ key }) => String(key))
      .filter(name => fields.has(name));
    return mapOf(fields, new Set([...present, ...fields.keys()]));
  });
  if (!isFound) {
    images.items.push(mapOf(fields, fields.keys()));
  }
  return isLost;
}

function mapOf(
  fields: ReadonlyMap<string, string>,
  order: Iterable<string>,
): YAMLMap {
  const map = new YAMLMap();
  for (const name of order) {
    map.set(name, textScalar(fields.get(name) ?? ''));
  }
  return map;
}

function hasComment(map: YAMLMap): boolean {
  let isCommented = false;
  visit(map, {
    Node: (_, { comment, commentBefore }) => {
      isCommented ||= Boolean(comment || commentBefore);
    },
  });
  return isCommented;
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
