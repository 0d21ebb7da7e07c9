import type { Deployment, FleetApplication } from '../api/types';
import { displayVersion } from '../images/version';
import { shortened } from '../locator/shortened';
import type { DescribedStuckReason } from '../stuck';
import { fleetSeverity, fleetStates, mainImage } from './fleetState';
import type { FleetUpdate } from './fleetUpdate';

/**
 * What the fleet page shows of an application, with what it is found and sorted
 * by.
 *
 * @public
 */
export interface ApplicationSummary {
  environment: string;
  /** Name or URL of the destination cluster; empty if neither is known. */
  cluster: string;
  /** 0: nothing to look at. See `fleetSeverity`. */
  severity: number;
  shown: FleetApplication;
}

/** A message in a table cell; Argo CD's own can have many lines. */
const MAX_REASON = 300;

/**
 * Summarizes what an entity's page shows of an application. It decides nothing of
 * its own: the states follow from the same functions.
 *
 * @param update - what Image Updater would do with it now
 *
 * @public
 */
export function summarizeDeployment(
  deployment: Deployment,
  environment: string,
  update: FleetUpdate = {},
): ApplicationSummary {
  const { application, destination, health, sync, operation, waiting } =
    deployment;
  const { available, held } = update;
  const image = mainImage(deployment, update);
  const running = image?.running.map(displayVersion) ?? [];
  const desired = image?.desired && displayVersion(image.desired);
  const states = fleetStates(deployment, update);
  const promoted =
    deployment.promotion && !deployment.promotion.outcome
      ? displayVersion(deployment.promotion.version)
      : undefined;
  const next =
    promoted ??
    desired ??
    (available?.repository === image?.repository
      ? available && displayVersion(available.version)
      : undefined);
  return {
    environment,
    cluster: destination.name ?? destination.server ?? '',
    severity: fleetSeverity(states, deployment),
    shown: {
      key: deployment.key,
      application,
      environment,
      states,
      running,
      ...(next !== undefined && !running.includes(next) && { next }),
      health: health.status,
      sync: sync.status,
      ...(operation && { phase: operation.phase }),
      ...(deployment.deployedAt && { deployedAt: deployment.deployedAt }),
      ...(waiting?.advice && { waiting: shortReason(waiting) }),
      ...(held && { held }),
    },
  };
}

/** Without note and advice, which the entity's page shows. */
function shortReason(reason: DescribedStuckReason): DescribedStuckReason {
  const { code, since, parameters, message } = reason;
  return {
    code,
    ...(since && { since }),
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        typeof value === 'string' ? shortened(value, MAX_REASON) : value,
      ]),
    ),
    message: shortened(message, MAX_REASON),
  };
}
