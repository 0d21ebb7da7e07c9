import type { Entity } from '@backstage/catalog-model';
import {
  type Application,
  type ApplicationSuggestion,
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
import type { StoredApplication } from '../store/operations/readApplications';
import { scopes } from '../store/scopes';
import { truncation } from './EntityApplications';
import type { ApplicationsSnapshot, EntitySnapshot } from './EntitySnapshot';
import type { Links } from './links';
import type { RemovedVersions } from './removedVersions';
import { toDeployment } from './toDeployment';
import { readSuggestions, type SuggestionSettings } from './suggestions';
import { toInstanceStatus, withoutPassingTime } from './toInstanceStatus';
import { versionsByRepository } from './versionsByRepository';

/**
 * What the store holds for the deployments of applications, besides their snapshot.
 *
 * @internal
 */
export interface ApplicationRows {
  /** By application key: open, failed or live, oldest first. */
  promotions: Map<string, Promotion[]>;
  /** The images of the running digests. */
  images: KnownImage[];
  removedOf(application: Application): RemovedVersions;
}

/** @internal */
export interface DeploymentRows extends ApplicationRows {
  instances: StoredInstance[];
  suggestions: ApplicationSuggestion[];
}

/** @internal */
export interface ApplicationSettings {
  links: Links;
  environments: EnvironmentRule[];
  /** How often Image Updater checks for new images; default two minutes. */
  updaterIntervalMs?: number;
}

/** @internal */
export interface DeploymentSettings
  extends ApplicationSettings,
    SuggestionSettings {}

/**
 * @internal
 * @param startedAt - since when an instance is `connecting` that nobody has watched
 */
export async function readDeploymentRows(
  snapshot: EntitySnapshot,
  startedAt: string,
  settings: SuggestionSettings,
): Promise<DeploymentRows> {
  const { knex, located } = snapshot;
  return {
    ...(await readApplicationRows(snapshot)),
    instances: await readInstances(knex, located.instanceNames, startedAt),
    suggestions: await readSuggestions(snapshot, settings),
  };
}

/** @internal */
export async function readApplicationRows(
  snapshot: ApplicationsSnapshot,
): Promise<ApplicationRows> {
  const { knex, applications, dependsOn } = snapshot;
  const all = applications.map(({ application }) => application);
  const digests = all.flatMap(digestsOf);
  dependsOn(...all.flatMap(runningRepositories).map(scopes.repository));
  return {
    promotions: await readCurrentPromotions(
      knex,
      applications.map(({ key }) => key),
    ),
    images: await readImagesByDigest(knex, digests),
    removedOf: await snapshot.removedVersions(),
  };
}

/** @internal */
export function toDeployments(
  snapshot: EntitySnapshot,
  rows: DeploymentRows,
  progressOf: (promotion: Promotion) => UpdateProgress | undefined,
  settings: DeploymentSettings,
): DeploymentsResponse {
  const { entity, located } = snapshot;
  const { environments, instanceNames } = settings;
  const byEnvironment = new Map<string, Deployment[]>();
  for (const stored of snapshot.applications) {
    const environment = environmentOf(stored.application, environments);
    const deployment = deploymentOf(
      stored,
      snapshot,
      { rows, progressOf },
      settings,
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
    ...(rows.suggestions.length > 0 && { suggestions: rows.suggestions }),
    ...(instanceNames.length === 0 && { unconfigured: true }),
  };
}

/**
 * One of the applications of a snapshot as pages show it.
 *
 * @internal
 */
export function deploymentOf(
  { key, application, syncWindows, desired, podFailures }: StoredApplication,
  snapshot: ApplicationsSnapshot,
  evidence: {
    rows: ApplicationRows;
    progressOf: (promotion: Promotion) => UpdateProgress | undefined;
  },
  { links, updaterIntervalMs }: ApplicationSettings,
): Deployment {
  const { rows, progressOf } = evidence;
  const promotions = rows.promotions.get(key) ?? [];
  const open = promotions.findLast(({ outcome }) => !outcome);
  return toDeployment(
    {
      key: snapshot.signalKeys.of(key),
      application,
      syncWindows,
      desired,
      podFailures,
      promotions,
      images: rows.images,
      removed: rows.removedOf(application),
      imageUpdaters: snapshot.imageUpdatersOf(application.ref),
      unreadable: snapshot.unreadableOf(application.ref),
      updaterIntervalMs,
      revisions: snapshot.revisions,
      updaterCommittedAt: snapshot.updaterCommittedAt(application),
      updateProgress: open && progressOf(open),
    },
    links,
    snapshot.now,
  );
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
