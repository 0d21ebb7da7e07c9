import { parseImageReference } from '@landfall/backstage-plugin-delivery-common';

interface Parameter {
  name: string;
  value: string;
}

/** Image Updater annotations that name the Helm parameters of an image. */
const NAMING = ['.helm.image-name', '.helm.image-tag', '.helm.image-spec'];

/** Names that the Image Updater writes to if no annotation gives others. */
const DEFAULTS = ['image.name', 'image.tag'];

/**
 * A tag, a digest or both, or a whole image reference. Nothing else is a
 * version.
 */
const VERSION = /^[\w.:@/+-]{0,512}$/;

/** A registry host before the name of a repository. */
const HOST = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d{1,5})?\//;

/**
 * Finds the Helm parameters of an application that carry images. Other
 * parameters may contain anything, passwords included, and are never kept.
 */
export class ImageParameters {
  static of(options: {
    annotations: Record<string, string>;
    /** References of the images that the application runs or has applied. */
    images: readonly string[];
  }): ImageParameters {
    return new ImageParameters(options);
  }

  readonly #names: ReadonlySet<string>;
  readonly #repositories: ReadonlySet<string>;

  private constructor(options: Parameters<typeof ImageParameters.of>[0]) {
    const named = Object.entries(options.annotations).flatMap(([key, value]) =>
      NAMING.some(suffix => key.endsWith(suffix)) ? [value.trim()] : [],
    );
    this.#names = new Set([...DEFAULTS, ...named]);
    this.#repositories = new Set(
      options.images.flatMap(
        image => parseImageReference(image)?.repository ?? [],
      ),
    );
  }

  /**
   * Selects the parameters that annotations assign to an image, those with an
   * image repository as their value, and the tags beside these (`a.b.tag` for
   * `a.b.x`).
   */
  select(parameters: readonly Parameter[]): Parameter[] {
    const names = new Set(this.#names);
    for (const { name, value } of parameters) {
      if (this.#isRepository(value)) {
        names.add(name);
        names.add(`${name.slice(0, name.lastIndexOf('.') + 1)}tag`);
      }
    }
    return parameters.filter(
      ({ name, value }) => names.has(name) && VERSION.test(value),
    );
  }

  #isRepository(value: string): boolean {
    const reference = parseImageReference(value);
    return (
      reference !== undefined &&
      (this.#repositories.has(reference.repository) || HOST.test(value))
    );
  }
}

/**
 * Keeps the entries of Kustomize's `images` that are references, as
 * `[name=]reference`.
 */
export function kustomizeImages(images: readonly string[]): string[] {
  return images.filter(image =>
    parseImageReference(image.slice(image.indexOf('=') + 1)),
  );
}
