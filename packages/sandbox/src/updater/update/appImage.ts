import {
  type ContainerImage,
  type ImagePolicy,
  type WriteBack,
  applicationTypeOf,
  fullImageName,
  fullImageReference,
  hasPluginTarget,
  helmSpecParameters,
  imageListEntry,
  parseContainerImage,
  sourceOf,
  tagWithDigest,
} from '@landfall/backstage-plugin-delivery-common';
import type { Application, HelmParameter } from '../kubernetes/schemas';

/**
 * The image in an Application's spec, or an empty string if there is none.
 *
 * @throws Error if the Application's type or the image's target isn't supported
 */
export function imageInSpec(
  application: Application,
  writeBack: WriteBack,
  updatable: ImagePolicy,
): string {
  const { image, kustomizeName } = updatable;
  const source = sourceOf(application, writeBack);
  if (kindOf(application, writeBack, updatable) === 'kustomize') {
    return (
      source?.kustomize?.images?.find(text =>
        isEntryOf(text, image.name, kustomizeName),
      ) ?? ''
    );
  }
  const names = helmSpecParameters(updatable);
  const valueOf = (parameter: string) =>
    source?.helm?.parameters?.find(({ name }) => name === parameter)?.value;
  if (names.spec !== '') {
    return valueOf(names.spec) ?? '';
  }
  const name = valueOf(names.name);
  const tag = valueOf(names.tag);
  return name === undefined || tag === undefined ? '' : `${name}:${tag}`;
}

/**
 * Sets an image in an Application's spec, in place. With a Git write-back, the
 * spec is only the input for the file.
 *
 * @throws Error if the Application's type or the image's target isn't supported
 */
export function setImage(
  application: Application,
  writeBack: WriteBack,
  updatable: ImagePolicy,
  image: ContainerImage,
): void {
  const source = sourceOf(application, writeBack);
  if (!source) {
    return;
  }
  if (kindOf(application, writeBack, updatable) === 'kustomize') {
    const images = source.kustomize?.images ?? [];
    source.kustomize = {
      ...source.kustomize,
      images: mergeKustomizeImages(images, updatable.kustomizeName, image),
    };
  } else {
    const parameters = source.helm?.parameters ?? [];
    source.helm = {
      ...source.helm,
      parameters: mergeNamed(parameters, helmParameters(updatable, image)),
    };
  }
}

function kindOf(
  application: Application,
  writeBack: WriteBack,
  updatable: ImagePolicy,
): 'helm' | 'kustomize' {
  const type = applicationTypeOf(application, writeBack);
  if (hasPluginTarget(updatable) || type === 'plugin') {
    throw new Error('this updater sets no environment variables of plugins');
  }
  if (!type) {
    throw new Error(
      `could not update application ${application.metadata.name} - unsupported application type`,
    );
  }
  return type;
}

function helmParameters(
  updatable: ImagePolicy,
  image: ContainerImage,
): HelmParameter[] {
  const names = helmSpecParameters(updatable);
  const parameter = (name: string, value: string) => ({
    name,
    value,
    forceString: true,
  });
  if (names.spec !== '') {
    return [parameter(names.spec, fullImageReference(image))];
  }
  const tag = tagWithDigest(image);
  return [
    parameter(names.name, fullImageName(image)),
    // An empty tag would make the reference invalid.
    ...(tag === '' ? [] : [parameter(names.tag, tag)]),
  ];
}

/** Replaces entries of the same name in place, and appends the others. */
export function mergeNamed<T extends { name: string }>(
  entries: readonly T[],
  changes: readonly T[],
): T[] {
  const added = changes.filter(
    ({ name }) => !entries.some(entry => entry.name === name),
  );
  const merged = entries.map(
    entry => changes.find(({ name }) => name === entry.name) ?? entry,
  );
  return [...merged, ...added];
}

function mergeKustomizeImages(
  images: readonly string[],
  kustomizeName: string,
  image: ContainerImage,
): string[] {
  const full = fullImageReference(image);
  const entry = kustomizeName === '' ? full : `${kustomizeName}=${full}`;
  const override = parseContainerImage(entry);
  const merged = images.map(text =>
    isEntryOf(text, override.name, kustomizeName)
      ? imageListEntry(override)
      : text,
  );
  // Argo CD identifies an entry by the text before `=`, `:` or `@`.
  const delimiter = ['=', ':', '@'].find(text => entry.includes(text)) ?? '';
  const before = (text: string) => text.split(delimiter, 1)[0];
  const at = delimiter
    ? merged.findIndex(text => before(text) === before(entry))
    : -1;
  return at < 0 ? [...merged, entry] : merged.with(at, entry);
}

/** Whether an entry overrides an image, under this name if one is given. */
function isEntryOf(text: string, name: string, kustomizeName: string): boolean {
  const entry = parseContainerImage(text);
  return (
    entry.name === name &&
    (kustomizeName === '' ||
      entry.alias === '' ||
      entry.alias === kustomizeName)
  );
}
