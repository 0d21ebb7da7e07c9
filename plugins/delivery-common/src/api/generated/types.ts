// Generated from openapi.yaml by `yarn workspace @landfall/backstage-plugin-delivery-backend generate`; do not edit.

import type {
  ApplicationRef,
  DescribedAdvice,
  DescribedApplicationProblem,
  DescribedInstanceError,
  DescribedLintFinding,
  DescribedMessage,
  DescribedPolicyProblem,
  DescribedPromotion,
  DescribedRepositoryProblem,
  DescribedSelectionReason,
  DescribedStuckReason,
  DescribedVerdictReason,
  HealthStatus,
  ImageBuild,
  ImagePolicy,
  ImageVersion,
  Initiator,
  MergeRequest,
  PolicyState,
  SelectionOutcome,
  StageTime,
  SyncStatus,
  VerdictCode,
  VersionCell,
} from '../domainTypes';

/**
 * @internal
 */
export interface ApplicationRefSchema {
  instance: string;
  namespace: string;
  name: string;
}

/**
 * @internal
 */
export interface ImageVersionSchema {
  tag?: string;
  digest?: string;
}

/**
 * One image of an application: what runs, and what Git wants.
 *
 * @public
 */
export interface DeployedImage {
  /** With registry host, without tag. */
  repository: string;
  /** What live pods run; two while a rollout is under way, the old one first. Empty: no pod runs. */
  running: ImageVersion[];
  /** Of the running versions, those that the repository had but no longer has, so pods that start elsewhere can't pull them. */
  removed?: ImageVersion[];
  /** What the latest sync applied, when it is known and differs from what runs. */
  desired?: ImageVersion;
}

/**
 * @internal
 */
export interface StageTimeSchema {
  at: string;
  basis: 'reported' | 'observed';
}

/**
 * @internal
 */
export interface InitiatorSchema {
  username?: string;
  automated: boolean;
}

/**
 * A pull or merge request on a Git host.
 *
 * @internal
 */
export interface MergeRequestSchema {
  url: string;
  number: number;
  title: string;
  state: 'open' | 'closed' | 'merged';
  author?: string;
  mergedAt?: string;
  updatedAt: string;
}

/**
 * @internal
 */
export interface PromotionSchema {
  id: string;
  application: ApplicationRef;
  repository: string;
  version: ImageVersion;
  previous?: ImageVersion;
  stages: {
    pushed?: StageTime;
    /** Only where updates are written to a branch that somebody must merge. */
    proposed?: StageTime;
    committed?: StageTime;
    synced?: StageTime;
    healthy?: StageTime;
  };
  outcome?: 'live' | 'failed' | 'superseded' | 'rolled-back' | 'abandoned';
  outcomeAt?: StageTime;
  reason?: Message;
  /** The commit on a branch that somebody must merge. */
  proposal?: {
    repoUrl: string;
    branch: string;
    base: string;
    revision: string;
    request?: MergeRequest;
  };
  commit?: {
    repoUrl: string;
    revision: string;
    author?: string;
    date?: string;
    message?: string;
    exact: boolean;
    request?: MergeRequest;
  };
  sync?: {
    historyId?: number;
    revisions: string[];
    startedAt?: string;
    finishedAt?: string;
    initiatedBy?: Initiator;
    message?: string;
  };
  failure?: {
    at: StageTime;
    reason?: Message;
  };
  rollback?: boolean;
  undoesRollback?: boolean;
}

/**
 * A sentence as data. `code` and `parameters` are for translation; `message` is the sentence in English.
 *
 * @public
 */
export interface Message {
  code: string;
  parameters: MessageParameters;
  message: string;
}

/**
 * Texts, messages (`code` and `parameters`) or lists of messages, by name.
 *
 * @public
 */
export interface MessageParameters {
  [key: string]: unknown;
}

/**
 * What a promotion waits for, by `StuckCode` of the common library.
 *
 * @internal
 */
