/** @public */
export type StageName =
  | 'pushed'
  | 'proposed'
  | 'committed'
  | 'synced'
  | 'healthy';

/**
 * When a stage was reached. `reported`: the time was given by a source
 * (registry, commit, Argo CD); `observed`: the source gives none, so it is when
 * we first observed it.
 *
 * @public
 */
export interface StageTime {
  /** ISO 8601 in UTC. */
  at: string;
  basis: 'reported' | 'observed';
}

/**
 * What can give a stage its time. Each source carries only the facts that a
 * time is derived from.
 *
 * @internal
 */
export interface StageSources {
  /** An image in its registry. */
  image: { pushedAt?: string; seenAt: string };
  /** A commit on a branch that somebody must merge. */
  proposal: { date: string };
  /** A merge request by which a commit came into the configuration. */
  merge: { mergedAt: string };
  /** Evidence that the configuration contains the version. */
  evidence: { commit?: { date: string }; at: string };
  /** A deployment, as an operation or an entry of Argo CD's history describes it. */
  deployment: { committedAt?: string; deployedAt?: string };
  /** The health of the application, once only this version runs. */
  health: { transitionAt?: string; seenAt: string };
}

/**
 * One stage of a promotion.
 *
 * @internal
 */
export interface StageRule {
  name: StageName;
  /**
   * The version is in the application from this stage on. A rollback skips the
   * stages before that: nothing is pushed or committed for it.
   */
  isApplied: boolean;
  /**
   * Only some applications have the stage. A promotion that hasn't reached it
   * doesn't show it.
   */
  isOptional?: boolean;
  /**
   * What happens to a time that is later than the first applied stage. `drop`:
   * the event didn't lead to this deployment, so the stage is left out. `cap`:
   * clocks differ, so it counts as the time of that stage. `keep`: it may be
   * later.
   */
  afterApplied: 'drop' | 'cap' | 'keep';
  /** How each source gives the time. A source that isn't listed gives none. */
  times: {
    [K in keyof StageSources]?: (
      source: StageSources[K],
    ) => StageTime | undefined;
  };
}

/**
 * The stages of an image version on its way into an application, in order: it
 * is in the registry; a branch that somebody must merge contains it (only where
 * the Image Updater writes to one); a revision of the configuration repository
 * contains it; a sync applied it; it runs alone and Healthy.
 *
 * A new stage needs one entry here, and its name in `StageName`. Ordering,
 * comparison, storage and display follow from the table. It also needs what no
 * table can give:
 *
 * - a migration that adds the column `<name>_at` to the table `promotions`;
 * - the name in the `stages` of `openapi.yaml`, and its label in the message
 *   catalogues of the frontend;
 * - a rule in `stuck/` for what a promotion waits for after this stage;
 * - a call of `stageTimes` where it is observed, if no existing source gives its
 *   time.
 *
 * @internal
 */
export const STAGE_RULES: readonly StageRule[] = [
  {
    name: 'pushed',
    isApplied: false,
    afterApplied: 'drop',
    times: {
      image: ({ pushedAt, seenAt }) =>
        pushedAt ? reported(pushedAt) : observed(seenAt),
    },
  },
  {
    name: 'proposed',
    isApplied: false,
    isOptional: true,
    afterApplied: 'cap',
    times: {
      proposal: ({ date }) => reported(date),
    },
  },
  {
    name: 'committed',
    isApplied: false,
    afterApplied: 'cap',
    times: {
      merge: ({ mergedAt }) => reported(mergedAt),
      evidence: ({ commit, at }) =>
        commit ? reported(commit.date) : observed(at),
      deployment: ({ committedAt }) =>
        committedAt ? reported(committedAt) : undefined,
    },
  },
  {
    name: 'synced',
    isApplied: true,
    afterApplied: 'keep',
    times: {
      deployment: ({ deployedAt }) =>
        deployedAt ? reported(deployedAt) : undefined,
    },
  },
  {
    name: 'healthy',
    isApplied: true,
    afterApplied: 'keep',
    times: {
      health: ({ transitionAt, seenAt }) =>
        transitionAt ? reported(transitionAt) : observed(seenAt),
    },
  },
];

/**
 * The names of the stages, in order.
 *
 * @public
 */
export const STAGES: readonly StageName[] = STAGE_RULES.map(({ name }) => name);

/**
 * The stages in which the version is in the application. A rollback skips the
 * others.
 *
 * @public
 */
export const APPLIED_STAGES: readonly StageName[] = STAGE_RULES.filter(
  ({ isApplied }) => isApplied,
).map(({ name }) => name);

const OPTIONAL_STAGES = STAGE_RULES.flatMap(({ name, isOptional }) =>
  isOptional ? [name] : [],
);

/**
 * The stages of one promotion, in order: those that every promotion has, and
 * the others that it has reached.
 *
 * @public
 */
export function stagesFor(promotion: {
  stages: Partial<Record<StageName, StageTime>>;
}): readonly StageName[] {
  return STAGES.filter(
    name => !OPTIONAL_STAGES.includes(name) || promotion.stages[name],
  );
}

/**
 * The last stage that a promotion has reached; `pushed` if none is known.
 *
 * @public
 */
export function latestStage(
  stages: Partial<Record<StageName, StageTime>>,
): StageName {
  return STAGES.filter(name => stages[name]).at(-1) ?? 'pushed';
}

/** @internal */
export function reported(at: string): StageTime {
  return { at: toIso(at), basis: 'reported' };
}

/** @internal */
export function observed(at: string): StageTime {
  return { at: toIso(at), basis: 'observed' };
}

/**
 * Converts all times to one form, so that they compare as text. Text that isn't
 * a time is returned unchanged.
 */
function toIso(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : new Date(time).toISOString();
}
