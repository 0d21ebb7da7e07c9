// Generated from openapi.yaml by `yarn workspace @landfall/backstage-plugin-delivery-backend generate`; do not edit.

import type {
  ActionRecord,
  ApplicationFleetState,
  ApplicationRef,
  DescribedActionRefusal,
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
  DurationFigures,
  FleetSort,
  FleetState,
  HealthStatus,
  ImageBuild,
  ImagePolicy,
  ImageVersion,
  Initiator,
  MergeRequest,
  PerformanceFigures,
  PodFailure,
  PolicyState,
  ResourceRef,
  SelectionOutcome,
  StageTime,
  SyncStatus,
  VerdictCode,
  VersionCell,
} from '../domainTypes';

/**
 * Why an action isn't possible. `code` is one of the catalogue's topic `action`; the topic `remedy` has what to do under the same name.
 *
 * @internal
 */
export interface ActionRefusalSchema {
  code: string;
  parameters?: {
    [key: string]: string;
  };
  message: string;
  advice?: string;
}

/**
 * @internal
 */
export interface AvailableActionsSchema {
  actionKey: string;
  items: {
    action:
      | 'refresh'
      | 'hard-refresh'
      | 'sync'
      | 'terminate'
      | 'rollback'
      | 'rollout-promote'
      | 'rollout-promote-full'
      | 'rollout-abort'
      | 'rollout-retry'
      | 'rollout-restart'
      | 'promote'
      | 'revert'
      | 'resume-updates';
    allowed: boolean;
    /** Entity refs of those of whom one has to approve it. */
    approvers?: string[];
    refusal?: DescribedActionRefusal;
  }[];
}

/**
 * @internal
 */
export interface ResourceRefSchema {
  group?: string;
  kind: string;
  namespace?: string;
  name: string;
}

/**
 * A change of versions in Git.
 *
 * @internal
 */
export interface VersionChangeRequestSchema {
  action: 'promote' | 'revert' | 'resume-updates';
  items: {
    /** Of the catalog entity that owns the application. */
    entityRef: string;
    application: ApplicationRef;
    expected: {
      actionKey: string;
    };
    /** Image repository, without a tag. */
    repository: string;
    /** The version to set; not for `resume-updates`. */
    tag?: string;
  }[];
  /** By a merge request (the default), or by a commit to the branch that Argo CD follows. */
  via?: 'request' | 'commit';
  /** Also makes the Image Updater leave the version alone until updates are resumed. By default, only for `revert`, where it would move the version again; not for `resume-updates`. */
  hold?: boolean;
  reason?: string;
}

/**
 * What a change of versions would do.
 *
 * @internal
 */
export interface VersionChangePreviewSchema {
  /** One for each configuration repository and branch. */
  changes: {
    repositoryUrl: string;
    branch: string;
    title: string;
    description: string;
    files: {
      path: string;
      diff: string;
    }[];
    via: 'request' | 'commit';
  }[];
  items: {
    application: ApplicationRef;
    repository: string;
    from?: string;
    to?: string;
    notes: {
      code: string;
      parameters: {
        [key: string]: string;
      };
      message: string;
    }[];
    refusal?: DescribedActionRefusal;
  }[];
}

/**
 * One action of somebody, as it is kept.
 *
 * @internal
 */
