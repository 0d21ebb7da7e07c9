import type { ApplicationProblem } from '../locator';
import type {
  ApplicationCondition,
  ApplicationRef,
  ApplicationResource,
  HealthStatus,
  SyncStatus,
} from '../model/application';
import type { ImageVersion } from '../model/promotion';
import type { DescribedStuckReason } from '../stuck';
import type { DescribedPromotion } from './describe';
import type { InstanceErrorCode } from './instanceErrors';

/**
 * The state of one configured Argo CD instance, as its watch sees it.
 *
 * @public
 */
export interface InstanceStatus {
  name: string;
  /** `connecting`: not read yet since the start; `live`: the stream is open; `unreachable`: what is shown is as of `lastHeardAt`. */
  state: 'connecting' | 'live' | 'unreachable';
  /** Since when it is in this state; ISO 8601, UTC. */
  since: string;
  /** When Argo CD last told us anything (an event, a heartbeat, a list). */
  lastHeardAt?: string;
  /** Applications kept of it. */
  applications: number;
  /** Why it isn't live, or, when it is, why not all applications are followed. */
  errorCode?: InstanceErrorCode;
  /**
   * The same in words: Argo CD's own message, addresses and names of applications
   * for callers with the permission `delivery.instances.read`; a sentence without
   * any of these for others.
   */
  error?: string;
}

/**
 * One image of an application: what runs, and what Git wants.
 *
 * @public
 */
export interface DeployedImage {
  /** With registry host, without tag. */
  repository: string;
  /** What live pods run; two while a rollout is on, old one first. Empty: no pod runs. */
  running: ImageVersion[];
  /** What the latest sync applied, when it is known and differs from what runs. */
  desired?: ImageVersion;
}

/**
 * An application as the Deployments card shows it.
 *
 * @public
 */
export interface Deployment {
  application: ApplicationRef;
  /** Identifies the application in signals (`DELIVERY_CHANNEL`), without naming it. */
  key: string;
  project: string;
  destination: { server?: string; name?: string; namespace?: string };
  health: { status: HealthStatus; message?: string; since?: string };
  sync: { status: SyncStatus; revisions: string[]; outOfSync: number };
  /** The latest or running sync operation. */
  operation?: {
    phase: string;
    message?: string;
    startedAt: string;
    finishedAt?: string;
    initiatedBy?: { username?: string; automated: boolean };
  };
  images: DeployedImage[];
  /** When the version that runs got there; ISO 8601. */
  deployedAt?: string;
  /** Author of the revision that runs, such as `argocd-image-updater <noreply@argoproj.io>`. */
  deployedBy?: string;
  automatedSync: boolean;
  conditions: ApplicationCondition[];
  unwell: ApplicationResource[];
  /** The promotion under way, if there is one. */
  promotion?: DescribedPromotion;
  /** What `promotion` waits for. */
  waiting?: DescribedStuckReason;
  links: { argocd?: string; commit?: string; external: string[] };
}

/**
 * Applications of one environment; environments come in configured order.
 *
 * @public
 */
export interface EnvironmentDeployments {
  environment: string;
  deployments: Deployment[];
}

/**
 * That an answer holds only the first of an entity's applications.
 *
 * @public
 */
export interface TruncatedApplications {
  /** How many applications the answer holds. */
  shown: number;
  /** How many applications the entity's annotations match. */
  total: number;
  /** What to do, in a sentence. */
  advice: string;
}

/**
 * `GET entities/{kind}/{namespace}/{name}/deployments`
 *
 * @public
 */
export interface DeploymentsResponse {
  environments: EnvironmentDeployments[];
  /** Set where the entity has more applications than an answer may hold; also promotions and images are those of the applications in it. */
  truncated?: TruncatedApplications;
  /** The instances that the entity's applications can be in. */
  instances: InstanceStatus[];
  /** What is wrong with the annotations, and what isn't shown; the rest is. */
  problems: ApplicationProblem[];
  /** Nothing matched: which annotations were looked at, to be shown with what to do. */
  locator: { annotations: Record<string, string> };
}

/**
 * `GET entities/{kind}/{namespace}/{name}/promotions?limit&cursor&environment&repository&outcome`
 *
 * @public
 */
export interface PromotionsResponse {
  /** Newest first. */
  items: PromotionItem[];
  /** Pass as `cursor` to get the next page; absent on the last one. */
  nextCursor?: string;
}

/**
 * A promotion with what a page needs to draw it.
 *
 * @public
 */
export interface PromotionItem extends DescribedPromotion {
  environment: string;
  /** What it waits for, while it is under way or failed. */
  waiting?: DescribedStuckReason;
  links: { argocd?: string; commit?: string; image?: string };
}

/**
 * The signal channel on which the backend tells open pages that something
 * changed. It carries no names: a page compares `keys` with those of its own
 * deployments and reads again what changed.
 *
 * @public
 */
export const DELIVERY_CHANNEL = 'delivery';

/**
 * @public
 */
export interface DeliverySignal {
  /** Keys of applications whose deployment or promotions changed, and of repositories that entities name. */
  keys: string[];
  /** An application appeared, so that a page without a match may have one now. */
  appeared: boolean;
  /** The state of an Argo CD instance changed. */
  instances: boolean;
}
