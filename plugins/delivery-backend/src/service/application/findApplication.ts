import { NotFoundError } from '@backstage/errors';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { StoredApplication } from '../../store/operations/readApplications';
import type { LocatedApplications } from '../EntityApplications';

/**
 * One of an entity's applications.
 *
 * @internal
 * @throws NotFoundError if it isn't one of them, whether it exists or not
 */
export function findApplication(
  { applications }: Pick<LocatedApplications, 'applications'>,
  { instance, namespace, name }: ApplicationRef,
): StoredApplication {
  const found = applications.find(
    ({ application: { ref } }) =>
      ref.instance === instance &&
      ref.namespace === namespace &&
      ref.name === name,
  );
  if (!found) {
    throw new NotFoundError(
      'The entity has no such application. Its annotations have to reference the application, and delivery.access.read has to permit showing it',
    );
  }
  return found;
}