export interface ActionRecordSchema {
  id: string;
  action:
    | 'refresh'
    | 'hard-refresh'
    | 'sync'
    | 'terminate'
    | 'rollback'
    | 'rollout-promote'
    | 'rollout-promote-full'
    | 'rollout-abort'
    | 'rollout-retry'
    | 'rollout-restart'
    | 'promote'
    | 'revert'
    | 'resume-updates';
  /** `accepted`: the other system has taken it, and its result isn't there yet. `waiting`: somebody has to approve it. `unknown`: nobody can say whether the other system got it. */
  state:
    | 'waiting'
    | 'requested'
    | 'accepted'
    | 'succeeded'
    | 'failed'
    | 'rejected'
    | 'unknown';
  application: ApplicationRef;
  environment: string;
  user: string;
  approver?: string;
  reason?: string;
  requestedAt: string;
  changedAt: string;
  version?: {
    repository: string;
    tag: string;
    from?: string;
  };
  change?: {
    url?: string;
    kind: 'commit' | 'request';
    requestState?: 'open' | 'approved' | 'merged' | 'closed';
  };
  options?: {
    prune?: boolean;
    dryRun?: boolean;
    force?: boolean;
    replace?: boolean;
    resources?: ResourceRef[];
    historyId?: number;
    rollout?: string;
  };
  message?: string;
}

/**
 * @internal
 */
export interface ActionsResponseSchema {
  items: ActionRecord[];
  nextCursor?: string;
}

/**
 * What to do. `expected` is what the caller saw. The other fields depend on the action: `sync` takes `resources`, `prune`, `dryRun`, `force` and `replace`; `rollback` takes `historyId`, `prune` and `dryRun`; actions on Rollouts take `rollout`.
 *
 * @internal
 */
export interface ActionRequestSchema {
  action:
    | 'refresh'
    | 'hard-refresh'
    | 'sync'
    | 'terminate'
    | 'rollback'
    | 'rollout-promote'
    | 'rollout-promote-full'
    | 'rollout-abort'
    | 'rollout-retry'
    | 'rollout-restart';
  expected: {
    /** As in the deployment that the page showed. */
    actionKey: string;
  };
  reason?: string;
  resources?: ResourceRef[];
  prune?: boolean;
  dryRun?: boolean;
  force?: boolean;
  replace?: boolean;
  historyId?: number;
  rollout?: {
    namespace?: string;
    name: string;
  };
}

/**
 * Durations in milliseconds; the nearest-rank percentiles are absent without any.
 *
 * @internal
 */
export interface DurationFiguresSchema {
  count: number;
  p50Ms?: number;
  p90Ms?: number;
}

/**
 * How well versions were delivered in one period, by when they were deployed.
 *
 * @internal
 */
export interface PerformanceFiguresSchema {
  /** How many became Healthy. */
  deployments: number;
  /** How many became Healthy or failed. */
  attempts: number;
  /** How many of the attempts failed or were rolled back, even if they recovered. */
  failures: number;
  /** From the push of a version until it was Healthy. */
  leadTime: DurationFigures;
  /** How long `count` versions together took to reach each stage, from the one before it. */
  leadTimeStages: {
    count: number;
    totalMs: {
      proposed?: number;
      committed?: number;
      synced?: number;
      healthy?: number;
    };
  };
  /** From the failure of a deployment until a version was Healthy, or the rollback was applied. */
  restoreTime: DurationFigures;
  /** How many versions have times that were observed rather than reported. */
  observed: number;
  /** How many versions, or deployments, aren't part of figures, by `LeftOutReason` of the common library. */
  leftOut: {
    'before-watch'?: number;
    repeated?: number;
    'under-way'?: number;
    unconfirmed?: number;
    'no-push-time'?: number;
    'no-stage-times'?: number;
    'no-failure-time'?: number;
    'not-restored'?: number;
  };
}

/**
 * `GET performance?entity&owner&system&environment&from&to&interval`
 *
 * @public
 */
export interface PerformanceResponse {
  /** The first day, in UTC. */
  from: string;
  /** The last day. */
  to: string;
  interval: 'day' | 'week';
  /** Those that can be asked for, in their order. */
  environments: string[];
  /** How many applications the figures are about. */
  applications: number;
  /** Set where other applications of the entity are left out. */
  truncated?: TruncatedApplications;
  /** When the first of the applications was observed; ISO 8601. Nothing is known from before. */
  watchedSince?: string;
  /** The day from which nothing is deleted yet. */
  keptSince?: string;
  /** The whole period. */
  current: PerformanceFigures;
  /** The same number of days before it. */
  previous: PerformanceFigures;
  /** The parts of the period, oldest first. */
  buckets: {
    /** The first day. */
    from: string;
    /** The last day. */
    to: string;
    figures: PerformanceFigures;
  }[];
}

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
  /** The page of the newest running version in its registry; absent if it has none. */
  link?: string;
}