export interface StuckReasonSchema {
  code: string;
  parameters: MessageParameters;
  message: string;
  since?: string;
  note?: Message;
  advice?: Message;
}

/**
 * A promotion with what a page needs to draw it.
 *
 * @public
 */
export type PromotionItem = DescribedPromotion & {
  environment: string;
  /** What it waits for, while it is under way or failed. */
  waiting?: DescribedStuckReason;
  links: {
    argocd?: string;
    commit?: string;
    image?: string;
  };
};

/**
 * `GET entities/{kind}/{namespace}/{name}/promotions?limit&cursor&environment&repository&outcome`
 *
 * @public
 */
export interface PromotionsResponse {
  /** Set where promotions into other applications of the entity are left out. */
  truncated?: TruncatedApplications;
  /** Newest first. */
  items: PromotionItem[];
  /** Pass as `cursor` to get the next page; absent on the last one. */
  nextCursor?: string;
}

/**
 * @internal
 */
export type HealthSchema =
  | 'Healthy'
  | 'Progressing'
  | 'Degraded'
  | 'Suspended'
  | 'Missing'
  | 'Unknown';

/**
 * An application as the Deployments card shows it.
 *
 * @public
 */
export interface Deployment {
  application: ApplicationRef;
  /** Identifies the application in signals (`DELIVERY_CHANNEL`) without naming it. */
  key: string;
  project: string;
  destination: {
    server?: string;
    name?: string;
    namespace?: string;
  };
  health: {
    status: HealthStatus;
    message?: string;
    since?: string;
  };
  sync: {
    status: SyncStatus;
    revisions: string[];
    outOfSync: number;
  };
  /** The latest or running sync operation. */
  operation?: {
    phase: string;
    message?: string;
    startedAt: string;
    finishedAt?: string;
    initiatedBy?: Initiator;
  };
  images: DeployedImage[];
  /** When the version that runs got there; ISO 8601. */
  deployedAt?: string;
  /** Author of the revision that runs, such as `argocd-image-updater <noreply@argoproj.io>`. */
  deployedBy?: string;
  automatedSync: boolean;
  conditions: {
    type: string;
    message: string;
    lastTransitionTime?: string;
  }[];
  unwell: {
    group: string;
    kind: string;
    namespace?: string;
    name: string;
    syncStatus?: string;
    health?: {
      status: HealthStatus;
      message?: string;
    };
  }[];
  /** The promotion under way, if there is one. */
  promotion?: DescribedPromotion;
  /** What `promotion` waits for. */
  waiting?: DescribedStuckReason;
  links: {
    argocd?: string;
    commit?: string;
    external: string[];
  };
}

/**
 * The state of one configured Argo CD instance, as its watch sees it.
 *
 * @public
 */
export interface InstanceStatus {
  name: string;
  /** `connecting`: not read yet since the start; `live`: the stream is open; `unreachable`: what is shown is as of `lastReceivedAt`. */
  state: 'connecting' | 'live' | 'unreachable';
  /** Since when it has been in this state; ISO 8601, UTC. */
  since: string;
  /** When Argo CD last sent anything (an event, a heartbeat, a list). Of an entity: only while the instance is not live, since otherwise it is seconds ago. */
  lastReceivedAt?: string;
  /** How many of its applications are kept. */
  applications: number;
  /** Why it isn't live, or, when it is, why not all applications are followed. */
  error?: DescribedInstanceError;
}

/**
 * Why an instance isn't followed, in a sentence without addresses and names.
 *
 * @internal
 */
export interface InstanceErrorSchema {
  code:
    | 'unreachable'
    | 'connection-refused'
    | 'host-not-found'
    | 'timed-out'
    | 'certificate-untrusted'
    | 'certificate-expired'
    | 'certificate-of-another-host'
    | 'tls-failed'
    | 'credentials-unusable'
    | 'unauthorized'
    | 'forbidden'
    | 'invalid-answer'
    | 'not-stored'
    | 'partly-unread'
    | 'list-unconfirmed'
    | 'unknown';
  parameters: MessageParameters;
  message: string;
  /** What was reported, with addresses and names, for callers with the permission `delivery.instances.read`. */
  detail?: Message;
}

