import type { Entity } from '@backstage/catalog-model';
import {
  type Application,
  type ApplicationSuggestion,
  compareEnvironments,
  type Deployment,
  type DeploymentsResponse,
  describeProblem,
  environmentOf,
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
import { readRemovedVersions, type RemovedVersions } from './removedVersions';
import { toDeployment } from './toDeployment';
import { readSuggestions, type SuggestionSettings } from './suggestions';
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
  suggestions: ApplicationSuggestion[];
}

/** @internal */
export interface DeploymentSettings extends SuggestionSettings {
  links: Links;
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
  settings: SuggestionSettings,
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
    removedOf: await readRemovedVersions(knex, all),
    suggestions: await readSuggestions(snapshot, settings),
  };
}

/** @internal */
export function toDeployments(
  snapshot: EntitySnapshot,
  rows: DeploymentRows,
  progressOf: (promotion: Promotion) => UpdateProgress | undefined,
  settings: DeploymentSettings,
): DeploymentsResponse {
  const { links, environments, updaterIntervalMs, instanceNames } = settings;
  const { entity, located, signalKeys, revisions, now } = snapshot;
  const byEnvironment = new Map<string, Deployment[]>();
  for (const stored of snapshot.applications) {
    const { key, application, syncWindows, desired, podFailures } = stored;
    const promotions = rows.promotions.get(key) ?? [];
    const open = promotions.findLast(({ outcome }) => !outcome);
    const environment = environmentOf(application, environments);
    const deployment = toDeployment(
      {
        key: signalKeys.of(key),
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
    ...(rows.suggestions.length > 0 && { suggestions: rows.suggestions }),
    ...(instanceNames.length === 0 && { unconfigured: true }),
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
