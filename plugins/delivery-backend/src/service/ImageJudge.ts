import {
  type Application,
  type CompiledPolicy,
  type CompileOptions,
  type ImageApplication,
  type ImageItem,
  type ImageVerdict,
  type ImageUpdaterResource,
  describeMessage,
  describePolicyProblem,
  heldVersion,
  imagesWithoutHookPods,
  judgePush,
  type KnownImage,
  policyFor,
  type PushedImage,
  type PushVerdict,
  repositoriesOf,
  sameVersion,
  selectVersion,
  toPushedImage,
  type VersionList,
  type VersionVerdict,
} from '@landfall/backstage-plugin-delivery-common';
import type { Links } from './links';
import type { RemovedVersions } from './removedVersions';
import { versionsByRepository } from './versionsByRepository';

/**
 * An application of an entity, with what decides about its images.
 *
 * @internal
 */
export interface ImageUser {
  key: string;
  environment: string;
  application: Application;
  /** The ImageUpdaters that may select it. */
  imageUpdaters: ImageUpdaterResource[];
  /** When Image Updater last committed for it; absent if no commit is known. */
  updaterCommittedAt?: string;
  /** Running versions that their repository no longer has. */
  removed?: RemovedVersions;
}

interface FollowedAliases {
  /** The one in `ImageApplication.policy`. */
  shown: CompiledPolicy;
  all: CompiledPolicy[];
}

/** @internal */
export interface ImageJudgeOptions extends CompileOptions {
  /** Repositories that couldn't be read, and never were. */
  unread?: readonly string[];
}

/**
 * Judges the images of some repositories as Image Updater does, for the
 * applications that use them. Policies are read once, and images are judged on
 * request.
 *
 * @internal
 */
export class ImageJudge {
  readonly applications: ImageApplication[];
  private readonly policies = new Map<ImageApplication, FollowedAliases>();

  /** @param lists - the versions of each repository, see `versionListOf` */
  static create(
    users: ImageUser[],
    lists: ReadonlyMap<string, VersionList>,
    options: ImageJudgeOptions = {},
  ): ImageJudge {
    return new ImageJudge(users, lists, options);
  }

  private constructor(
    users: ImageUser[],
    readonly lists: ReadonlyMap<string, VersionList>,
    private readonly options: ImageJudgeOptions,
  ) {
    this.applications = users.flatMap(user => this.read(user));
  }

  /** An image with the verdict of each application's policy. */
  item(image: KnownImage, links: Links): ImageItem {
    const { repository, digest, tags, pushedAt, builds, seenAt } = image;
    const users = this.applications.filter(
      user => user.repository === repository,
    );
    return {
      repository,
      digest,
      tags,
      ...(pushedAt && { pushedAt }),
      ...(builds && { builds: [...builds] }),
      seenAt,
      runsIn: users
        .filter(({ running }) => running.some(version => isOf(version, image)))
        .map(({ key }) => key),
      verdicts: users.flatMap(user => {
        const verdict = this.verdict(user, toPushedImage(image));
        return verdict ? [{ key: user.key, ...verdict }] : [];
      }),
      links: { image: links.image(repository, { digest }) },
    };
  }

  /** Undefined if the application has no policy for the repository. */
  verdict(
    user: ImageApplication,
    image: PushedImage,
  ): Omit<ImageVerdict, 'key'> | undefined {
    const list = this.lists.get(user.repository);
    const verdict = best(
      (this.policies.get(user)?.all ?? []).map(policy =>
        judgePush(policy, image, list),
      ),
    );
    if (!verdict) {
      return undefined;
    }
    const { accepted, isNext, code, reason } = verdict;
    return { accepted, isNext, code, reason: describeMessage(reason) };
  }

  /**
   * What `ImageApplication.policy` makes of each version in the repository's list,
   * in its order.
   */
  verdictsOf(user: ImageApplication): readonly VersionVerdict[] {
    const shown = this.policies.get(user)?.shown;
    const list = this.lists.get(user.repository);
    return shown && list ? selectVersion(shown, list).verdicts : [];
  }

  /**
   * The newest version that only a constraint keeps out of an application; undefined
   * if another alias of the repository has none.
   */
  held(user: ImageApplication): VersionVerdict | undefined {
    const list = this.lists.get(user.repository);
    const running = user.running.at(-1)?.tag;
    const held = (this.policies.get(user)?.all ?? []).map(
      policy => list && heldVersion(policy, list, running),
    );
    return held.every(Boolean) ? held.at(0) : undefined;
  }

  private read({
    key,
    environment,
    application,
    imageUpdaters,
    updaterCommittedAt,
    removed,
  }: ImageUser): ImageApplication[] {
    const running = versionsByRepository(imagesWithoutHookPods(application));
    return repositoriesOf(application, imageUpdaters)
      .filter(repository => this.lists.has(repository))
      .map(repository => {
        const { state, followed, problems } = policyFor({
          application,
          repository,
          updaters: imageUpdaters,
          updaterCommittedAt,
          updaterPlatform: this.options.updaterPlatform,
        });
        const missing = removed?.get(repository);
        const user: ImageApplication = {
          key,
          application: application.ref,
          environment,
          repository,
          running: running.get(repository) ?? [],
          ...(missing && { removed: missing }),
          state,
          problems: problems.map(describePolicyProblem),
        };
        const aliases = followed.map(alias => ({
          ...alias,
          selection: selectVersion(
            alias.compiled,
            this.lists.get(repository) ?? [],
            application.images,
          ),
        }));
        // Of several aliases, the one that would be updated is of interest.
        const first =
          aliases.find(({ selection }) => selection.outcome === 'update') ??
          aliases.at(0);
        if (!first) {
          return user;
        }
        const { policy, updater, selection } = first;
        const { outcome, isDowngrade, written, reason } = selection;
        const others = aliases.filter(alias => alias !== first);
        const decided: ImageApplication = {
          ...user,
          ...(updater && {
            updater: { namespace: updater.namespace, name: updater.name },
          }),
          policy,
          ...(others.length > 0 && {
            otherPolicies: others.map(other => other.policy),
          }),
          next: {
            outcome,
            ...(written && outcome !== 'unpredictable' && { version: written }),
            ...(isDowngrade && { downgrade: true }),
            reason: describeMessage(
              this.options.unread?.includes(repository)
                ? { code: 'selection.unread', parameters: {} }
                : reason,
            ),
          },
        };
        this.policies.set(decided, {
          shown: first.compiled,
          all: aliases.map(({ compiled }) => compiled),
        });
        return decided;
      });
  }
}

/** Of the verdicts for several aliases, the one that gets the image farthest. */
function best(verdicts: readonly PushVerdict[]): PushVerdict | undefined {
  return (
    verdicts.find(({ accepted, isNext }) => accepted && isNext) ??
    verdicts.find(({ accepted }) => accepted) ??
    verdicts.at(0)
  );
}

/** Compares by digest if the version has one, else by tag. */
function isOf(
  version: { tag?: string; digest?: string },
  { digest, tags, removed }: KnownImage,
): boolean {
  return version.digest
    ? version.digest === digest
    : !removed && tags.some(tag => sameVersion(version, { tag }));
}
