import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import { isMap, parseAllDocuments, YAMLMap } from 'yaml';
import { refOf } from './refOf';

/**
 * Adds annotations to one entity of a catalog file. Comments, order and the other
 * entities of the file stay as they are, and annotations with the same values
 * change nothing.
 *
 * @returns the text of the file; the same text if nothing has to change
 *
 * @throws InputError if the file isn't YAML or doesn't have the entity
 * @throws ConflictError if an annotation has another value already
 */
export function annotate(
  text: string,
  entityRef: string,
  annotations: Readonly<Record<string, string>>,
): string {
  const documents = [...parseAllDocuments(text)];
  const errors = documents.flatMap(document => document.errors);
  if (errors.length > 0) {
    throw new InputError(
      `The file isn't valid YAML: ${errors[0].message}. Correct it first`,
    );
  }
  const document = documents.find(
    one => refOf(one.toJS()) === stringifyEntityRef(parseEntityRef(entityRef)),
  );
  if (!document) {
    throw new InputError(
      `The file doesn't contain ${entityRef}. It may be generated: add the annotations where it is written`,
    );
  }
  let isChanged = false;
  for (const [name, value] of Object.entries(annotations)) {
    const path = ['metadata', 'annotations', name];
    const before = document.getIn(path);
    if (before !== undefined && before !== value) {
      throw new ConflictError(
        `${entityRef} has the annotation ${name} already, with another value: ${String(
          before,
        )}. Change it by hand, or remove it first`,
      );
    }
    if (before === undefined) {
      if (!isMap(document.getIn(['metadata', 'annotations']))) {
        document.setIn(['metadata', 'annotations'], new YAMLMap());
      }
      document.setIn(path, value);
      isChanged = true;
    }
  }
  return isChanged
    ? documents.map(one => one.toString({ lineWidth: 0 })).join('')
    : text;
}
