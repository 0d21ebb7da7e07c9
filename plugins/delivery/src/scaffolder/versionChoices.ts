import type {
  ImageItem,
  ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';

/** A version that can be chosen. @internal */
export interface VersionChoice {
  tag: string;
  item: ImageItem;
  /** Where Image Updater would choose it now, or did. */
  nextIn: string[];
  /** Where it runs. */
  runsIn: string[];
}

/**
 * The tags of a repository's images, newest first. An image without a tag can't be
 * written to Git as a version.
 *
 * @internal
 */
export function versionChoices(
  { items, applications }: Pick<ImagesResponse, 'items' | 'applications'>,
  repository: string | undefined,
): VersionChoice[] {
  const environmentsOf = (keys: readonly string[], item: ImageItem) => [
    ...new Set(
      applications
        .filter(
          application =>
            application.repository === item.repository &&
            keys.includes(application.key),
        )
        .map(({ environment }) => environment),
    ),
  ];
  return items
    .filter(item => item.repository === repository)
    .flatMap(item =>
      item.tags.map(tag => ({
        tag,
        item,
        nextIn: environmentsOf(
          item.verdicts
            .filter(({ accepted, isNext }) => accepted && isNext)
            .map(({ key }) => key),
          item,
        ),
        runsIn: environmentsOf(item.runsIn, item),
      })),
    );
}
