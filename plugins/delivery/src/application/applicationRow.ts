import type { ApplicationDetails } from '@landfall/backstage-plugin-delivery-common';
import { toRows, type ApplicationRow } from '../deployments/rows';

/** The application as the Deployments card shows it. @internal */
export function toApplicationRow({
  environment,
  deployment,
  instance,
}: ApplicationDetails): ApplicationRow {
  const [row] = toRows({
    environments: [{ environment, deployments: [deployment] }],
    instances: [instance],
    problems: [],
    locator: { annotations: {} },
  });
  return row.applications[0];
}