/**
 * The answer covers only the first of the entity's applications.
 *
 * @public
 */
export interface TruncatedApplications {
  /** How many applications the answer covers. */
  shown: number;
  /** How many applications the entity's annotations match. */
  total: number;
  /** What to do. */
  advice: DescribedAdvice;
}

/**
 * What somebody has to fix, by `ProblemCode` of the common library.
 *
 * @internal
 */
export interface ProblemSchema {
  code: string;
  parameters: MessageParameters;
  message: string;
  /** What to do. */
  advice: Message;
  /** Addresses, role ARNs or names, for callers with the permission `delivery.instances.read`. */
  detail?: Message;
}

/**
 * `GET entities/{kind}/{namespace}/{name}/deployments`
 *
 * @public
 */
export interface DeploymentsResponse {
  /** Set where the entity has more applications than an answer may hold. */
  truncated?: TruncatedApplications;
  /** The applications of each environment; environments come in configured order. */
  environments: {
    environment: string;
    deployments: Deployment[];
  }[];
  /** The instances that the entity's applications can be in. */
  instances: InstanceStatus[];
  /** What is wrong with the annotations, and what isn't shown; the rest is. */
  problems: DescribedApplicationProblem[];
  /** Nothing matched: which annotations were looked at, to be shown with what to do. */
  locator: {
    annotations: {
      [key: string]: string;
    };
  };
}

/**
 * An application with the policy by which the Image Updater takes images of one repository into it.
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
  /** Of the running versions, those that the repository had but no longer has, so pods that start elsewhere can't pull them. */
  removed?: ImageVersion[];
  state: PolicyState;
  /** The ImageUpdater resource that handles the application. */
  updater?: {
    namespace: string;
    name: string;
  };
  /** The Image Updater's settings for the image, as `ImagePolicy` of the common library. */
  policy?: ImagePolicy;
  /** Those of the other aliases of the repository. */
  otherPolicies?: ImagePolicy[];
  /** What the updater does next, given all images that are known. */
  next?: {
    outcome: SelectionOutcome;
    version?: ImageVersion;
    /** Whether the policy orders `version` before the running one. */
    downgrade?: boolean;
    reason: DescribedSelectionReason;
  };
  /** What is wrong with the settings, and what to do. */
  problems: DescribedPolicyProblem[];
}

/**
 * Settings of the Image Updater for an application that should be changed.
 *
 * @public
 */
export interface ApplicationFindings {
  /** As in `ImageApplication`. */
  key: string;
  application: ApplicationRef;
  environment: string;
  /** The worst first. */
  findings: DescribedLintFinding[];
}

/**
 * An image of a registry: one digest with all its tags.
 *
 * @public
 */
