import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { ApplicationRef } from '../model/application';

/**
 * `URLSearchParams` writes a space as a plus sign, which the backend's
 * validation rejects.
 */
export function encoded(search: URLSearchParams): string {
  return search.toString().replace(/\+/g, '%20');
}

export function entityPath({
  kind,
  namespace,
  name,
}: CompoundEntityRef): string {
  return `entities/${[kind, namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

export function applicationPath(
  entity: CompoundEntityRef,
  { instance, namespace, name }: ApplicationRef,
): string {
  return `${entityPath(entity)}/applications/${[instance, namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}
