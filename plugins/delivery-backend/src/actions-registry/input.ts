import {
  type CompoundEntityRef,
  DEFAULT_NAMESPACE,
  parseEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/**
 * Reads an entity ref as people write it; the kind is `component` unless it is
 * given.
 *
 * @internal
 */
export function readEntityRef(text: string): CompoundEntityRef {
  try {
    return parseEntityRef(text.trim(), {
      defaultKind: 'component',
      defaultNamespace: DEFAULT_NAMESPACE,
    });
  } catch {
    throw new InputError(
      `'${text}' is not an entity ref. Write it as 'component:default/api', or as 'api' for a component in the default namespace`,
    );
  }
}
