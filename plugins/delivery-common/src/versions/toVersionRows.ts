import type { ImageVersion } from '../model/promotion';
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
  const states = applications.map(application => ({
    application,
    states: applicationStates(application, idOf),
  }));
  const ids = new Set(states.flatMap(({ states: own }) => [...own.keys()]));
  const wanted = only && new Set(only.map(idOf));
  return [...ids]
    .filter(id => !wanted || wanted.has(id))
    .map((id): VersionRow => {
      const promotions = applications.flatMap(application =>
        application.promotions
          .filter(({ version }) => idOf(version) === id)
          .map(promotion => ({
            environment: application.environment,
            promotion,
          })),
      );
      const [began] = promotions
        .flatMap(({ promotion }) => beganAt(promotion) ?? [])
        .sort();
      return {
        ...facts(id, mentioned.filter(version => idOf(version) === id), input),
        ...withBeginning(id, began, input),
        cells: environments.flatMap(environment =>
          toCell(
            environment,
            states.flatMap(({ application, states: own }) =>
              application.environment === environment
                ? own.get(id) ?? []
                : [],
            ),
          ),
        ),
        commits: commitsOf(promotions, environments),
      };
    })
    .filter(({ cells }) => cells.length > 0)
    .sort(
      (a, b) => compareText(b.at ?? '', a.at ?? '') || compareText(a.id, b.id),
    );
}

/** What the registry knows of a version, and its names. */
function facts(
  id: string,
  mentioned: readonly ImageVersion[],
  { images }: VersionGridInput,
): Pick<VersionRow, 'id' | 'version' | 'tags' | 'pushedAt' | 'removed'> {
  const image = images.find(({ digest }) => digest === id);
  const digest = id.startsWith(':') ? undefined : id;
  const used = new Map<string, number>();
  for (const { tag } of mentioned) {
    if (tag) {
      used.set(tag, (used.get(tag) ?? 0) + 1);
    }
  }
  const [tag, ...others] = [
    ...new Set([
      ...[...used]
        .sort(([a, m], [b, n]) => n - m || compareText(a, b))
        .map(([name]) => name),
      ...[...(image?.tags ?? [])].sort(),
    ]),
  ];
  return {
    id,
    version: { ...(tag && { tag }), ...(digest && { digest }) },
    tags: tag ? [tag, ...others] : [],
    ...(image?.pushedAt && { pushedAt: image.pushedAt }),
    ...(image?.removed && { removed: true }),
  };
}

function withBeginning(
  id: string,
  began: string | undefined,
  { images }: VersionGridInput,
): Pick<VersionRow, 'at'> {
  const image = images.find(({ digest }) => digest === id);
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
