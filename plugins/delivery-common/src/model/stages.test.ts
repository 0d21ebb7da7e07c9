import {
  APPLIED_STAGES,
  observed,
  reported,
  STAGES,
  stagesFor,
} from './stages';

describe('the stages', () => {
  it('come in this order', () => {
    expect(STAGES).toEqual([
      'pushed',
      'proposed',
      'committed',
      'synced',
      'healthy',
    ]);
  });

  it('belong to every promotion, except for those that it skips', () => {
    expect(stagesFor({ stages: {} })).toEqual([
      'pushed',
      'committed',
      'synced',
      'healthy',
    ]);
    expect(
      stagesFor({ stages: { proposed: reported('2026-01-01T12:00:00Z') } }),
    ).toEqual(STAGES);
  });

  it('end with those in which the version is in the application', () => {
    expect(APPLIED_STAGES).toEqual(STAGES.slice(-APPLIED_STAGES.length));
    expect(APPLIED_STAGES[0]).toBe('synced');
  });
});

describe('the time of a stage', () => {
  it.each([
    ['2026-01-01T12:00:00Z', '2026-01-01T12:00:00.000Z'],
    ['2026-01-01T13:00:00+01:00', '2026-01-01T12:00:00.000Z'],
    ['no time', 'no time'],
  ])('%s has one form', (text, at) => {
    expect(reported(text)).toEqual({ at, basis: 'reported' });
    expect(observed(text)).toEqual({ at, basis: 'observed' });
  });
});