export interface ImageItem {
  repository: string;
  digest: string;
  tags: string[];
  /** The registry's own time; ISO 8601. */
  pushedAt?: string;
  /** When it was first seen; ISO 8601, UTC. */
  seenAt: string;
  /** Compressed, as it is pulled; of an index, what the registry gives for it. */
  sizeInBytes?: number;
  /** Of its manifest, or of its index of manifests for several platforms. */
  mediaType?: string;
  /** What it is the manifest of: for a container image, the media type of an image's configuration. */
  artifactMediaType?: string;
  /** When and for which platforms it was built, where a policy goes by it. */
  builds?: ImageBuild[];
  /** Of an index: what it holds for each platform. Absent: it is none, or couldn't be read. */
  children?: {
    digest: string;
    /** Such as `linux/amd64` or `linux/arm/v7`; absent for what runs nowhere, such as attestations. */
    platform?: string;
  }[];
  /** Digests of the indexes of its repository that hold it: without tags of its own, it is not a version but a part of theirs. */
  childOf?: string[];
  /** When it was last pulled, if the registry records that; ISO 8601. */
  lastPulledAt?: string;
  /** The registry's scan for vulnerabilities. For an index without its own scan: the merged scan of its platform images. */
  scan?: {
    /** In the registry's words: of ECR `COMPLETE` (basic), `ACTIVE` (enhanced), `FAILED`, `UNSUPPORTED_IMAGE` and others. */
    status: string;
    description?: string;
    /** When it ended, or when its findings last changed; ISO 8601. */
    at?: string;
    /** Findings by severity, such as `CRITICAL`; absent: not known. */
    severities?: {
      [key: string]: number;
    };
  };
  /** Keys of the applications that run it. */
  runsIn: string[];
  /** What the Image Updater makes of it, for each application that has a policy for its repository. */
  verdicts: {
    /** Key of the application. */
    key: string;
    /** The policy takes it, unless another version comes after it. */
    accepted: boolean;
    /** It is what the updater sets next, or what it set. */
    isNext: boolean;
    code: VerdictCode;
    reason: DescribedVerdictReason;
  }[];
  links: {
    image?: string;
  };
}

/**
 * `GET entities/{kind}/{namespace}/{name}/images?limit&cursor&repository`
 *
 * @public
 */
export interface ImagesResponse {
  /** Set where other applications of the entity, and images of only these, are left out. */
  truncated?: TruncatedApplications;
  /** The repositories of the entity's applications, and those that its annotations reference. */
  repositories: string[];
  /** What is wrong with the annotations that reference repositories, and which repositories can't be read. */
  problems: DescribedRepositoryProblem[];
  /** What signals name when any of this changes. */
  keys: string[];
  /** What each application does with the images of a repository, by environment. */
  applications: ImageApplication[];
  /** The applications with settings that the Image Updater ignores or misreads, or that do harm. */
  findings?: ApplicationFindings[];
  /** Newest first, by when they were pushed. */
  items: ImageItem[];
  /** Where the Image Updater runs, as `os/architecture`: what it looks for where a policy names no platforms. Absent: `linux/amd64`. */
  updaterPlatform?: string;
  /** Pass as `cursor` to get the next page; absent on the last one. */
  nextCursor?: string;
}

/**
 * What a version is in one environment.
 *
 * @internal
 */
export interface VersionCellSchema {
  environment: string;
  /** At least one; what matters most first. */
  states: {
    /** `failed`: its sync failed, or an application is Degraded with it; `rolled-back`: an earlier deployment was put in its place; `skipped`: it was on its way, but was never deployed. */
    state:
      | 'failed'
      | 'on-its-way'
      | 'running'
      | 'rolled-back'
      | 'was-here'
      | 'skipped';
    /** How many applications of the environment have this state. */
    applications: number;
    /** Since when it runs, when it reached `stage`, or when it failed or ended; the latest of these applications. ISO 8601, UTC. */
    at?: string;
    /** The stage that all these applications have reached; only with `on-its-way`. */
    stage?: 'pushed' | 'proposed' | 'committed' | 'synced' | 'healthy';
    /** The latest times in which it was live, newest first. A version can be somewhere more than once. A time that isn't known is absent. */
    stays: {
      from?: string;
      to?: string;
    }[];
    /** Id of the promotion that the state is taken from. */
    promotion?: string;
  }[];
}

/**
 * A version of an image repository, with what it is in each environment.
 *
 * @public
 */
