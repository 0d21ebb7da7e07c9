import { parseImageReference, parseVersion, sameReference } from '../images';
import {
  type ImageUpdaterResource,
  updaterRepositories,
} from '../imageUpdaters';
import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationOperation,
  ApplicationSource,
} from '../model/application';
import type { ImageVersion } from '../model/promotion';
import { updaterImages } from '../updater';

/**
 * Versions per image repository, as references are written.
 *
 * @internal
 */
export type Versions = Map<string, ImageVersion[]>;

/**
 * Groups image references by repository; what can't be parsed is left out.
 *
 * @internal
 */
export function versionsOf(images: string[]): Versions {
  const versions: Versions = new Map();
  for (const image of images) {
    const reference = parseImageReference(image);
    if (reference) {
      const { repository, ...version } = reference;
      const known = versions.get(repository) ?? [];
      if (!known.some(other => sameReference(other, version))) {
        versions.set(repository, [...known, version]);
      }
    }
  }
  return versions;
}

/**
 * Versions that stand in the parameters of an application's own sources, where
 * the Image Updater's write-back method `argocd` puts them: Kustomize images,
 * and the Helm parameters that its annotations name (or, without annotations,
 * those whose value is one of `repositories`, with the `tag` beside it).
 *
 * @internal
 */
export function parameterVersions(
  sources: ApplicationSource[],
  annotations: Record<string, string>,
  repositories: Iterable<string>,
): Map<string, ImageVersion> {
  const versions = new Map<string, ImageVersion>();
  const note = (image: string) => {
    const reference = parseImageReference(image);
    if (reference && (reference.tag || reference.digest)) {
      const { repository, ...version } = reference;
      versions.set(repository, version);
    }
  };
  for (const source of sources) {
    for (const image of source.kustomizeImages ?? []) {
      note(image.slice(image.indexOf('=') + 1));
    }
    if (!source.helmParameters?.length) {
      continue;
    }
    const values = new Map(source.helmParameters.map(p => [p.name, p.value]));
    const pair = (repository: string, tag: string | undefined) => {
      const version = tag ? parseVersion(tag) : undefined;
      if (version) {
        versions.set(repository, version);
      }
    };
    for (const { repository, helm } of updaterImages(annotations)) {
      const spec = helm.spec && values.get(helm.spec);
      const name = values.get(helm.name ?? 'image.name');
      const named = name ? parseImageReference(name) : undefined;
      // A tag alone belongs to the image only if the annotations say so.
      const owner = named?.repository ?? (helm.tag ? repository : undefined);
      if (spec) {
        note(spec);
      } else if (owner) {
        pair(owner, values.get(helm.tag ?? 'image.tag'));
      }
    }
    for (const repository of repositories) {
      if (!versions.has(repository)) {
        for (const [name, value] of values) {
          if (value === repository) {
            const prefix = name.slice(0, name.lastIndexOf('.') + 1);
            pair(repository, values.get(`${prefix}tag`));
          }
        }
      }
    }
  }
  return versions;
}

/**
 * Image repositories (with registry host) that concern an application, so that
 * what is pushed to them is of interest: those of its live pods, of its latest
 * operation, of the parameters of its sources, of the Image Updater's
 * annotations, and those that the resources of the Image Updater name for it.
 *
 * @public
 */
export function repositoriesOf(
  application: Application,
  imageUpdaters: readonly ImageUpdaterResource[],
): string[] {
  const repositories = new Set([
    ...versionsOf(application.images).keys(),
    ...versionsOf(application.operation?.images ?? []).keys(),
    ...updaterImages(application.annotations).map(image => image.repository),
    ...updaterRepositories(application, imageUpdaters),
  ]);
  const parameters = parameterVersions(
    application.sources,
    application.annotations,
    repositories,
  );
  return [...new Set([...repositories, ...parameters.keys()])].sort();
}

/**
 * Whether an operation is under way.
 *
 * @internal
 */
export function isRunning(
  operation: ApplicationOperation | undefined,
): boolean {
  return operation?.phase === 'Running' || operation?.phase === 'Terminating';
}

/** @internal */
export function isFailed(operation: ApplicationOperation): boolean {
  return operation.phase === 'Failed' || operation.phase === 'Error';
}

/**
 * Whether Argo CD has compared and assessed the application since its latest
 * operation ended. Until then status and health are still those of before.
 *
 * @internal
 */
export function isAssessedSinceOperation(application: Application): boolean {
  const { operation, reconciledAt } = application;
  if (!operation) {
    return true;
  }
  return (
    !isRunning(operation) &&
    reconciledAt !== undefined &&
    operation.finishedAt !== undefined &&
    Date.parse(reconciledAt) > Date.parse(operation.finishedAt)
  );
}

/**
 * Entries of the history that stand for a finished sync. The entry of a running
 * operation appears before the operation has succeeded.
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
 * Whether two deployments were made from the same revisions and parameters.
 *
 * @internal
 */
export function sameDeployment(
  a: { revisions: string[]; sources: ApplicationSource[] },
  b: { revisions: string[]; sources: ApplicationSource[] },
): boolean {
  return deploymentKey(a) === deploymentKey(b);
}

/**
 * Whether the history tells that what an entry deployed was replaced, and put back
 * by a later sync.
 *
 * @internal
 */
export function isPutBack(
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

/**
 * The same for deployments that were made from the same, see `sameDeployment`:
 * to compare many of them.
 *
 * @internal
 */
export function deploymentKey(deployment: {
  revisions: string[];
  sources: ApplicationSource[];
}): string {
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
