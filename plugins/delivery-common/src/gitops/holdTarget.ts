import type {
  FollowedPolicy,
  RepositoryPolicy,
} from '../image-updater/policyFor';
import type { Application } from '../model/application';
import { type HoldTarget, isHeld } from './hold';
import { VersionChangeError } from './refusal';

/**
 * Where the Image Updater has the settings by which an image of an application can
 * be held; undefined if it doesn't update the image.
 *
 * @param policy - from `policyFor`
 * @throws VersionChangeError if several entries follow the image
 *
 * @public
 */
export function holdTargetOf(
  { ref }: Pick<Application, 'ref'>,
  repository: string,
  { state, followed }: Pick<RepositoryPolicy, 'state' | 'followed'>,
): HoldTarget | undefined {
  const [first, ...others] = followed;
  if (!first || state !== 'managed') {
    return undefined;
  }
  if (others.length > 0) {
    throw new VersionChangeError({
      code: 'change.hold-several',
      parameters: { repository, total: String(followed.length) },
    });
  }
  const { alias } = first.policy.image;
  const target = { alias, application: ref.name, repository };
  const { updater } = first;
  return updater && listsImage(first, ref.name)
    ? {
        ...target,
        kind: 'ImageUpdater',
        namespace: updater.namespace,
        name: updater.name,
      }
    : {
        ...target,
        kind: 'Application',
        namespace: ref.namespace,
        name: ref.name,
      };
}

/**
 * Whether the Image Updater is told to leave an image alone.
 *
 * @public
 */
export function isImageHeld({
  followed,
}: Pick<RepositoryPolicy, 'followed'>): boolean {
  return followed.some(({ policy }) => isHeld(policy));
}

/** The ImageUpdater has the image itself, and doesn't read annotations for it. */
function listsImage({ updater }: FollowedPolicy, application: string): boolean {
  const refs = updater?.spec.applicationRefs ?? [];
  const own = refs.find(({ namePattern }) => namePattern === application);
  const isAnnotated = own
    ? own.useAnnotations
    : refs.some(({ useAnnotations }) => useAnnotations);
  return !isAnnotated;
}
