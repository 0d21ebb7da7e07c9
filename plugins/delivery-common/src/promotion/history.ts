import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationSource,
} from '../model/application';
import { isRunning } from './operations';

/**
 * The input of a deployment.
 *
 * @internal
 */
export interface DeploymentInput {
  revisions: string[];
  sources: ApplicationSource[];
}

/**
 * History entries of finished syncs. The entry of a running operation appears
 * before the operation has succeeded.
 *
 * @internal
 */
export function finishedHistory(
  application: Application,
): ApplicationHistoryEntry[] {
  const { operation, history } = application;
  if (!operation || !isRunning(operation)) {
    return history;
  }
  const startedAt = Date.parse(operation.startedAt);
  return history.filter(entry => !(Date.parse(entry.deployedAt) >= startedAt));
}

/**
 * The input that a deployment of the application would have now.
 *
 * @internal
 */
export function headInput(application: Application): DeploymentInput {
  return {
    revisions: application.sync.revisions,
    sources: application.sources,
  };
}

/**
 * Whether two deployments were made from the same revisions and parameters.
 *
 * @internal
 */
export function sameDeployment(
  a: DeploymentInput,
  b: DeploymentInput,
): boolean {
  return deploymentKey(a) === deploymentKey(b);
}

/**
 * A key that is equal for deployments that are equal by `sameDeployment`: a
 * cheap way to compare many of them.
 *
 * @internal
 */
export function deploymentKey(deployment: DeploymentInput): string {
  return JSON.stringify([
    deployment.revisions,
    deployment.sources.map(source => [
      source.repoUrl,
      source.path ?? '',
      source.chart ?? '',
      source.helmParameters ?? [],
      source.kustomizeImages ?? [],
    ]),
  ]);
}

/**
 * Whether the history shows that an entry's deployment was replaced, and then
 * made again by a later sync.
 *
 * @internal
 */
export function isDeployedAgain(
  { history }: Application,
  historyId: number | undefined,
): boolean {
  const own = history.findIndex(({ id }) => id === historyId);
  const later = own < 0 ? [] : history.slice(own + 1);
  const replaced = later.findIndex(
    entry => !sameDeployment(entry, history[own]),
  );
  return (
    replaced >= 0 &&
    later.slice(replaced).some(entry => sameDeployment(entry, history[own]))
  );
}
