import type { Entity } from '@backstage/catalog-model';
import {
  type Application,
  compareEnvironments,
  type Deployment,
  type DeploymentsResponse,
  describeProblem,
  environmentOf,
  type EnvironmentRule,
  type KnownImage,
  LOCATOR_ANNOTATIONS,
  parseImageReference,
  type Promotion,
  type UpdateProgress,
} from '@landfall/backstage-plugin-delivery-common';
import { readImagesByDigest } from '../store/operations/images';
import {
  readInstances,
  type StoredInstance,
} from '../store/operations/instances';
import { readCurrentPromotions } from '../store/operations/promotions';
import { scopes } from '../store/scopes';
import { truncation } from './EntityApplications';
import type { EntitySnapshot } from './EntitySnapshot';
import type { Links } from './links';
import type { RemovedVersions } from './removedVersions';
import { toDeployment } from './toDeployment';
import { toInstanceStatus, withoutPassingTime } from './toInstanceStatus';
import { versionsByRepository } from './versionsByRepository';

/**
 * What the store holds for the deployments of an entity, besides its snapshot.
 *
 * @internal
 */
export interface DeploymentRows {
  /** By application key: open, failed or live, oldest first. */
  promotions: Map<string, Promotion[]>;
  /** The images of the running digests. */
  images: KnownImage[];
  instances: StoredInstance[];
  removedOf(application: Application): RemovedVersions;
}

/** @internal */
export interface DeploymentSettings {
  links: Links;
  environments: EnvironmentRule[];
  /** How often Image Updater checks for new images; default two minutes. */
  updaterIntervalMs?: number;
}

/**
 * @internal
 * @param startedAt - since when an instance is `connecting` that nobody has watched
 */
export async function readDeploymentRows(
  snapshot: EntitySnapshot,
  startedAt: string,
): Promise<DeploymentRows> {
  const { knex, applications, located, dependsOn } = snapshot;
  const all = applications.map(({ application }) => application);
  const digests = all.flatMap(digestsOf);
  dependsOn(...all.flatMap(runningRepositories).map(scopes.repository));
  return {
    promotions: await readCurrentPromotions(
      knex,
      applications.map(({ key }) => key),
    ),
    images: await readImagesByDigest(knex, digests),
    instances: await readInstances(knex, located.instanceNames, startedAt),
    removedOf: await snapshot.removedVersions(),
  };
}

/** @internal */
export function toDeployments(
  snapshot: EntitySnapshot,
  rows: DeploymentRows,
  progressOf: (promotion: Promotion) => UpdateProgress | undefined,
  { links, environments, updaterIntervalMs }: DeploymentSettings,
): DeploymentsResponse {
  const { entity, located, signalKeys, revisions, now } = snapshot;
  const byEnvironment = new Map<string, Deployment[]>();
  for (const stored of snapshot.applications) {
    const { key, application, syncWindows, desired } = stored;
    const promotions = rows.promotions.get(key) ?? [];
    const open = promotions.findLast(({ outcome }) => !outcome);
    const environment = environmentOf(application, environments);
    const deployment = toDeployment(
      {
        key: signalKeys.of(key),
        application,
        syncWindows,
        desired,
        promotions,
        images: rows.images,
        removed: rows.removedOf(application),
        imageUpdaters: snapshot.imageUpdatersOf(application.ref),
        unreadable: snapshot.unreadableOf(application.ref),
        updaterIntervalMs,
        revisions,
        updaterCommittedAt: snapshot.updaterCommittedAt(application),
        updateProgress: open && progressOf(open),
      },
      links,
      now,
    );
    if (deployment.promotion) {
      snapshot.dependsOnTime();
    }
    byEnvironment.set(environment, [
      ...(byEnvironment.get(environment) ?? []),
      deployment,
    ]);
  }
  const compare = compareEnvironments(environments);
  return {
    environments: [...byEnvironment]
      .map(([environment, deployments]) => ({ environment, deployments }))
      .sort((a, b) => compare(a.environment, b.environment)),
    truncated: truncation(located),
    instances: rows.instances.map(toInstanceStatus).map(withoutPassingTime),
    problems: located.problems.map(describeProblem),
    locator: { annotations: annotationsOf(entity) },
  };
}

/** The evaluated annotations, for the page to show when nothing matched. */
function annotationsOf(entity: Entity): Record<string, string> {
  const annotations = entity.metadata.annotations ?? {};
  return Object.fromEntries(
    Object.values(LOCATOR_ANNOTATIONS).flatMap(name =>
      Object.hasOwn(annotations, name) ? [[name, annotations[name]]] : [],
    ),
  );
}

/** What runs, and what the last operation applied. */
function imagesOf({ images, operation }: Application): string[] {
  return [...images, ...(operation?.images ?? [])];
}

function runningRepositories(application: Application): string[] {
  return [...versionsByRepository(imagesOf(application)).keys()];
}

function digestsOf(
  application: Application,
): { repository: string; digest: string }[] {
  return imagesOf(application).flatMap(text => {
    const reference = parseImageReference(text);
    return reference?.digest
      ? [{ repository: reference.repository, digest: reference.digest }]
      : [];
  });
}
