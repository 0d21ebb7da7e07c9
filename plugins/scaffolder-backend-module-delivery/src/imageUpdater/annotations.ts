import { InputError } from '@backstage/errors';
import { IMAGE_UPDATER_GROUP } from '@landfall/backstage-plugin-delivery-common';
import { type Document, isMap } from 'yaml';

const PREFIX = `${IMAGE_UPDATER_GROUP}/`;
const PATH = ['metadata', 'annotations'];

/** A value of an annotation; null removes it. */
export type AnnotationValue = string | number | boolean | null;

/**
 * Sets annotations of Image Updater in a document. Keys may omit the prefix.
 * Throws an `InputError` for keys with another prefix.
 */
export function setAnnotations(
  document: Document,
  annotations: Readonly<Record<string, AnnotationValue>>,
): void {
  const entries = Object.entries(annotations).map(
    ([key, value]): [string, AnnotationValue] => [withPrefix(key), value],
  );
  for (const [key, value] of entries) {
    if (value === null) {
      if (isMap(document.getIn(PATH))) {
        document.deleteIn([...PATH, key]);
      }
    } else {
      if (!isMap(document.getIn(PATH))) {
        // Missing, or empty in YAML.
        document.setIn(PATH, document.createNode({}));
      }
      if (document.getIn([...PATH, key]) !== String(value)) {
        document.setIn([...PATH, key], String(value));
      }
    }
  }
}

function withPrefix(key: string): string {
  if (!key.includes('/')) {
    return `${PREFIX}${key}`;
  }
  if (!key.startsWith(PREFIX)) {
    throw new InputError(
      `${JSON.stringify(
        key,
      )} isn't an annotation of Image Updater. Write keys with the prefix ${PREFIX}, or without any`,
    );
  }
  return key;
}
