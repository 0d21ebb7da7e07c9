import { NotFoundError } from '@backstage/errors';
import {
  type ApplicationRef,
  isSameApplication,
} from '@landfall/backstage-plugin-delivery-common';
import type { StoredApplication } from '../../store/operations/readApplications';

/**
 * One of an entity's applications.
 *
 * @internal
 * @param refusal - what to say if it isn't one of them, whether it exists or not
 * @throws NotFoundError with `refusal`
 */
export function findApplication<Stored extends StoredApplication>(
  { applications }: { applications: readonly Stored[] },
  ref: ApplicationRef,
  refusal = 'The entity has no such application. Its annotations have to reference the application, and delivery.access.read has to permit showing it',
): Stored {
  const found = applications.find(({ application }) =>
    isSameApplication(application.ref, ref),
  );
  if (!found) {
    throw new NotFoundError(refusal);
  }
  return found;
}
