import type { RepositoryProblem } from '../locator';
import type { Described, MessageOf } from '../messages';
import type { ApplicationRef } from '../model/application';
import type { ImageBuild } from '../model/image';
import type { ImageVersion } from '../model/promotion';
import type {
  ApplicationPolicyState,
  ImagePolicy,
  SelectionOutcome,
  VerdictCode,
  VerdictReason,
} from '../policy';
import type { DescribedPolicyProblem } from './describe';

/**
 * Which images of an entity are asked for; newest first.
 *
 * @public
 */
export interface ImagesRequest {
  /** 1 to 1000; default 50. */
  limit?: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
  /** Image repository with registry host, without tag. */
  repository?: string;
}

/**
 * `GET entities/{kind}/{namespace}/{name}/images?limit&cursor&repository`
 *
 * @public
 */
export interface ImagesResponse {
  /** The repositories of the entity's applications, and those that its annotations name, by name. */
  repositories: string[];
  /** What is wrong with the annotations that name repositories, and which repositories can't be read. */
  problems: RepositoryProblem[];
  /** What signals (`DELIVERY_CHANNEL`) name when any of this changes. */
  keys: string[];
  /** What each application does with the images of a repository, by environment. */
  applications: ImageApplication[];
  /** Newest first, by when they were pushed. */
  items: ImageItem[];
  /** Where the Image Updater runs, as `os/architecture`: what it looks for where a policy names no platforms. Absent: `linux/amd64`. */
  updaterPlatform?: string;
  /** Pass as `cursor` to get the next page; absent on the last one. */
  nextCursor?: string;
}

/**
 * An application with the policy by which the Image Updater takes images of one
 * repository into it.
 *
 * @public
 */
export interface ImageApplication {
  /** Identifies the application in `ImageItem` and in signals. */
  key: string;
  application: ApplicationRef;
  environment: string;
  repository: string;
  running: ImageVersion[];
  state: ApplicationPolicyState;
  /** The ImageUpdater resource that handles the application. */
  updater?: { namespace: string; name: string };
  /** Absent: nothing says that the image is to be updated. */
  policy?: ImagePolicy;
  /** What the updater does next, of all images that are known. */
  next?: {
    outcome: SelectionOutcome;
    version?: ImageVersion;
    reason: Described<MessageOf<'selection'>>;
  };
  /** What is wrong with the settings, and what to do. */
  problems: DescribedPolicyProblem[];
}

/**
 * What a registry tells of an image for people to see.
 *
 * @public
 */
export interface ImageDetails {
  /** Compressed, as it is pulled; of an index, what the registry gives for it. */
  sizeInBytes?: number;
  /** Of its manifest, or of its index of manifests for several platforms. */
  mediaType?: string;
  /** What it is the manifest of: of a container image, a media type of an image's configuration. */
  artifactMediaType?: string;
  /** Of an index: what it holds for each platform. Absent: it is none, or couldn't be read. */
  children?: ImageChild[];
  /** Digests of the indexes of its repository that hold it: without tags of its own, it is no version but a part of theirs. */
  childOf?: string[];
  /** When it was last pulled, as far as the registry notes it; ISO 8601. */
  lastPulledAt?: string;
  /** Of an index without one of its own: what those of its images come to. */
  scan?: ImageScan;
}

/**
 * An image in an index.
 *
 * @public
 */
export interface ImageChild {
  digest: string;
  /** Such as `linux/amd64` or `linux/arm/v7`; absent for what runs nowhere, such as attestations. */
  platform?: string;
}

/**
 * A registry's scan for vulnerabilities.
 *
 * @public
 */
export interface ImageScan {
  /** In the registry's words: of ECR `COMPLETE` (basic), `ACTIVE` (enhanced), `FAILED`, `UNSUPPORTED_IMAGE` and others. */
  status: string;
  description?: string;
  /** When it ended, or what it found last changed; ISO 8601. */
  at?: string;
  /** Findings by severity, such as `CRITICAL`; absent: not told. */
  severities?: Record<string, number>;
}

/**
 * An image of a registry: one digest with all its tags.
 *
 * @public
 */
export interface ImageItem extends ImageDetails {
  repository: string;
  digest: string;
  tags: string[];
  /** The registry's own time; ISO 8601. */
  pushedAt?: string;
  /** Told where a policy goes by it, or where the registry gives no time. */
  builds?: readonly ImageBuild[];
  /** When we first saw it; ISO 8601, UTC. */
  seenAt: string;
  /** Keys of the applications that run it. */
  runsIn: string[];
  /** What the Image Updater makes of it, for each application that has a policy for its repository. */
  verdicts: ImageVerdict[];
  links: { image?: string };
}

/** @public */
export interface ImageVerdict {
  /** Key of the application. */
  key: string;
  /** The policy takes it, unless another version comes after it. */
  accepted: boolean;
  /** It is what the updater sets next, or what it set. */
  isNext: boolean;
  code: VerdictCode;
  /** Why it is passed over. */
  reason: Described<VerdictReason>;
}
