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
  sourceTypeOf,
  tagWithDigest,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  Application,
  EnvEntry,
  HelmParameter,
} from '../kubernetes/schemas';
import { mergeNamed } from './mergeNamed';

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
  const source = sourceOf(application, writeBack);
  switch (kindOf(application, writeBack, updatable)) {
    case 'plugin':
      return imageInEnvironment(source?.plugin?.env ?? [], updatable);
    case 'kustomize':
      return (
        source?.kustomize?.images?.find(text => {
          const { name, alias } = parseContainerImage(text);
          return (
            name === updatable.image.name &&
            (updatable.kustomizeName === '' ||
              alias === '' ||
              alias === updatable.kustomizeName)
          );
        }) ?? ''
      );
    default: {
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
  }
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
  switch (kindOf(application, writeBack, updatable)) {
    case 'plugin':
      source.plugin = source.plugin ?? {};
      source.plugin.env = mergeNamed(
        source.plugin.env ?? [],
        environmentOf(updatable, image),
      );
      break;
    case 'kustomize':
      source.kustomize = source.kustomize ?? {};
      source.kustomize.images = mergeKustomizeImages(
        source.kustomize.images ?? [],
        updatable.kustomizeName,
        image,
      );
      break;
    default:
      source.helm = source.helm ?? {};
      source.helm.parameters = mergeNamed(
        source.helm.parameters ?? [],
        helmParameters(updatable, image),
      );
  }
}

function kindOf(
  application: Application,
  writeBack: WriteBack,
  updatable: ImagePolicy,
): 'helm' | 'kustomize' | 'plugin' {
  if (hasPluginTarget(updatable)) {
    if (sourceTypeOf(application, writeBack) !== 'Plugin') {
      throw new Error('cannot set Plugin env vars on non-Plugin application');
    }
    return 'plugin';
  }
  const type = applicationTypeOf(application, writeBack);
  if (!type) {
    throw new Error(
      `could not update application ${application.metadata.name} - unsupported application type`,
    );
  }
  return type;
}

function imageInEnvironment(
  env: readonly EnvEntry[],
  { plugin }: ImagePolicy,
): string {
  const valueOf = (variable: string) =>
    env.find(({ name }) => name === variable)?.value ?? '';
  if (plugin.spec !== '') {
    return valueOf(plugin.spec);
  }
  const [name, tag] = [plugin.name, plugin.tag].map(variable =>
    variable === '' ? '' : valueOf(variable),
  );
  return name === '' || tag === '' ? '' : `${name}:${tag}`;
}

function environmentOf(
  { plugin }: ImagePolicy,
  image: ContainerImage,
): EnvEntry[] {
  if (plugin.spec !== '') {
    return [{ name: plugin.spec, value: fullImageReference(image) }];
  }
  const tag = tagWithDigest(image);
  return [
    ...(plugin.name === ''
      ? []
      : [{ name: plugin.name, value: fullImageName(image) }]),
    ...(plugin.tag === '' || tag === ''
      ? []
      : [{ name: plugin.tag, value: tag }]),
  ];
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

function mergeKustomizeImages(
  images: readonly string[],
  kustomizeName: string,
  image: ContainerImage,
): string[] {
  const full = fullImageReference(image);
  const entry = kustomizeName === '' ? full : `${kustomizeName}=${full}`;
  const override = parseContainerImage(entry);
  const merged = images.map(text => {
    const current = parseContainerImage(text);
    const same =
      current.name === override.name &&
      (kustomizeName === '' ||
        current.alias === '' ||
        current.alias === kustomizeName);
    return same ? imageListEntry(override) : text;
  });
  // Argo CD identifies an entry by the text before `=`, `:` or `@`.
  const delimiter = ['=', ':', '@'].find(text => entry.includes(text));
  const at =
    delimiter === undefined
      ? -1
      : merged.findIndex(
          text => before(text, delimiter) === before(entry, delimiter),
        );
  return at < 0 ? [...merged, entry] : merged.with(at, entry);
}

function before(text: string, delimiter: string): string {
  return text.split(delimiter, 1)[0];
}
