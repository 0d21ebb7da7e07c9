import { parseImageReference } from '../images';

/** Prefix of the Argo CD Image Updater's annotations on an Application. */
export const UPDATER_ANNOTATION_PREFIX = 'argocd-image-updater.argoproj.io/';

/**
 * One entry of the annotation `image-list`, with the settings that apply to it.
 *
 * @public
 */
export interface UpdaterImage {
  alias?: string;
  /** With registry host. */
  repository: string;
  constraint?: string;
  strategy: 'semver' | 'newest-build' | 'alphabetical' | 'digest' | 'unknown';
  allowTags?: string;
  ignoreTags?: string;
  /** Names of the Helm parameters as annotated; the updater's own are `image.name` and `image.tag`. */
  helm: { name?: string; tag?: string; spec?: string };
}

const STRATEGIES: Record<string, UpdaterImage['strategy']> = {
  semver: 'semver',
  'newest-build': 'newest-build',
  latest: 'newest-build',
  alphabetical: 'alphabetical',
  name: 'alphabetical',
  digest: 'digest',
};

/**
 * The images that the Image Updater's annotations name:
 * `[alias=]registry/repo[:constraint]`, separated by commas. Settings are read
 * for the alias first, then for the whole application. Entries that are no image
 * are left out.
 *
 * @public
 */
export function updaterImages(
  annotations: Record<string, string>,
): UpdaterImage[] {
  const list = annotations[`${UPDATER_ANNOTATION_PREFIX}image-list`];
  if (!list) {
    return [];
  }
  return list.split(',').flatMap(entry => {
    const text = entry.trim();
    const equals = text.indexOf('=');
    const alias = equals > 0 ? text.slice(0, equals) : undefined;
    const image = text.slice(equals + 1);
    // A constraint (`~1.4`) is no valid tag, so it is cut off before parsing.
    const colon = image.indexOf(':', image.lastIndexOf('/') + 1);
    const name = colon < 0 ? image : image.slice(0, colon);
    const reference = parseImageReference(name);
    if (!reference) {
      return [];
    }
    const ofAlias = (key: string) =>
      alias
        ? annotations[`${UPDATER_ANNOTATION_PREFIX}${alias}.${key}`]
        : undefined;
    const setting = (key: string) =>
      ofAlias(key) ?? annotations[`${UPDATER_ANNOTATION_PREFIX}${key}`];
    const strategy = setting('update-strategy') ?? 'semver';
    return [
      {
        alias,
        repository: reference.repository,
        constraint: colon < 0 ? undefined : image.slice(colon + 1) || undefined,
        strategy: STRATEGIES[strategy] ?? 'unknown',
        allowTags: setting('allow-tags'),
        ignoreTags: setting('ignore-tags'),
        helm: {
          name: ofAlias('helm.image-name'),
          tag: ofAlias('helm.image-tag'),
          spec: ofAlias('helm.image-spec'),
        },
      },
    ];
  });
}
