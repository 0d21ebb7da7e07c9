import { parseImageReference, parseVersion, sameReference } from '../images';
import type { ImageUpdaterResource } from '../image-updater';
import { updaterRepositories } from '../image-updater/listedRepositories';
import { annotatedImages } from '../image-updater/settings/annotatedImages';
import type { Application, ApplicationSource } from '../model/application';
import type { ImageVersion } from '../model/promotion';

/**
 * Versions per image repository, as written in the image references.
 *
 * @internal
 */
export type RepositoryVersions = ReadonlyMap<string, ImageVersion[]>;

const grouped = new WeakMap<string[], RepositoryVersions>();

/**
 * Groups image references by repository; what can't be parsed is left out. The result
 * is cached, because every phase of an observation asks for it.
 *
 * @internal
 * @param images - must not change afterwards
 */
export function versionsByRepository(images: string[]): RepositoryVersions {
  let versions = grouped.get(images);
  if (!versions) {
    versions = groupByRepository(images);
    grouped.set(images, versions);
  }
  return versions;
}

function groupByRepository(images: string[]): RepositoryVersions {
  const versions = new Map<string, ImageVersion[]>();
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
 * The version of one repository in the parameters of an application's sources,
 * see `parameterVersions`. The sources can be those of a history entry.
 *
 * @internal
 */
export function parameterVersion(
  { annotations }: Application,
  sources: ApplicationSource[],
  repository: string,
): ImageVersion | undefined {
  return parameterVersions(sources, annotations, [repository]).get(repository);
}

/**
 * Versions in the parameters of an application's own sources. The Image
 * Updater's write-back method `argocd` puts them there: as Kustomize images, or
 * as the Helm parameters that its annotations reference. Without annotations, a
 * parameter counts if its value is one of `repositories`, together with the
 * `tag` next to it.
 *
 * @internal
 */
export function parameterVersions(
  sources: ApplicationSource[],
  annotations: Record<string, string>,
  repositories: Iterable<string>,
): Map<string, ImageVersion> {
  const versions = new Map<string, ImageVersion>();
  for (const source of sources) {
    for (const image of source.kustomizeImages ?? []) {
      addReference(versions, image.slice(image.indexOf('=') + 1));
    }
    if (source.helmParameters?.length) {
      const parameters = new Map(
        source.helmParameters.map(({ name, value }) => [name, value]),
      );
      addAnnotated(versions, parameters, annotations);
      for (const repository of repositories) {
        if (!versions.has(repository)) {
          addByValue(versions, parameters, repository);
        }
      }
    }
  }
  return versions;
}

/** Helm parameters that the annotations of the Image Updater reference. */
function addAnnotated(
  versions: Map<string, ImageVersion>,
  parameters: Map<string, string>,
  annotations: Record<string, string>,
): void {
  for (const { repository, helm } of annotatedImages(annotations)) {
    const spec = helm.spec && parameters.get(helm.spec);
    const name = parameters.get(helm.name || 'image.name');
    const reference = name ? parseImageReference(name) : undefined;
    // A tag alone belongs to the image only if the annotations say so.
    const owner = reference?.repository ?? (helm.tag ? repository : undefined);
    if (spec) {
      addReference(versions, spec);
    } else if (owner) {
      addTag(versions, owner, parameters.get(helm.tag || 'image.tag'));
    }
  }
}

/** Helm parameters with the repository as value, and the `tag` next to each. */
function addByValue(
  versions: Map<string, ImageVersion>,
  parameters: Map<string, string>,
  repository: string,
): void {
  for (const [name, value] of parameters) {
    if (value === repository) {
      const prefix = name.slice(0, name.lastIndexOf('.') + 1);
      addTag(versions, repository, parameters.get(`${prefix}tag`));
    }
  }
}

function addReference(
  versions: Map<string, ImageVersion>,
  image: string,
): void {
  const reference = parseImageReference(image);
  if (reference && (reference.tag || reference.digest)) {
    const { repository, ...version } = reference;
    versions.set(repository, version);
  }
}

function addTag(
  versions: Map<string, ImageVersion>,
  repository: string,
  tag: string | undefined,
): void {
  const version = tag ? parseVersion(tag) : undefined;
  if (version) {
    versions.set(repository, version);
  }
}

/**
 * Image repositories (with registry host) whose pushes can affect an
 * application. They come from its live pods, its latest operation, the
 * parameters of its sources, the Image Updater's annotations, and the
 * ImageUpdater resources that list images for it.
 *
 * @public
 */
export function repositoriesOf(
  application: Application,
  imageUpdaters: readonly ImageUpdaterResource[],
): string[] {
  const repositories = new Set([
    ...versionsByRepository(application.images).keys(),
    ...versionsByRepository(application.operation?.images ?? []).keys(),
    ...annotatedImages(application.annotations).map(image => image.repository),
    ...updaterRepositories(application, imageUpdaters),
  ]);
  const parameters = parameterVersions(
    application.sources,
    application.annotations,
    repositories,
  );
  return [...new Set([...repositories, ...parameters.keys()])].sort();
}
