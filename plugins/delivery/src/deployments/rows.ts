import {
  type ApplicationRef,
  type DescribedStuckReason,
  displayVersion,
  sameVersion,
  type DeployedImage,
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

/** One environment of the card: a line, with its applications below it if there are several. @internal */
export interface EnvironmentRow {
  environment: string;
  /** Worst first. */
  applications: ApplicationRow[];
}

/** @internal */
export interface ApplicationRow {
  key: string;
  application: ApplicationRef;
  /** Distinguishes it from the others of its environment. */
  name: string;
  instance: string;
  /**
   * The image of the promotion under way, the first one that differs from what
   * Git wants, or the application's own. An injected sidecar of which two
   * versions run is none of them.
   */
  image?: ImageRow;
  otherImages: ImageRow[];
  health: { status: HealthStatus; reason?: string; since?: string };
  sync: SyncState;
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
}

/** @internal */
export interface ImageRow {
  repository: string;
  /** The repository without the registry host. */
  name: string;
  /** Oldest first; several during a rollout, none when no pod runs. */
  running: string[];
  /**
   * The version in Git, if it differs from what runs or only part of it runs.
   */
  desired?: string;
  /** Running versions that the repository no longer has. */
  removed?: string[];
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
  const instances = new Map(
    response.instances.map(instance => [instance.name, instance]),
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
        }))
        .sort(worstFirst),
    };
  });
}

/** Orders by health, then by sync, then by name. @internal */
function worstFirst(a: ApplicationRow, b: ApplicationRow): number {
  return (
    HEALTH_WORST_FIRST.indexOf(a.health.status) -
      HEALTH_WORST_FIRST.indexOf(b.health.status) ||
    SYNC_WORST_FIRST.indexOf(a.sync.state) -
      SYNC_WORST_FIRST.indexOf(b.sync.state) ||
    a.name.localeCompare(b.name)
  );
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
): Omit<ApplicationRow, 'name'> {
  const { application, images, promotion, health } = deployment;
  const main =
    images.find(({ repository }) => repository === promotion?.repository) ??
    images.find(({ desired }) => desired) ??
    images.at(0);
  const reason = healthReason(deployment);
  return {
    key: deployment.key,
    application,
    instance: application.instance,
    ...(main && { image: toImageRow(main) }),
    otherImages: images.filter(image => image !== main).map(toImageRow),
    health: {
      status: health.status,
      ...(reason && { reason }),
      ...(health.since && { since: health.since }),
    },
    sync: toSyncState(deployment),
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

function toImageRow({
  repository,
  running,
  desired,
  removed,
}: DeployedImage): ImageRow {
  const wanted =
    desired && !running.some(version => sameVersion(version, desired))
      ? displayVersion(desired)
      : undefined;
  return {
    repository,
    name: repository.slice(repository.indexOf('/') + 1),
    running: running.map(displayVersion),
    ...(wanted && { desired: wanted }),
    ...(removed && { removed: removed.map(displayVersion) }),
  };
}

function toSyncState({ sync, operation }: Deployment): SyncState {
  const message = operation?.message;
  switch (operation?.phase) {
    case 'Failed':
    case 'Error':
      return { state: 'failed', ...(message && { message }) };
    case 'Running':
    case 'Terminating':
      return { state: 'syncing', ...(message && { message }) };
    default:
  }
  switch (sync.status) {
    case 'Synced':
      return { state: 'synced' };
    case 'OutOfSync':
      return { state: 'outOfSync', resources: sync.outOfSync };
    default:
      return { state: 'unknown' };
  }
}

/**
 * Argo CD's message for the application, or else for the first resource with
 * the same health status.
 */
function healthReason({ health, unwell }: Deployment): string | undefined {
  if (health.status === 'Healthy') {
    return undefined;
  }
  const resource = unwell.find(
    each => each.health?.status === health.status && each.health.message,
  );
  return (
    health.message ||
    (resource?.health &&
      `${resource.kind} ${resource.name}: ${resource.health.message}`)
  );
}

function toAuthor(author: string): ApplicationRow['by'] {
  const name = authorName(author);
  return isImageUpdater(name)
    ? { imageUpdater: true }
    : { imageUpdater: false, name };
}
