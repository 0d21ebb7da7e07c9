import type { ImageVersion, Promotion } from '../model/promotion';
import { STAGES } from '../model/stages';
import {
  applicationStates,
  type ApplicationState,
  beganAt,
} from './applicationStates';
import { commitsOf } from './commits';
import { compareText } from './deployments';
import { versionIds } from './identity';
import type {
  VersionCell,
  VersionCellState,
  VersionGridInput,
  VersionRow,
  VersionState,
} from './types';

/** What matters most first. */
const STATES: readonly VersionState[] = [
  'failed',
  'on-its-way',
  'running',
  'rolled-back',
  'was-here',
  'skipped',
];

/** A version that fails and is retried for weeks would have hundreds. */
const MAX_STAYS = 5;

/**
 * The versions of a repository that run in some applications, are on their way
 * into them, or were, newest first. Versions that never concerned one of the
 * applications have no row, however many the registry has.
 *
 * @public
 */
export function toVersionRows(input: VersionGridInput): VersionRow[] {
  const { environments, applications, images, only } = input;
  const mentioned = applications.flatMap(({ running, promotions }) => [
    ...running,
    ...promotions.map(({ version }) => version),
  ]);
  const idOf = versionIds([
    ...mentioned,
    ...(only ?? []),
    ...images.flatMap(({ tags, digest }) => tags.map(tag => ({ tag, digest }))),
  ]);
  const names = groupBy(mentioned, idOf);
  const promotions = groupBy(
    applications.flatMap(({ environment, promotions: own }) =>
      own.map(promotion => ({ environment, promotion })),
    ),
    ({ promotion }) => idOf(promotion.version),
  );
  const states = groupBy(
    applications.flatMap(application =>
      [...applicationStates(application, idOf)].map(([id, state]) => ({
        id,
        environment: application.environment,
        state,
      })),
    ),
    ({ id }) => id,
  );
  const known = new Map(images.map(image => [image.digest, image]));
  const wanted = only && new Set(only.map(idOf));
  return [...states]
    .filter(([id]) => !wanted || wanted.has(id))
    .map(
      ([id, own]): VersionRow => ({
        ...facts(id, names.get(id) ?? [], known.get(id)),
        ...beginning(
          (promotions.get(id) ?? []).map(({ promotion }) => promotion),
          known.get(id),
        ),
        cells: environments.flatMap(environment =>
          toCell(
            environment,
            own
              .filter(each => each.environment === environment)
              .map(({ state }) => state),
          ),
        ),
        commits: commitsOf(promotions.get(id) ?? [], environments),
      }),
    )
    .filter(({ cells }) => cells.length > 0)
    .sort(
      (a, b) => compareText(b.at ?? '', a.at ?? '') || compareText(a.id, b.id),
    );
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) {
      const group = groups.get(key) ?? [];
      group.push(item);
      groups.set(key, group);
    }
  }
  return groups;
}

type KnownVersion = VersionGridInput['images'][number];

/** What the registry knows of a version, and its names. */
function facts(
  id: string,
  mentioned: readonly ImageVersion[],
  image: KnownVersion | undefined,
): Pick<VersionRow, 'id' | 'version' | 'tags' | 'pushedAt' | 'removed'> {
  const digest = id.startsWith(':') ? undefined : id;
  const used = new Map<string, number>();
  for (const { tag } of mentioned) {
    if (tag) {
      used.set(tag, (used.get(tag) ?? 0) + 1);
    }
  }
  const [tag, ...others] = new Set([
    ...[...used]
      .sort(([a, m], [b, n]) => n - m || compareText(a, b))
      .map(([name]) => name),
    ...[...(image?.tags ?? [])].sort(),
  ]);
  return {
    id,
    version: { ...(tag && { tag }), ...(digest && { digest }) },
    tags: tag ? [tag, ...others] : [],
    ...(image?.pushedAt && { pushedAt: image.pushedAt }),
    ...(image?.removed && { removed: true }),
  };
}

function beginning(
  promotions: readonly Promotion[],
  image: KnownVersion | undefined,
): Pick<VersionRow, 'at'> {
  const [began] = promotions.flatMap(each => beganAt(each) ?? []).sort();
  const at = began ?? image?.pushedAt ?? image?.seenAt;
  return at === undefined ? {} : { at };
}

/** Folds the applications of an environment by their state. */
function toCell(
  environment: string,
  states: readonly ApplicationState[],
): VersionCell[] {
  const folded = STATES.flatMap(state => {
    const own = states.filter(each => each.state === state);
    return own.length > 0 ? [fold(state, own)] : [];
  });
  return folded.length > 0 ? [{ environment, states: folded }] : [];
}

function fold(
  state: VersionState,
  all: readonly ApplicationState[],
): VersionCellState {
  const [last] = [...all].sort(
    (a, b) =>
      compareText(b.at ?? '', a.at ?? '') ||
      compareText(a.promotion ?? '', b.promotion ?? ''),
  );
  const stages = all.map(({ stage }) => stage);
  const stage = stages.includes(undefined)
    ? undefined
    : STAGES.find(name => stages.includes(name));
  const stays = new Map(
    all.flatMap(each => each.stays).map(stay => [JSON.stringify(stay), stay]),
  );
  return {
    state,
    applications: all.length,
    ...(last?.at !== undefined && { at: last.at }),
    ...(stage && { stage }),
    stays: [...stays.values()]
      .sort(
        (a, b) =>
          compareText(endOf(b), endOf(a)) ||
          compareText(b.from ?? '', a.from ?? ''),
      )
      .slice(0, MAX_STAYS),
    ...(last?.promotion !== undefined && { promotion: last.promotion }),
  };
}

/** What lasts comes first. */
function endOf({ from, to }: { from?: string; to?: string }): string {
  return to ?? (from === undefined ? '' : '~');
}
