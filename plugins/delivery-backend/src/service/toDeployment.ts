import {
  type Application,
  type DeployedImage,
  type DesiredImages,
  type Deployment,
  describePromotion,
  describeStuckReason,
  imagesWithoutHookPods,
  type ImageUpdaterResource,
  type ImageVersion,
  type KnownImage,
  type KnownRevision,
  type PodFailure,
  type Promotion,
  repositoriesOf,
  sameVersion,
  type ObservedSyncWindows,
  type Unreadable,
  type UpdateProgress,
  whyStuck,
} from '@landfall/backstage-plugin-delivery-common';
import { actionKeyOf } from './actions/actionKey';
import { leadingFirst } from './leadingImages';
import type { Links } from './links';
import { deployedSources } from './deployedSources';
import type { RemovedVersions } from './removedVersions';
import { versionsByRepository } from './versionsByRepository';

/**
 * What the store knows about an application that a page shows.
 *
 * @internal
 */
export interface DeploymentParts {
  key: string;
  application: Application;
  syncWindows?: ObservedSyncWindows;
  /** The ImageUpdaters of the application's instance and namespace. */
  imageUpdaters: ImageUpdaterResource[];
  unreadable?: Unreadable;
  updaterIntervalMs?: number;
  /** How far Image Updater has got with the latest pending version. */
  updateProgress?: UpdateProgress;
  /** Running versions that their repository no longer has. */
  removed?: RemovedVersions;
  /** What Git wants, as last read. */
  desired?: DesiredImages;
  /** Why its pods fail, as last read while it wasn't well. */
  podFailures?: PodFailure[];
  /** When Image Updater last committed for the application. */
  updaterCommittedAt?: string;
  /** The application's promotions that are open, failed or live, oldest first. */
  promotions: Promotion[];
  /** The images of the running digests. */
  images: KnownImage[];
  revisions: KnownRevision[];
}

/** @internal */
export function toDeployment(
  parts: DeploymentParts,
  links: Links,
  now: Date,
): Deployment {
  const { key, application, promotions } = parts;
  const { health, operation } = application;
  const live = promotions.filter(({ outcome }) => outcome === 'live');
  const underWay = promotions.filter(({ outcome }) => outcome !== 'live');
  const promotion = underWay.at(-1);
  const waiting = promotion && whyStuck(promotion, parts, now);
  return {
    application: application.ref,
    key,
    project: application.project,
    destination: application.destination,
    health: {
      status: health.status,
      message: health.message,
      since: health.lastTransitionTime,
    },
    sync: {
      status: application.sync.status,
      revisions: application.sync.revisions,
      outOfSync: application.resources.outOfSync,
    },
    operation: operation && {
      phase: operation.phase,
      message: operation.message,
      startedAt: operation.startedAt,
      finishedAt: operation.finishedAt,
      initiatedBy: operation.initiatedBy,
    },
    images: deployedImages(parts, live).map(image => withLink(image, links)),
    deployedAt: deployedAt(application, live),
    deployedBy: deployedBy(parts, live),
    actionKey: actionKeyOf(parts),
    automatedSync: application.automatedSync,
    conditions: application.conditions,
    unwell: application.resources.unwell,
    podFailures: parts.podFailures,
    sources: deployedSources(application),
    promotion: promotion && describePromotion(promotion),
    waiting: waiting && describeStuckReason(waiting),
    links: {
      argocd: links.application(application.ref),
      commit: deployedCommit(parts, live, links),
      external: application.externalUrls.filter(isWebLink),
    },
  };
}

/**
 * An external URL may have a title, as in `title|url`. These URLs come from
 * annotations in anyone's manifests, so they may be `javascript:` URLs.
 */
function isWebLink(external: string): boolean {
  const url = external.slice(external.indexOf('|') + 1).trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

/**
 * The commit that brought the running version: that of its promotion, else the
 * revision of the latest sync. The revision that the application is compared with
 * is only the head of the branch, whose commit may be about other applications.
 */
function deployedCommit(
  { application, promotions }: DeploymentParts,
  live: Promotion[],
  links: Links,
): string | undefined {
  const underWay = promotions.findLast(
    ({ outcome, stages }) =>
      (!outcome || outcome === 'failed') && stages.synced,
  );
  const commit = (underWay ?? live.at(-1))?.commit;
  return (
    (commit && links.commit(commit.repoUrl, commit.revision)) ??
    links.syncedCommit(application) ??
    links.targetCommit(application)
  );
}

/** Of two running versions, the link is to the newer one, which comes last. */
function withLink(image: DeployedImage, links: Links): DeployedImage {
  const { repository, running } = image;
  const version = running.at(-1);
  const link = version && links.image(repository, version);
  return link ? { ...image, link } : image;
}

function deployedImages(
  parts: DeploymentParts,
  live: Promotion[],
): DeployedImage[] {
  const { application, images } = parts;
  const running = versionsByRepository(imagesWithoutHookPods(application));
  const applied = versionsByRepository(desiredReferences(parts));
  const repositories = new Set([
    ...running.keys(),
    ...repositoriesOf(application, parts.imageUpdaters),
  ]);
  const leading = leadingFirst(application, parts.imageUpdaters, repositories);
  return leading.map(repository => {
    const known = images.filter(image => image.repository === repository);
    const former = live.find(promotion => promotion.repository === repository);
    const versions = (running.get(repository) ?? []).map(version =>
      withTag(version, known),
    );
    const desired = applied.get(repository) ?? [];
    const isDesired =
      desired.length !== 1 ||
      (versions.length === 1 && sameVersion(versions[0], desired[0]));
    const removed = parts.removed?.get(repository);
    return {
      repository,
      ...(removed && { removed }),
      running: former
        ? [
            ...versions.filter(version => sameVersion(version, former.version)),
            ...versions.filter(
              version => !sameVersion(version, former.version),
            ),
          ]
        : versions,
      desired: isDesired ? undefined : withTag(desired[0], known),
    };
  });
}

/**
 * The images that Git wants at the current revisions if that is known, else
 * those that the latest sync applied.
 */
function desiredReferences({ application, desired }: DeploymentParts) {
  const { sync, operation } = application;
  if (
    sync.status === 'OutOfSync' &&
    desired?.revisions.join() === sync.revisions.join()
  ) {
    return desired.images;
  }
  return operation?.phase === 'Succeeded' && !operation.dryRun
    ? operation.images
    : [];
}

/** Adds a tag from the registry to a reference that has only a digest. */
function withTag(version: ImageVersion, known: KnownImage[]): ImageVersion {
  if (version.tag || !version.digest) {
    return version;
  }
  const image = known.find(({ digest }) => digest === version.digest);
  return image?.tags[0] ? { ...version, tag: image.tags[0] } : version;
}

function deployedAt(
  application: Application,
  live: Promotion[],
): string | undefined {
  const times = live.flatMap(({ stages }) => {
    const time = stages.healthy ?? stages.synced;
    return time ? [time.at] : [];
  });
  const latest = times.sort().at(-1);
  return latest ?? application.history.at(-1)?.deployedAt;
}

function deployedBy(
  { application, revisions }: DeploymentParts,
  live: Promotion[],
): string | undefined {
  const author = live.at(-1)?.commit?.author;
  if (author) {
    return author;
  }
  const deployed = application.history.at(-1);
  return revisions.find(({ repoUrl, revision }) =>
    deployed?.revisions.some(
      (candidate, index) =>
        candidate === revision && deployed.sources[index]?.repoUrl === repoUrl,
    ),
  )?.author;
}
