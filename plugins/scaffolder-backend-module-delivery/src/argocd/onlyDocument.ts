import { InputError } from '@backstage/errors';
import yaml from 'yaml';

/**
 * The only document of a kind in a YAML text; documents of other kinds are skipped.
 * Throws an `InputError` for text that isn't YAML, and if there isn't exactly one.
 */
export function onlyDocument(
  text: string,
  fileName: string,
  kind: string,
): unknown {
  const documents = yaml.parseAllDocuments(text);
  const broken = documents.flatMap(document => document.errors)[0];
  if (broken) {
    throw new InputError(`${fileName} is not YAML: ${broken.message}`);
  }
  const found = documents
    .map(document => document.toJS() as unknown)
    .filter(
      document =>
        typeof document === 'object' &&
        document !== null &&
        'kind' in document &&
        document.kind === kind,
    );
  if (found.length !== 1) {
    throw new InputError(
      `${fileName} has ${found.length} documents of kind ${kind}; it must have one`,
    );
  }
  return found[0];
}
