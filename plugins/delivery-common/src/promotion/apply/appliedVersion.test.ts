import type { Application } from '../../model/application';
import type { RepositoryMemory } from '../types';
import { API } from '../../testing/simulation';
import {
  application,
  draftOf,
  entry,
  observed,
  operation,
  source,
} from '../__testUtils__/builders';
import {
  accountForHistory,
  type AppliedRepository,
  driftedVersion,
  syncedVersion,
} from './appliedVersion';

const [V0, V1, V2] = ['1.0.0', '1.0.1', '1.0.2'].map(tag => ({ tag }));
const MEMORY: Partial<RepositoryMemory> = {
  target: { id: 'a', version: V0 },
  live: { id: 'a', version: V0 },
  applied: [V0],
  historyId: 1,
};
const HISTORY = { history: [entry(1), entry(2)] };

interface World {
  memory?: Partial<RepositoryMemory>;
  results?: AppliedRepository['results'];
  pods?: string[];
}

function context(
  overrides: Partial<Application>,
  { memory = MEMORY, results = [], pods = ['1.0.0'] }: World = {},
): AppliedRepository {
  const draft = draftOf({ repository: memory });
  return { ...observed(draft, overrides, pods), results };
}

describe('syncedVersion by the result of an operation', () => {
  const full = { ...HISTORY, operation: operation() };
  const partial = { ...HISTORY, operation: operation({ partial: true }) };

  it.each([
    ['a new version', full, [V1], V1],
    ['the same version', full, [V0], undefined],
    ['a new version beside the same', full, [V0, V1], V1],
    ['a part with a new version', partial, [V1], V1],
    ['a part with the same version', partial, [V0], undefined],
    ['a part with the same and a new version', partial, [V0, V1], undefined],
  ])('of %s', (_, overrides, results, expected) => {
    const applied = syncedVersion(context(overrides, { results }));
    expect(applied?.version).toEqual(expected);
    expect(applied?.all).toEqual(expected && results);
  });

  it('remembers all versions of a full sync that brings nothing new', () => {
    const memory = { ...MEMORY, applied: [V0, V1] };
    const of = context(full, { memory, results: [V0] });
    expect(syncedVersion(of)).toBe(undefined);
    expect(of.draft.repositoryMemory(API).applied).toEqual([V0]);
  });

  it('goes by the first version that was applied before, if none is new', () => {
    const memory = { ...MEMORY, applied: [V0, V1] };
    expect(
      syncedVersion(context(full, { memory, results: [V1] }))?.version,
    ).toEqual(V1);
  });

  it('finds nothing in a part that has any version that was applied', () => {
    const memory = { ...MEMORY, applied: [V0, V2] };
    expect(syncedVersion(context(partial, { memory, results: [V2, V1] }))).toBe(
      undefined,
    );
  });

  it('is of no entry if a part has parameters that came later', () => {
    const history = [entry(2, { sources: [source('1.0.0')] })];
    const of = { ...partial, history, sources: [source('1.0.1')] };
    const applied = syncedVersion(context(of, { results: [V1] }));
    expect(applied).toMatchObject({ version: V1, parameters: false });
    expect(applied?.entry).toBe(undefined);
  });
});

describe('syncedVersion by the history', () => {
  const withParameters = (...tags: string[]) => ({
    sources: [source(tags.at(-1))],
    history: tags.map((tag, index) =>
      entry(index + 1, { sources: [source(tag)] }),
    ),
  });
  const running = operation({ phase: 'Running' });

  it.each([
    [
      'the parameters of a new entry',
      withParameters('1.0.0', '1.0.1'),
      {},
      V1,
      2,
    ],
    [
      'nothing for parameters that are applied',
      withParameters('1.0.1', '1.0.0'),
      {},
      undefined,
      undefined,
    ],
    [
      'a new pod after a new entry',
      HISTORY,
      { pods: ['1.0.0', '1.0.1'] },
      V1,
      2,
    ],
    [
      'nothing without a new entry',
      { history: [entry(1)] },
      { pods: ['1.0.1'] },
      undefined,
      undefined,
    ],
    [
      'nothing while an operation runs',
      { ...withParameters('1.0.0', '1.0.1'), operation: running },
      {},
      undefined,
      undefined,
    ],
    [
      'nothing for two new pods',
      HISTORY,
      { pods: ['1.0.1', '1.0.2'] },
      undefined,
      undefined,
    ],
    ['the only pod at first sight', HISTORY, { memory: {} }, V0, 2],
    [
      'nothing for two pods at first sight',
      HISTORY,
      { memory: { applied: [V0] }, pods: ['1.0.0', '1.0.1'] },
      undefined,
      undefined,
    ],
    [
      'at first sight, the first entry of the parameters',
      withParameters('1.0.0', '1.0.1', '1.0.1'),
      { memory: {} },
      V1,
      2,
    ],
  ])('is %s', (_, overrides, world, version, id) => {
    const applied = syncedVersion(context(overrides, world));
    expect(applied?.version).toEqual(version);
    expect(applied?.entry?.id).toBe(id);
  });
});

describe('driftedVersion', () => {
  it.each([
    ['is what a Healthy application runs', {}, {}, V1],
    ['is none of two versions', {}, { pods: ['1.0.1', '1.0.2'] }, undefined],
    ['is none that was applied', {}, { memory: { applied: [V1] } }, undefined],
    [
      'is not the live version',
      {},
      { memory: { applied: [V2], live: { id: 'a', version: V1 } } },
      undefined,
    ],
    [
      'waits for the health',
      { health: { status: 'Progressing' as const } },
      {},
      undefined,
    ],
    [
      'waits for the operation',
      { operation: operation({ phase: 'Running' as const }) },
      {},
      undefined,
    ],
  ])('%s', (_, overrides, world, expected) => {
    const applied = driftedVersion(
      context(overrides, { pods: ['1.0.1'], ...world }),
    );
    expect(applied?.version).toEqual(expected);
    expect(applied?.entry).toBe(undefined);
  });
});

describe('accountForHistory', () => {
  it.each([
    ['a settled application', {}, {}, 2],
    [
      'the result of an operation',
      { health: { status: 'Degraded' as const } },
      { results: [V0] },
      2,
    ],
    [
      'an application that is not Healthy',
      { health: { status: 'Degraded' as const } },
      {},
      1,
    ],
    [
      'an application that is not Synced',
      { sync: { ...application().sync, status: 'OutOfSync' as const } },
      {},
      1,
    ],
    ['pods of another version', {}, { pods: ['1.0.1'] }, 1],
    ['a repository without a target', {}, { memory: { historyId: 1 } }, 1],
    [
      'an id that is higher already',
      {},
      { memory: { ...MEMORY, historyId: 5 } },
      5,
    ],
  ])('goes to the latest entry by %s', (_, overrides, world, expected) => {
    const of = context({ ...HISTORY, ...overrides }, world);
    accountForHistory(of);
    expect(of.draft.repositoryMemory(API).historyId).toBe(expected);
  });
});
