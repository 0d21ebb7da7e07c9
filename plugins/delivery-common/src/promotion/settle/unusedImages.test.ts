import type { Application } from '../../model/application';
import type { ReducerMemory } from '../types';
import { API, WEB } from '../../testing/simulation';
import {
  at,
  draftOf,
  observed,
  operation,
  promotion,
} from '../__testUtils__/builders';
import * as stageTimes from '../stageTimes';
import { endUnused } from './unusedImages';

const live = { id: 'live', version: { tag: '1.0.0' } };
const target = { id: 'target', version: { tag: '1.0.1' } };
const LEFT: Partial<Application> = {
  images: [`${WEB}:2.0.0`],
  operation: operation({ images: [`${WEB}:2.0.0`] }),
};

function end(
  overrides: Partial<Application>,
  memory: Partial<ReducerMemory['repositories'][string]> = {
    live,
    target: live,
  },
) {
  const draft = draftOf({
    promotions: [
      promotion('live', { outcome: 'live' }),
      promotion('target', { version: target.version }),
      promotion('over', { outcome: 'rolled-back' }),
    ],
    repository: memory,
  });
  endUnused(observed(draft, { ...LEFT, ...overrides }, []));
  return draft;
}

describe('endUnused', () => {
  it('ends everything that isn’t over when the application left the image', () => {
    const draft = end({});
    const outcomeAt = stageTimes.observed(at('13:00'));
    expect(draft.promotion('live')).toMatchObject({
      outcome: 'superseded',
      outcomeAt,
    });
    expect(draft.promotion('target')?.outcome).toBe('superseded');
    expect(draft.promotion('over')?.outcome).toBe('rolled-back');
    expect(draft.repositoryMemory(API)).toMatchObject({
      live: undefined,
      target: undefined,
      applied: [],
    });
  });

  it('lets another version that was applied replace the live one', () => {
    const images = [`${API}:1.0.1`, `${WEB}:2.0.0`];
    const draft = end({ operation: operation({ images }) }, { live, target });
    expect(draft.promotion('live')?.outcome).toBe('superseded');
    expect(draft.promotion('target')?.outcome).toBe(undefined);
    expect(draft.repositoryMemory(API)).toMatchObject({
      live: undefined,
      target,
    });
  });

  it.each<[string, Partial<Application>]>([
    ['pods use it', { images: [`${API}:1.0.0`] }],
    ['there is no pod', { images: [] }],
    ['the application is not Healthy', { health: { status: 'Progressing' } }],
    ['it is out of sync', { sync: { status: 'OutOfSync', revisions: [] } }],
    ['nothing was synced', { operation: undefined }],
    [
      'the sync was partial',
      {
        operation: { ...operation(), partial: true, images: LEFT.images ?? [] },
      },
    ],
    [
      'a sync runs',
      { operation: operation({ phase: 'Running', images: LEFT.images }) },
    ],
    ['it was not assessed since', { reconciledAt: at('12:00') }],
    ['the result of the sync is unknown', { operation: operation() }],
    [
      'the sync applied the live version',
      { operation: operation({ images: [`${API}:1.0.0`] }) },
    ],
  ])('leaves it alone while %s', (_, overrides) => {
    const draft = end(overrides);
    expect(draft.promotion('live')?.outcome).toBe('live');
    expect(draft.repositoryMemory(API).live).toEqual(live);
  });
});
