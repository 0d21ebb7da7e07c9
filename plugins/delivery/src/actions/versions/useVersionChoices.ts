import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  ApplicationRef,
  OverviewResponse,
  VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { SharedReads, useLiveRead, useOverview, type Fresh } from '../../live';

/** How many versions are offered. @internal */
export const VERSION_LIMIT = 50;

const allVersions = new SharedReads<VersionsResponse>();

/** A version that can be set. @internal */
export interface VersionChoice {
  tag: string;
  /** Where it runs. */
  environments: string[];
}

/** An application that runs an image. @internal */
export interface ImageTarget {
  application: ApplicationRef;
  environment: string;
  /** Tags that it runs. */
  running: string[];
}

/** @internal */
export interface VersionChoices {
  read: Fresh<VersionsResponse>;
  /** Newest first. */
  versions: VersionChoice[];
  /** The entity's applications with this image, in the order of the environments. */
  targets: ImageTarget[];
}

/**
 * The versions of an image that an entity's applications could run, and which of them
 * run it where.
 *
 * @internal
 * @param repository - undefined: not known yet, so nothing is read
 */
export function useVersionChoices(
  entityRef: CompoundEntityRef,
  repository: string | undefined,
): VersionChoices {
  const overview = useOverview(entityRef);
  const { fresh: read } = useLiveRead(
    {
      entityRef,
      reads: allVersions,
      id: `choices ${repository}`,
      create: api => ({
        read: signal =>
          api.getVersions(
            entityRef,
            { repository, limit: VERSION_LIMIT },
            { signal },
          ),
      }),
    },
    { isOff: repository === undefined },
  );
  const targets = targetsOf(overview.data, repository);
  return { read, versions: choicesOf(read.data, targets), targets };
}

function targetsOf(
  overview: OverviewResponse | undefined,
  repository: string | undefined,
): ImageTarget[] {
  return (overview?.deployments.environments ?? []).flatMap(
    ({ environment, deployments }) =>
      deployments.flatMap(({ application, images }) => {
        const image = images.find(each => each.repository === repository);
        return image
          ? [{ application, environment, running: tagsOf(image.running) }]
          : [];
      }),
  );
}

function choicesOf(
  versions: VersionsResponse | undefined,
  targets: readonly ImageTarget[],
): VersionChoice[] {
  return (versions ? settableTags(versions) : []).map(tag => ({
    tag,
    environments: targets
      .filter(({ running }) => running.includes(tag))
      .map(({ environment }) => environment),
  }));
}

/**
 * The tags that can be written to Git as a version, newest first.
 *
 * @internal
 */
export function settableTags({
  items,
}: Pick<VersionsResponse, 'items'>): string[] {
  return items.flatMap(({ version, removed }) =>
    version.tag && !removed ? [version.tag] : [],
  );
}

function tagsOf(running: readonly { tag?: string }[]): string[] {
  return running.flatMap(({ tag }) => tag ?? []);
}

/**
 * The version to offer at first: for a promotion the newest one that runs in another
 * environment, otherwise the newest; for a revert the one before that which runs.
 *
 * @internal
 */
export function firstChoice(
  action: 'promote' | 'revert',
  versions: readonly VersionChoice[],
  running: readonly string[],
): string | undefined {
  const others = versions.filter(({ tag }) => !running.includes(tag));
  if (action === 'promote') {
    return (
      others.find(({ environments }) => environments.length > 0) ?? others.at(0)
    )?.tag;
  }
  const current = versions.findIndex(({ tag }) => running.includes(tag));
  return versions.slice(current + 1).find(({ tag }) => !running.includes(tag))
    ?.tag;
}
