import {
  makeValidator,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  ENTITY_REF_MARK,
  readEntityRefMark,
} from '@landfall/backstage-plugin-delivery-common';

const { isValidKind, isValidNamespace, isValidEntityName } = makeValidator();

/**
 * An entity ref in the form in which it is compared and stored:
 * `component:default/api`. A missing namespace is `default`.
 *
 * Throws an `InputError` for text that is not the ref of an entity.
 */
export function normalizeEntityRef(text: string): string {
  try {
    // Lower case first, since the catalog compares refs this way.
    const ref = stringifyEntityRef(parseEntityRef(text));
    const { kind, namespace, name } = parseEntityRef(ref);
    if (
      isValidKind(kind) &&
      isValidNamespace(namespace) &&
      isValidEntityName(name)
    ) {
      return ref;
    }
  } catch (error) {
    throw new InputError(explain(text), error);
  }
  throw new InputError(explain(text));
}

/**
 * The entity ref in a mark (an annotation or a tag), as the portal's pages read
 * it; undefined if there is none. Other text stays as it is: it belongs to nobody
 * known, which is not the same as having no mark.
 */
export function entityRefOfMark(mark: unknown): string | undefined {
  if (typeof mark !== 'string' || mark === '') {
    return undefined;
  }
  const read = readEntityRefMark({
    annotations: { [ENTITY_REF_MARK]: mark },
    labels: {},
  });
  return read.kind === 'entity' ? read.ref : mark;
}

function explain(text: string): string {
  return `${JSON.stringify(
    text,
  )} is not an entity ref: write kind, namespace and name, such as component:default/api`;
}