export interface VersionItem {
  /** Unique among the versions of the repository, also across pages. */
  id: string;
  version: ImageVersion;
  /** All known tags; that of `version` first. */
  tags: string[];
  /** When it began its way, or was pushed; versions are sorted by it. ISO 8601, UTC. */
  at?: string;
  /** The registry's own time; ISO 8601. */
  pushedAt?: string;
  /** The registry had it, but has it no more. */
  removed?: boolean;
  /** As in `ImageItem`. */
  scan?: {
    status: string;
    description?: string;
    at?: string;
    severities?: {
      [key: string]: number;
    };
  };
  /** In the order of the environments; those that it never was in are left out. */
  cells: VersionCell[];
  /** The commits of the configuration that brought it into environments. */
  commits: {
    repoUrl: string;
    revision: string;
    /** False: the revision only contains the change. */
    exact: boolean;
    author?: string;
    message?: string;
    environments: string[];
    /** The commit's page on its Git host. */
    url?: string;
  }[];
  links: {
    image?: string;
  };
}

/**
 * `GET entities/{kind}/{namespace}/{name}/versions?repository&environment&limit&cursor`
 *
 * @public
 */
export interface VersionsResponse {
  /** Set where other applications of the entity are left out. */
  truncated?: TruncatedApplications;
  /** The image repositories of the applications; their own come before sidecars. */
  repositories: string[];
  /** Whose versions these are: the requested repository, or the first. Absent: the entity has none. */
  repository?: string;
  /** In configured order. */
  environments: {
    environment: string;
    /** How many applications it has. */
    applications: number;
  }[];
  /** Newest first. */
  items: VersionItem[];
  /** Only on the first page: the versions that run or are on their way, but are on later pages, where they come again. Newest first. */
  older?: VersionItem[];
  /** Pass as `cursor` to get the next page; absent on the last one. */
  nextCursor?: string;
}

/**
 * What somebody has to look at.
 *
 * @public
 */
export interface AttentionItem {
  /** `waiting`: a promotion that doesn't go on by itself; `annotations`, `repositories`: what is wrong with those of the entity; `settings`: those of the Image Updater. */
  kind:
    | 'instance-unreachable'
    | 'sync-failed'
    | 'degraded'
    | 'missing'
    | 'waiting'
    | 'annotations'
    | 'repositories'
    | 'settings';
  /** Name of the Argo CD instance that is unreachable. */
  instance?: string;
  environment?: string;
  application?: ApplicationRef;
  /** Key of the application. */
  key?: string;
  reason?: DescribedMessage;
}

/**
 * `GET entities/{kind}/{namespace}/{name}/overview`
 *
 * @public
 */
export interface OverviewResponse {
  /** As `deployments` answers. */
  deployments: DeploymentsResponse;
  /** The first page, as `promotions` answers. */
  promotions: PromotionsResponse;
  /** The newest 20, as `images` answers. */
  images: ImagesResponse;
  /** The most urgent first. */
  attention: AttentionItem[];
}

/**
 * `GET instances`
 *
 * @public
 */
export interface InstancesResponse {
  items: InstanceStatus[];
}

/**
 * The query of `getPromotions`.
 *
 * @public
 */
export interface PromotionsRequest {
  /** How many promotions a page has at most. */
  limit?: number;
  /** `nextCursor` of the page before, of the same list. */
  cursor?: string;
  /** Only promotions into this environment. */
  environment?: string;
  /** Only what is of this image repository. */
  repository?: string;
  /** Only promotions with this outcome; `open` for those that have none yet. */
  outcome?:
    | 'open'
    | 'live'
    | 'failed'
    | 'superseded'
    | 'rolled-back'
    | 'abandoned';
}

/**
 * The query of `getImages`.
 *
 * @public
 */
export interface ImagesRequest {
  /** How many images a page has at most. */
  limit?: number;
  /** `nextCursor` of the page before, of the same list. */
  cursor?: string;
  /** Only what is of this image repository. */
  repository?: string;
}

/**
 * The query of `getVersions`.
 *
 * @public
 */
export interface VersionsRequest {
  /** How many versions a page has at most. */
  limit?: number;
  /** `nextCursor` of the page before, of the same list. */
  cursor?: string;
  /** Only versions of this environment. */
  environment?: string;
  /** Only what is of this image repository. */
  repository?: string;
}