/**
 * Pods that don't start or that crash, all for the same reason.
 *
 * @internal
 */
export interface PodFailureSchema {
  pod: string;
  namespace?: string;
  pods: number;
  reason?: string;
  message?: string;
}

/**
 * Where an application's manifests come from, if not from one path of a Git repository.
 *
 * @public
 */
export interface DeployedSources {
  /** How many sources it has. */
  total: number;
  /** The Helm charts among them. */
  charts: {
    name: string;
    /** What the application is compared with, or the requested version or range. */
    version?: string;
  }[];
}

/**
 * An annotation by which the entity would get applications that provably belong to it.
 *
 * @public
 */
export interface ApplicationSuggestion {
  annotation: string;
  value: string;
  /** Which ones, by instance, namespace and name. */
  applications: ApplicationRef[];
  /** Repositories that the images of their pods come from, as in image references, at most 20. Absent if none run. */
  repositories?: string[];
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
  /** Changes with whatever an action on the application depends on: what Git wants, what runs, its operation. Actions send it back, so that nobody acts on something else than the page showed. It may also change with a commit that changes nothing of the application; the one of before is accepted then. */
  actionKey?: string;
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
  /** Why its pods fail; absent if none does, or while it is well. */
  podFailures?: PodFailure[];
  /** Absent for a single source that is a path in a Git repository. */
  sources?: DeployedSources;
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
  /** Of an entity without annotations: applications that look like it and provably belong to it (`delivery.access`), whatever the mode for reading is. Absent if there are none. */
  suggestions?: ApplicationSuggestion[];
  /** Set if no Argo CD is configured at all. */
  unconfigured?: boolean;
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
 * What the Image Updater would do with one image repository of an application.
 *
 * @public
 */
export type WouldUpdateApplication = ImageApplication & {
  /** On the tag that was asked about; absent if the application has no policy for the repository. */
  verdict?: {
    tag: string;
    /** The registry has it. */
    known: boolean;
    /** The policy takes it, unless another version comes after it. */
    accepted: boolean;
    /** Of all known versions, it is the one that the updater sets, or set. */
    isNext: boolean;
    code: VerdictCode;
    reason: DescribedVerdictReason;
  };
  /** Versions that the updater does not choose, and why; of those that the registry has, the last 20 pushed, newest first. */
  others: {
    tag: string;
    code: VerdictCode;
    reason: DescribedVerdictReason;
  }[];
  /** How many versions it does not choose. */
  othersTotal: number;
};

/**
 * `GET entities/{kind}/{namespace}/{name}/would-update?repository&tag&environment`
 *
 * @public
 */
export interface WouldUpdateResponse {
  /** Set where other applications of the entity are left out. */
  truncated?: TruncatedApplications;
  /** The image repositories of the entity's applications, and those that its annotations reference. */
  repositories: string[];
  /** By environment; one for each image repository of an application. */
  applications: WouldUpdateApplication[];
  /** The applications among these with settings that the Image Updater ignores or misreads, or that do harm. */
  findings: ApplicationFindings[];
}

/**
 * An application that uses an image repository, with what it runs of it.
 *
 * @public
 */
export interface ImageUserItem {
  /** Full refs of the services that it belongs to, among those that the caller may see. */
  entityRefs: string[];
  application: ApplicationRef;
  environment: string;
  repository: string;
  /** What live pods run; two while a rollout is under way. Empty, if no pod runs it. */
  running: ImageVersion[];
  health: HealthStatus;
  sync: SyncStatus;
  /** When the version of the application's main image that runs got there; ISO 8601. */
  deployedAt?: string;
}

/**
 * `GET image-users?repository&tag&digest&environment&limit`
 *
 * @public
 */
export interface ImageUsersResponse {
  /** The full names of the repositories that were found. */
  repositories: string[];
  /** How many applications match. */
  total: number;
  /** The first of them, by environment and service. */
  items: ImageUserItem[];
  /** The Argo CD instances among these that can't be reached; their applications are shown as they were last seen. */
  unreachable: string[];
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
 * An application as the fleet page shows it in a cell.
 *
 * @public
 */
export interface FleetApplication {
  /** As in `Deployment`. */
  key: string;
  application: ApplicationRef;
  environment: string;
  /** What is counted of it, the most urgent first; `stale` follows from its instance's state. */
  states: ApplicationFleetState[];
  /** The versions that live pods run of its main image, the old one first; empty: no pod runs. */
  running: string[];
  /** The version under way, the one that Git wants, or the one that Image Updater would write now, if it doesn't run yet. */
  next?: string;
  health: HealthStatus;
  sync: SyncStatus;
  /** Of the latest or running sync operation. */
  phase?: string;
  /** When the version that runs got there; ISO 8601. */
  deployedAt?: string;
  /** What a version waits for, where somebody has to do something; without note and advice. */
  waiting?: DescribedStuckReason;
  /** The newest version that only the constraint of the update policy excludes. */
  held?: {
    version: string;
    reason: DescribedVerdictReason;
  };
}

/**
 * A catalog entity with its applications.
 *
 * @public
 */
export interface FleetService {
  entityRef: string;
  kind: string;
  namespace: string;
  name: string;
  title?: string;
  /** Full ref of the first owner. */
  owner?: string;
  /** Full ref. */
  system?: string;
  /** How many applications the filter matches. */
  applicationCount: number;
  /** The first 50 of them, the most urgent first. */
  applications: FleetApplication[];
}

/**
 * The values by which the services that the caller may see can be filtered, each sorted.
 *
 * @public
 */
export interface FleetFacets {
  owners: string[];
  systems: string[];
  /** In the configured order. */
  environments: string[];
  clusters: string[];
}

/**
 * How many services have an application in each state; the other filters apply.
 *
 * @public
 */
export interface FleetCounters {
  stuck: number;
  degraded: number;
  'out-of-sync': number;
  updating: number;
  'update-available': number;
  held: number;
  stale: number;
}

/**
 * `GET fleet?limit&cursor&search&owner&system&environment&cluster&instance&state&sort`
 *
 * @public
 */
export interface FleetResponse {
  /** How many services match all filters. */
  total: number;
  counters: FleetCounters;
  /** Only on the first page. */
  facets?: FleetFacets;
  instances: InstanceStatus[];
  services: FleetService[];
  /** What signals name when any of this changes. */
  keys: string[];
  /** Pass as `cursor` to get the next page; absent on the last one. */
  nextCursor?: string;
}

/**
 * `GET entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}`
 *
 * @public
 */
export interface ApplicationDetails {
  environment: string;
  /** The state of its Argo CD instance. */
  instance: InstanceStatus;
  deployment: Deployment;
  /** The hydrated one, where Argo CD hydrates manifests. */
  sources: ApplicationSourceItem[];
  /** Where people write manifests that Argo CD hydrates. */
  drySource?: ApplicationSourceItem;
  /** Successful, full syncs, newest first. */
  history: ApplicationHistoryItem[];
  /** What the Image Updater does with its images. */
  updater: {
    /** For each image repository, the policy and what it chooses now. */
    applications: ImageApplication[];
    /** Settings that should be changed. */
    findings: ApplicationFindings[];
    /** The newest images that a policy is for, and why it takes or rejects them. */
    images: ImageItem[];
  };
}

/**
 * A source of an application. Parameters other than those that carry images aren't kept, since they may be secret.
 *
 * @public
 */
export interface ApplicationSourceItem {
  repoUrl: string;
  path?: string;
  chart?: string;
  targetRevision?: string;
  /** The name by which the values files of other sources refer to this one. */
  ref?: string;
  /** As Argo CD detected it, such as `Helm` or `Directory`. */
  type?: string;
  valueFiles?: string[];
  helmParameters?: {
    name: string;
    value: string;
  }[];
  kustomizeImages?: string[];
  /** The revision that the live state is compared with. */
  revision?: ApplicationRevision;
}

/**
 * A revision of a source, with what is known of its commit.
 *
 * @public
 */
export interface ApplicationRevision {
  repoUrl: string;
  /** Set if the revision is the version of a chart. */
  chart?: string;
  revision: string;
  author?: string;
  /** When it was written; ISO 8601. */
  date?: string;
  message?: string;
  /** The commit's page at its Git host. */
  link?: string;
}

/**
 * @public
 */
export interface ApplicationHistoryItem {
  /** Argo CD's, as a rollback names it. */
  id: number;
  deployStartedAt?: string;
  deployedAt: string;
  initiatedBy?: Initiator;
  /** One for each source. */
  revisions: ApplicationRevision[];
}

/**
 * `GET …/applications/{instance}/{applicationNamespace}/{applicationName}/resources`. Read from Argo CD on request; what couldn't be read is in `problems`.
 *
 * @public
 */
export interface ApplicationResources {
  /** How many resources there are; `nodes` has at most the first 1000. */
  total: number;
  nodes: ApplicationResourceNode[];
  rollouts: ApplicationRollout[];
  /** What the running or latest operation did with each resource; absent if there was none, or if it couldn't be read. */
  syncResult?: ApplicationSyncResult[];
  /** Of each source, in their order, what the application passes to its tool; values that are or may be secret are hidden. Absent if they couldn't be read. */
  parameters?: {
    /** Such as `image.tag` or `commonLabels.team`. */
    name: string;
    value: string;
  }[][];
  problems: {
    part: 'nodes' | 'sync' | 'rollouts';
    error: DescribedInstanceError;
  }[];
}

/**
 * @public
 */
export interface ApplicationResourceNode {
  /** Distinguishes it from the other nodes. */
  id: string;
  /** Ids of its owners. */
  parents: string[];
  /** Empty for the core group. */
  group: string;
  kind: string;
  namespace?: string;
  name: string;
  health?: {
    status: HealthStatus;
    message?: string;
  };
  /** In Argo CD's words, such as `OutOfSync`; absent for what others own. */
  syncStatus?: string;
  /** Git no longer has it. */
  requiresPruning?: boolean;
  hook?: boolean;
  images: string[];
  /** Argo CD's short details. */
  info: {
    name: string;
    value: string;
  }[];
  createdAt?: string;
}

/**
 * @public
 */
export interface ApplicationSyncResult {
  group: string;
  kind: string;
  namespace?: string;
  name: string;
  status?: string;
  message?: string;
  hookType?: string;
  hookPhase?: string;
}

/**
 * A Rollout of Argo Rollouts.
 *
 * @public
 */
export interface ApplicationRollout {
  namespace?: string;
  name: string;
  strategy: 'canary' | 'blueGreen' | 'unknown';
  phase?: string;
  message?: string;
  aborted: boolean;
  pauses: {
    reason: string;
    startedAt?: string;
  }[];
  steps: {
    kind: string;
    weight?: number;
    duration?: string;
    templates?: string[];
  }[];
  /** The step under way; the number of steps when all are done. */
  currentStep?: number;
  /** Percentage of traffic that the new version gets. */
  weight?: number;
  analyses: {
    name: string;
    kind: 'step' | 'background' | 'pre-promotion' | 'post-promotion';
    status: string;
    message?: string;
  }[];
}

/**
 * `GET …/applications/{instance}/{applicationNamespace}/{applicationName}/diff?group&kind&namespace&name`. The live state of a resource against what a sync would make of it, as lines of YAML with sorted keys. Values that are or may be secret are hidden.
 *
 * @public
 */
export interface ApplicationDiff {
  /** `missing`: the cluster lacks it; `extra`: Git no longer has it; `too-large`: it has too many lines to compare. */
  state?: 'same' | 'different' | 'missing' | 'extra' | 'too-large';
  hunks: {
    /** Number of its first line in the live state. */
    liveStart: number;
    desiredStart: number;
    lines: {
      kind: 'context' | 'live' | 'desired';
      text: string;
    }[];
  }[];
  /** Why it couldn't be read; then there is no `state`. */
  error?: DescribedInstanceError;
}

/**
 * `GET …/applications/{instance}/{applicationNamespace}/{applicationName}/events?resource`
 *
 * @public
 */
export interface ApplicationEvents {
  /** Kubernetes events of the Application or the resource, newest first; at most 200. */
  items: {
    /** `Normal` or `Warning`. */
    type: string;
    reason: string;
    message: string;
    count: number;
    firstAt?: string;
    lastAt?: string;
  }[];
  /** Why they couldn't be read. */
  error?: DescribedInstanceError;
}

/**
 * The query of `getPerformance`.
 *
 * @public
 */
export interface PerformanceRequest {
  /** Only the applications of this entity; its full ref, such as `component:default/api`. */
  entity?: string;
  /** Only the services of this owner; its full ref, such as `group:default/shop`. */
  owner?: string;
  /** Only the services of this system; its full ref, such as `system:default/shop`. */
  system?: string;
  /** Only deployments into this environment. */
  environment?: string;
  /** The first day, in UTC; by default, 27 days before the last. */
  from?: string;
  /** The last day, in UTC; by default, today. */
  to?: string;
  /** The length of a bucket. Weeks begin with the first day of the period. */
  interval?: 'day' | 'week';
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
 * The query of `getWouldUpdate`.
 *
 * @public
 */
export interface WouldUpdateRequest {
  /** Only what is of this image repository. */
  repository?: string;
  /** Judges this tag, too. If the registry doesn't have it, as if it had been pushed just now. */
  tag?: string;
  /** Only applications in this environment. */
  environment?: string;
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

/**
 * The query of `getImageUsers`.
 *
 * @public
 */
export interface ImageUsersRequest {
  /** The image repository, such as `registry.example.com/shop/api`; where no repository has this name, those that have it after their host. */
  repository: string;
  /** Only applications that run this tag. */
  tag?: string;
  /** Only applications that run this digest. */
  digest?: string;
  /** Only applications in this environment. */
  environment?: string;
  /** How many applications are listed at most. */
  limit?: number;
}

/**
 * The query of `getFleet`.
 *
 * @public
 */
export interface FleetRequest {
  /** How many services a page has at most. */
  limit?: number;
  /** `nextCursor` of the page before, of the same list. */
  cursor?: string;
  /** Only services with this text in their title or name. */
  search?: string;
  /** Only services of this owner; a full entity ref. */
  owner?: string;
  /** Only services of this system; a full entity ref. */
  system?: string;
  /** Only applications in this environment. */
  environment?: string;
  /** Only applications in this cluster; its name, or else its URL. */
  cluster?: string;
  /** Only applications of this Argo CD instance. */
  instance?: string;
  /** Only services with an application in this state. */
  state?: FleetState;
  /** `name` and `owner`: ascending; `urgency`: the most urgent first; `deployed`: the latest first. */
  sort?: FleetSort;
}

/**
 * The query of `getApplicationDiff`.
 *
 * @public
 */
export interface ApplicationDiffRequest {
  /** API group of the resource; absent or empty for the core group. */
  group?: string;
  kind: string;
  /** Absent for a resource without one. */
  namespace?: string;
  name: string;
}

/**
 * The query of `getApplicationEvents`.
 *
 * @public
 */
export interface ApplicationEventsRequest {
  /** Of this resource instead of the Application: its `id` among the application's resources. */
  resource?: string;
}
