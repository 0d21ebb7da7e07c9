import type { ImageVersion, Promotion } from '../model/promotion';
import { STAGES, type StageName } from '../model/stages';
import { compareText, type Deployment, deploymentsOf } from './deployments';
import type { VersionState, VersionStay, VersionUser } from './types';

/**
 * What a version is in one application.
 *
 * @internal
 */
export interface ApplicationState {
  state: VersionState;
  at?: string;
  stage?: StageName;
  /** Newest first. */
  stays: VersionStay[];
  promotion?: string;
}

/**
 * What each version is in an application, by the id of the version. At most one
 * is running.
 *
 * @internal
 */
export function applicationStates(
  { running, promotions }: Pick<VersionUser, 'running' | 'promotions'>,
  idOf: (version: ImageVersion) => string | undefined,
): Map<string, ApplicationState> {
  const byVersion = new Map<string, Promotion[]>();
  for (const promotion of [...promotions].sort(compareProgress)) {
    const id = idOf(promotion.version);
    if (id !== undefined) {
      byVersion.set(id, [...(byVersion.get(id) ?? []), promotion]);
    }
  }
  const runningId = runningVersion(idsOf(running, idOf), byVersion);
  if (runningId !== undefined && !byVersion.has(runningId)) {
    byVersion.set(runningId, []);
  }
  const own = byVersion.get(runningId ?? '') ?? [];
  const underWay = own.findLast(
    ({ outcome }) => outcome === undefined || outcome === 'failed',
  );
  const lasting =
    own.findLast(({ outcome }) => outcome === 'live') ?? own.at(-1);
  const deployments = deploymentsOf(
    [...byVersion.values()].flat(),
    underWay
      ? { replacedAt: underWay.stages.synced?.at }
      : { running: lasting?.id },
  );
  return new Map(
    [...byVersion].map(([id, all]) => [
      id,
      stateOf(all, id === runningId, deployments),
    ]),
  );
}

/**
 * The version that runs: while there are pods of several versions, the one that is
 * live rather than one that is being rolled out. Without pods, the live one.
 */
function runningVersion(
  pods: readonly string[],
  byVersion: ReadonlyMap<string, readonly Promotion[]>,
): string | undefined {
  const has = (id: string, ...outcomes: Promotion['outcome'][]) =>
    byVersion.get(id)?.some(({ outcome }) => outcomes.includes(outcome)) ??
    false;
  const candidates = pods.length > 0 ? pods : [...byVersion.keys()].sort();
  const live = candidates.filter(id => has(id, 'live'));
  if (live.length > 0 || pods.length === 0) {
    return latest(live, byVersion);
  }
  const settled = pods.filter(id => !has(id, undefined, 'failed'));
  return latest(settled.length > 0 ? settled : pods, byVersion);
}

/** Of several, the one with the latest progress. */
function latest(
  ids: readonly string[],
  byVersion: ReadonlyMap<string, readonly Promotion[]>,
): string | undefined {
  const progressOf = (id: string) => {
    const last = byVersion.get(id)?.at(-1);
    return (last && progressAt(last)) ?? '';
  };
  return [...ids]
    .sort(
      (a, b) => compareText(progressOf(a), progressOf(b)) || compareText(a, b),
    )
    .at(-1);
}

function idsOf(
  running: readonly ImageVersion[],
  idOf: (version: ImageVersion) => string | undefined,
): string[] {
  return [...new Set(running.flatMap(version => idOf(version) ?? []))].sort();
}

function stateOf(
  promotions: readonly Promotion[],
  isRunning: boolean,
  deployments: ReadonlyMap<string, Deployment>,
): ApplicationState {
  const known = promotions
    .flatMap(({ id }) => deployments.get(id) ?? [])
    .reverse();
  const stays = known
    .map(({ from, to }) => ({
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    }))
    .filter(({ from, to }) => from !== undefined || to !== undefined);
  const open = promotions.findLast(({ outcome }) => !outcome);
  if (open) {
    return { ...onItsWay(open), stays };
  }
  const failed = promotions.findLast(({ outcome }) => outcome === 'failed');
  if (failed) {
    return { ...ended(failed), state: 'failed', stays };
  }
  const last = promotions.at(-1);
  if (isRunning) {
    const lasting = known.find(({ isOpen }) => isOpen);
    return {
      state: 'running',
      ...(lasting?.from !== undefined && { at: lasting.from }),
      ...(lasting && { promotion: lasting.promotion }),
      stays,
    };
  }
  if (last?.outcome === 'rolled-back') {
    return { ...ended(last), state: 'rolled-back', stays };
  }
  const left = promotions.findLast(({ id }) => deployments.has(id));
  if (left) {
    const to = deployments.get(left.id)?.to;
    return {
      state: 'was-here',
      ...(to !== undefined && { at: to }),
      promotion: left.id,
      stays,
    };
  }
  return last
    ? { ...ended(last), state: 'skipped', stays }
    : { state: 'was-here', stays };
}

function onItsWay({
  id,
  stages,
}: Promotion): Pick<ApplicationState, 'state' | 'at' | 'stage' | 'promotion'> {
  const stage = STAGES.findLast(name => stages[name]);
  const at = stage && stages[stage]?.at;
  return {
    state: 'on-its-way',
    ...(stage && { stage }),
    ...(at !== undefined && { at }),
    promotion: id,
  };
}

function ended({
  id,
  outcomeAt,
}: Promotion): Pick<ApplicationState, 'at' | 'promotion'> {
  return { ...(outcomeAt && { at: outcomeAt.at }), promotion: id };
}

/** Oldest progress first. */
function compareProgress(a: Promotion, b: Promotion): number {
  return (
    Number(a.outcome === undefined) - Number(b.outcome === undefined) ||
    compareText(progressAt(a) ?? '', progressAt(b) ?? '') ||
    compareText(a.id, b.id)
  );
}

/** When a promotion last moved. */
function progressAt({ stages, outcomeAt }: Promotion): string | undefined {
  return timesOf({ stages, outcomeAt }).at(-1);
}

/**
 * When a promotion began, by its earliest time; ISO 8601.
 *
 * @internal
 */
export function beganAt(promotion: Promotion): string | undefined {
  return timesOf(promotion)[0];
}

function timesOf({
  stages,
  outcomeAt,
}: Pick<Promotion, 'stages' | 'outcomeAt'>): string[] {
  return [
    ...STAGES.flatMap(name => stages[name] ?? []),
    ...(outcomeAt ? [outcomeAt] : []),
  ]
    .map(({ at }) => at)
    .sort();
}
