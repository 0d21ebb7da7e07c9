import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationOperation,
} from '../../model/application';
import type { Promotion } from '../../model/promotion';
import { API, Simulation } from '../../testing/simulation';
import { emptyMemory } from '../observe/lifecycle';
import type { PendingContext } from '../derive/pendingContext';
import type { ObservedRepository } from '../observedRepository';
import { PromotionDraft } from '../PromotionDraft';
import type {
  DeliveryState,
  KnownImage,
  KnownRevision,
  ReducerMemory,
  RepositoryMemory,
  Rollout,
} from '../types';
import type { VersionEvidence } from '../versionEvidence';

export const CONFIG = 'https://git.example.com/shop/config.git';

/** A time on a fixed day: `at('12:00')`. */
export function at(time: string): string {
  return `2026-01-01T${time}${time.length === 5 ? ':00' : ''}.000Z`;
}

/** A commit id made of one repeated digit. */
export function sha(digit: string): string {
  return digit.repeat(40);
}

/** A digest made of one repeated hexadecimal digit. */
export function digest(digit: string): string {
  return `sha256:${digit.repeat(64)}`;
}

export function source(tag?: string) {
  return {
    repoUrl: CONFIG,
    path: 'api',
    ...(tag && {
      helmParameters: [
        { name: 'image.repository', value: API },
        { name: 'image.tag', value: tag },
      ],
    }),
  };
}

/** Healthy and Synced, with `1.0.0` in its only pod. */
export function application(overrides: Partial<Application> = {}): Application {
  return {
    ref: Simulation.ref,
    uid: 'uid-1',
    project: 'shop',
    labels: {},
    annotations: {},
    destination: {},
    sources: [source()],
    automatedSync: true,
    sync: { status: 'Synced', revisions: [sha('a')] },
    health: { status: 'Healthy', lastTransitionTime: at('12:05') },
    images: [`${API}:1.0.0`],
    externalUrls: [],
    history: [],
    conditions: [],
    resources: { total: 1, outOfSync: 0, unwell: [] },
    reconciledAt: at('12:10'),
    ...overrides,
  };
}

export function entry(
  id: number,
  overrides: Partial<ApplicationHistoryEntry> = {},
): ApplicationHistoryEntry {
  const minute = String(id).padStart(2, '0');
  return {
    id,
    revisions: [sha('a')],
    sources: [source()],
    deployStartedAt: at(`12:${minute}`),
    deployedAt: at(`12:${minute}:30`),
    ...overrides,
  };
}

/** A full sync that succeeded. */
export function operation(
  overrides: Partial<ApplicationOperation> = {},
): ApplicationOperation {
  return {
    phase: 'Succeeded',
    startedAt: at('12:01'),
    finishedAt: at('12:02'),
    dryRun: false,
    partial: false,
    revisions: [sha('a')],
    images: [],
    ...overrides,
  };
}

export function promotion(
  id: string,
  overrides: Partial<Promotion> = {},
): Promotion {
  return {
    id,
    application: Simulation.ref,
    repository: API,
    version: { tag: '1.0.0' },
    stages: {},
    ...overrides,
  };
}

/** A promotion and a rollout of one version have the same id. */
export function rollout(
  promotionId: string,
  tag: string,
  overrides: Partial<Rollout> = {},
): Rollout {
  return {
    promotionId,
    repository: API,
    version: { tag },
    revisions: [sha('a')],
    position: 1,
    rollback: false,
    parameters: false,
    ...overrides,
  };
}

export function image(
  tag: string,
  pushedAt: string,
  overrides: Partial<KnownImage> = {},
): KnownImage {
  return {
    repository: API,
    digest: digest(tag.slice(-1)),
    tags: [tag],
    pushedAt,
    seenAt: pushedAt,
    ...overrides,
  };
}

/** A commit of the Image Updater for the application of the tests. */
export function updaterCommit(
  revision: string,
  tag: string,
  former = '1.0.0',
): KnownRevision {
  return {
    repoUrl: CONFIG,
    revision,
    author: 'argocd-image-updater',
    date: at('12:30'),
    message: `build: automatic update of ${Simulation.ref.name}\n\nupdates image shop/api tag '${former}' to '${tag}'`,
  };
}

/** Evidence from a commit of the Image Updater. */
export function evidence(
  tag: string,
  position: number,
  overrides: Partial<VersionEvidence> = {},
): VersionEvidence {
  const revision = sha(String(position));
  return {
    version: { tag },
    position,
    at: at('12:31'),
    revision: { repoUrl: CONFIG, revision, sourceIndex: 0 },
    commit: updaterCommit(revision, tag),
    exact: true,
    certain: true,
    ...overrides,
  };
}

export interface DraftOptions
  extends Partial<Omit<DeliveryState, 'memory' | 'ref'>> {
  memory?: Partial<ReducerMemory>;
  /** Memory of the repository `API`. */
  repository?: Partial<RepositoryMemory>;
}

export function stateOf({
  memory,
  repository,
  ...state
}: DraftOptions = {}): DeliveryState {
  return {
    ref: Simulation.ref,
    promotions: [],
    images: [],
    revisions: [],
    imageUpdaters: [],
    ...state,
    memory: {
      ...emptyMemory(),
      ...(repository && {
        repositories: {
          [API]: { applied: [], counts: {}, floor: 0, ...repository },
        },
      }),
      ...memory,
    },
  };
}

export function draftOf(options: DraftOptions = {}): PromotionDraft {
  return new PromotionDraft(stateOf(options));
}

/** The repository `API` of an application that was just observed. */
export function observed(
  draft: PromotionDraft,
  overrides: Partial<Application> = {},
  tags: string[] = ['1.0.0'],
): ObservedRepository {
  return {
    draft,
    application: application(overrides),
    repository: API,
    pods: tags.map(tag => ({ tag })),
    seenAt: at('13:00'),
  };
}

const ANNOTATION = 'argocd-image-updater.argoproj.io/';

/** Annotations that make the Image Updater update `API`. */
export function updated(
  constraint = '~1.0',
  strategy = 'semver',
): Record<string, string> {
  return {
    [`${ANNOTATION}image-list`]: `app=${API}:${constraint}`,
    [`${ANNOTATION}app.update-strategy`]: strategy,
  };
}

/** What the pending promotions of `API` are derived from. */
export function pendingContext(
  options: DraftOptions = {},
  items: VersionEvidence[] = [],
): PendingContext {
  const current = options.application ?? application();
  const draft = draftOf({ application: current, ...options });
  return {
    draft,
    application: current,
    repository: API,
    evidence: items,
    rollouts: draft.rolloutsIn(API),
  };
}
