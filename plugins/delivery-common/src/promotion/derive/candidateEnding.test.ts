import {
  at,
  draftOf,
  image,
  promotion,
  rollout,
} from '../__testUtils__/builders';
import { observed, reported } from '../stageTimes';
import { candidateEnding } from './candidateEnding';

const draft = draftOf({
  promotions: [
    promotion('synced', { stages: { synced: reported(at('12:20')) } }),
    promotion('healthy', { stages: { healthy: reported(at('12:20')) } }),
  ],
});
const by = (id: string, appliedAt?: string) => ({
  version: { tag: '1.0.2' },
  rollout: rollout(id, '1.0.2'),
  appliedAt,
});
const overtakenAt = (time: string, pushedAt?: string) => ({
  id: 'overtaking',
  version: { tag: '1.0.9' },
  image: { ...image('1.0.9', time), pushedAt },
  at: time,
});

describe('candidateEnding', () => {
  const known = image('1.0.1', at('12:00'));
  const none = { superseding: undefined, overtaking: undefined };

  it('is none if nothing happened', () => {
    expect(candidateEnding(draft, { image: known }, none)).toEqual({});
  });

  it.each([
    [
      'the sync of another version',
      by('synced', at('12:20')),
      reported(at('12:20')),
    ],
    [
      'its deployment, if no sync is known',
      by('healthy', at('12:20')),
      observed(at('12:20')),
    ],
    ['nothing of an unknown promotion', by('other', at('12:20')), undefined],
    ['nothing that was never applied', by('synced'), undefined],
  ])('is superseded by %s', (_, superseding, outcomeAt) => {
    const ending = candidateEnding(
      draft,
      { image: known },
      { ...none, superseding },
    );
    expect(ending.outcomeAt).toEqual(outcomeAt);
    expect(ending.outcome).toBe(outcomeAt && 'superseded');
  });

  it.each([
    ['reported', at('12:30'), reported(at('12:30'))],
    ['observed', undefined, observed(at('12:30'))],
  ])('is superseded by a push, whose time is %s', (_, pushedAt, outcomeAt) => {
    const overtaking = overtakenAt(at('12:30'), pushedAt);
    expect(
      candidateEnding(draft, { image: known }, { ...none, overtaking }),
    ).toMatchObject({ outcome: 'superseded', outcomeAt });
  });

  it.each([
    [at('12:10'), 'abandoned'],
    [at('12:25'), 'superseded'],
  ])(
    'is the earliest of several, with a removal at %s: %s',
    (removedAt, outcome) => {
      const ending = candidateEnding(
        draft,
        { image: { ...known, removedAt } },
        {
          superseding: by('synced', at('12:20')),
          overtaking: overtakenAt(at('12:30')),
        },
      );
      expect(ending.outcome).toBe(outcome);
    },
  );
});
