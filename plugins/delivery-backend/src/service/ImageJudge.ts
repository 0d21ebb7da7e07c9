import {
  type Application,
  applicationPolicy,
  type ApplicationPolicy,
  type CompiledPolicy,
  type CompileOptions,
  compilePolicy,
  type ImageApplication,
  type ImageItem,
  type ImageUpdaterResource,
  describeMessage,
  describePolicyProblem,
  judgePush,
  type KnownImage,
  policyRepository,
  repositoriesOf,
  sameVersion,
  selectVersion,
  toPushedImage,
  toUpdaterApplication,
  VersionList,
  versionsOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { Links } from './links';
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
  /** Those that may select it. */
  imageUpdaters: ImageUpdaterResource[];
}

/**
 * What the Image Updater makes of the images of some repositories, for the
 * applications that use them: policies are read once, images judged as they are
 * asked for.
 *
 * @internal
 */
export class ImageJudge {
  readonly applications: ImageApplication[];
  private readonly lists = new Map<string, VersionList>();
  private readonly policies = new Map<ImageApplication, CompiledPolicy>();

  /** @param images - all that are known of each repository */
  static create(
    users: ImageUser[],
    images: Map<string, KnownImage[]>,
    options: CompileOptions = {},
  ): ImageJudge {
    return new ImageJudge(users, images, options);
  }

  private constructor(
    users: ImageUser[],
    images: Map<string, KnownImage[]>,
    private readonly options: CompileOptions,
  ) {
    for (const [repository, known] of images) {
      this.lists.set(
        repository,
        VersionList.of(
          known
            .filter(({ removed }) => !removed)
            .flatMap(image => versionsOf(toPushedImage(image))),
        ),
      );
    }
    this.applications = users.flatMap(user => this.read(user, images));
  }

  /** An image with what each application's policy says of it. */
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
      ...(builds && { builds }),
      seenAt,
      runsIn: users
        .filter(({ running }) => running.some(version => isOf(version, image)))
        .map(({ key }) => key),
      verdicts: users.flatMap(user => {
        const policy = this.policies.get(user);
        if (!policy) {
          return [];
        }
        const { accepted, isNext, code, reason } = judgePush(
          policy,
          toPushedImage(image),
          this.lists.get(repository),
        );
        return [
          {
            key: user.key,
            accepted,
            isNext,
            code,
            reason: describeMessage(reason),
          },
        ];
      }),
      links: { image: links.image(repository, { digest }) },
    };
  }

  private read(
    { key, environment, application, imageUpdaters }: ImageUser,
    images: Map<string, KnownImage[]>,
  ): ImageApplication[] {
    const running = versionsByRepository(application.images);
    const decided = applicationPolicy(
      toUpdaterApplication(application),
      imageUpdaters,
    );
    return repositoriesOf(application, imageUpdaters)
      .filter(repository => images.has(repository))
      .map(repository => {
        const { state, updater, problems } = decided;
        const user: ImageApplication = {
          key,
          application: application.ref,
          environment,
          repository,
          running: running.get(repository) ?? [],
          state,
          ...(updater && { updater }),
          problems: problems.map(describePolicyProblem),
        };
        const policy = policyFor(decided, repository);
        if (!policy) {
          return user;
        }
        const compiled = compilePolicy(policy, this.options);
        const { outcome, written, reason } = selectVersion(
          compiled,
          this.lists.get(repository) ?? [],
          application.images,
        );
        const decidedUser: ImageApplication = {
          ...user,
          policy,
          next: {
            outcome,
            ...(written && { version: written }),
            reason: describeMessage(reason),
          },
        };
        this.policies.set(decidedUser, compiled);
        return decidedUser;
      });
  }
}

function policyFor({ images }: ApplicationPolicy, repository: string) {
  return images.find(policy => policyRepository(policy) === repository);
}

/** By digest where one runs by digest, else by one of its tags. */
function isOf(
  version: { tag?: string; digest?: string },
  { digest, tags, removed }: KnownImage,
): boolean {
  return version.digest
    ? version.digest === digest
    : !removed && tags.some(tag => sameVersion(version, { tag }));
}
