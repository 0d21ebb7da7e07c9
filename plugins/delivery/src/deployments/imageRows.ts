import {
  displayVersion,
  sameVersion,
  type DeployedImage,
  type Deployment,
} from '@landfall/backstage-plugin-delivery-common';
import { isWebUrl } from '../components/links';

/** @internal */
export interface ImageRow {
  repository: string;
  /** The repository without the registry host. */
  name: string;
  /** Oldest first; several during a rollout, none when no pod runs. */
  running: string[];
  /**
   * The version in Git, if it differs from what runs or only part of it runs.
   */
  desired?: string;
  /** Running versions that the repository no longer has. */
  removed?: string[];
  /** The page of the newest running version in its registry. */
  url?: string;
}

/** @internal */
export interface ImageRows {
  /**
   * The image of the promotion under way, the first one that differs from what
   * Git wants, or the application's own. An injected sidecar of which two
   * versions run is none of them.
   */
  image?: ImageRow;
  otherImages: ImageRow[];
}

/** @internal */
export function toImageRows({ images, promotion }: Deployment): ImageRows {
  const main =
    images.find(({ repository }) => repository === promotion?.repository) ??
    images.find(({ desired }) => desired) ??
    images.at(0);
  return {
    ...(main && { image: toImageRow(main) }),
    otherImages: images.filter(image => image !== main).map(toImageRow),
  };
}

function toImageRow({
  repository,
  running,
  desired,
  removed,
  link,
}: DeployedImage): ImageRow {
  const wanted =
    desired && !running.some(version => sameVersion(version, desired))
      ? displayVersion(desired)
      : undefined;
  return {
    repository,
    name: repository.slice(repository.indexOf('/') + 1),
    running: running.map(displayVersion),
    ...(wanted && { desired: wanted }),
    ...(removed && { removed: removed.map(displayVersion) }),
    ...(isWebUrl(link) && { url: link }),
  };
}
