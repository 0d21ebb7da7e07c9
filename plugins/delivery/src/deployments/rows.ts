import {
  type ApplicationRef,
  type DescribedStuckReason,
  sameVersion,
  type DeployedSources,
  type Deployment,
  type DeploymentsResponse,
  type HealthStatus,
  type InstanceStatus,
  type Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import type { Availability } from '../images/availability';
import { applicationNames } from '../components/applicationNames';
import { authorName, isImageUpdater } from '../components/author';
import type { SyncState } from '../components/status';
import { isWebUrl, toLinks, type LinkRow } from '../components/links';
import { toConditionRow, type ConditionRow } from './conditionRows';
import { toImageRows, type ImageRows } from './imageRows';
import { instancesToExplain } from './unreadInstances';

/** One environment of the card: a line, with its applications below it if there are several. @internal */
export interface EnvironmentRow {
  environment: string;
  /** Worst first. */
  applications: ApplicationRow[];
}

/** @internal */
export interface ApplicationRow extends ConditionRow, ImageRows {
  key: string;
  application: ApplicationRef;
  /** Distinguishes it from the others of its environment. */
  name: string;
  instance: string;
  environment: string;
  deployedAt?: string;
  by?: { imageUpdater: true } | { imageUpdater: false; name: string };
  /** Set when the application's Argo CD is unreachable and this is its last known state. */
  stale?: Pick<InstanceStatus, 'lastReceivedAt' | 'error'> & {
    instance: string;
  };
  /** Argo CD's original warnings. */
  conditions: string[];
  promotion?: Promotion;
  /** Why the promotion is pending. */
  waiting?: DescribedStuckReason;
  /** The newer version, and whether it will be deployed. */
  availability?: Availability;
  links: LinkRow[];
  /** The commit that deployed the running version. */
  commitUrl?: string;
  /** Set if there is more than one path of a Git repository. */
  sources?: DeployedSources;
}

const HEALTH_WORST_FIRST: HealthStatus[] = [
  'Degraded',
  'Missing',
  'Unknown',
  'Progressing',
  'Suspended',
  'Healthy',
];

const SYNC_WORST_FIRST: SyncState['state'][] = [
  'failed',
  'outOfSync',
  'unknown',
  'syncing',
  'synced',
];

/**
 * The rows that the card shows for a response. Environments keep the order of
 * the response; each environment's applications are sorted worst first.
 *
 * @internal
 */
export function toRows(
  response: DeploymentsResponse,
  availabilities: ReadonlyMap<string, Availability> = new Map(),
): EnvironmentRow[] {
  const explained = instancesToExplain(response);
  const instances = new Map(
    response.instances.map(instance => [
      instance.name,
      // The list begins with the reason.
      explained.includes(instance)
        ? { ...instance, error: undefined }
        : instance,
    ]),
  );
  return response.environments.map(({ environment, deployments }) => {
    const nameOf = applicationNames(
      deployments.map(({ application }) => application),
    );
    return {
      environment,
      applications: deployments
        .map(deployment => ({
          ...toApplicationRow(
            deployment,
            instances.get(deployment.application.instance),
            availabilities.get(deployment.key),
          ),
          name: nameOf(deployment.application),
          environment,
        }))
        .sort(worstFirst),
    };
  });
}

/** Orders by health, then by sync, then by name. @internal */
function worstFirst(a: ApplicationRow, b: ApplicationRow): number {
  return (
    healthRank(a) - healthRank(b) ||
    SYNC_WORST_FIRST.indexOf(a.sync.state) -
      SYNC_WORST_FIRST.indexOf(b.sync.state) ||
    a.name.localeCompare(b.name)
  );
}

/** Pods that fail while Argo CD still waits for them are next to Degraded. */
function healthRank({ health, podFailures }: ApplicationRow): number {
  const rank = HEALTH_WORST_FIRST.indexOf(health.status);
  return podFailures.length > 0 ? Math.min(rank, 0.5) : rank;
}

/**
 * The worst health and the worst sync state of several applications.
 *
 * @internal
 */
export function summarize(
  applications: [ApplicationRow, ...ApplicationRow[]],
): Pick<ApplicationRow, 'health' | 'sync'> {
  const [worst] = applications;
  const [sync] = applications
    .map(row => row.sync)
    .sort(
      (a, b) =>
        SYNC_WORST_FIRST.indexOf(a.state) - SYNC_WORST_FIRST.indexOf(b.state),
    );
  return { health: worst.health, sync };
}

function toApplicationRow(
  deployment: Deployment,
  instance: InstanceStatus | undefined,
  availability: Availability | undefined,
): Omit<ApplicationRow, 'environment' | 'name'> {
  const { application, promotion } = deployment;
  return {
    key: deployment.key,
    application,
    instance: application.instance,
    ...toImageRows(deployment),
    ...toConditionRow(deployment),
    ...(deployment.sources && { sources: deployment.sources }),
    ...(deployment.deployedAt && { deployedAt: deployment.deployedAt }),
    ...(deployment.deployedBy && { by: toAuthor(deployment.deployedBy) }),
    ...(instance?.state === 'unreachable' && {
      stale: {
        instance: instance.name,
        lastReceivedAt: instance.lastReceivedAt,
        error: instance.error,
      },
    }),
    conditions: deployment.conditions.map(({ message }) => message),
    ...(promotion &&
      !promotion.outcome && {
        promotion,
        ...(deployment.waiting && { waiting: deployment.waiting }),
      }),
    ...(availability &&
      !isOnItsWay(availability, deployment) && { availability }),
    links: toLinks(deployment.links),
    ...(isWebUrl(deployment.links.commit) && {
      commitUrl: deployment.links.commit,
    }),
  };
}

/** A committed version needs no note, because its promotion shows it. */
function isOnItsWay(
  availability: Availability,
  { promotion, images }: Deployment,
): boolean {
  if (availability.kind !== 'available') {
    return false;
  }
  const { repository, version } = availability;
  const isCommitted =
    promotion?.repository === repository &&
    !promotion.outcome &&
    promotion.stages.committed !== undefined &&
    sameVersion(promotion.version, version);
  return (
    isCommitted ||
    images.some(
      image =>
        image.repository === repository &&
        image.desired &&
        sameVersion(image.desired, version),
    )
  );
}

function toAuthor(author: string): ApplicationRow['by'] {
  const name = authorName(author);
  return isImageUpdater(name)
    ? { imageUpdater: true }
    : { imageUpdater: false, name };
}
