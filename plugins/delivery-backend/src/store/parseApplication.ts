import type { Application } from '@landfall/backstage-plugin-delivery-common';
import type { ApplicationRow } from './rows';

/**
 * The application of a row, as Argo CD last reconciled it: that alone doesn't
 * rewrite its state.
 *
 * @internal
 */
export function parseApplication(
  row: Pick<ApplicationRow, 'resource_version' | 'reconciled_at'> & {
    state: string;
  },
): Application {
  const application: Application = JSON.parse(row.state);
  const { reconciledAt } = application;
  const isLater =
    row.reconciled_at !== null &&
    // Otherwise, a replica of an earlier release stored the state since.
    !(Date.parse(reconciledAt ?? '') >= Date.parse(row.reconciled_at));
  return {
    ...application,
    resourceVersion: row.resource_version ?? undefined,
    ...(isLater && { reconciledAt: row.reconciled_at ?? undefined }),
  };
}
