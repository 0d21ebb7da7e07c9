import { promotionOf, rollingOut } from '../../dev/fixtures/promotions';
import { outcomeMessage, outcomeOf, OUTCOMES, parseOutcome } from './outcome';

describe('outcomeOf', () => {
  it('is the outcome, or open while the promotion is under way', () => {
    expect(outcomeOf(promotionOf({ outcome: 'failed' }))).toBe('failed');
    expect(outcomeOf(rollingOut())).toBe('open');
  });
});

describe('outcomeMessage', () => {
  it('differs for each outcome', () => {
    expect(new Set(OUTCOMES.map(outcomeMessage)).size).toBe(OUTCOMES.length);
    expect(outcomeMessage('rolled-back')).toBe('promotion.outcome.rolledBack');
  });
});

describe('parseOutcome', () => {
  it('reads every outcome, and nothing else', () => {
    expect(OUTCOMES.map(parseOutcome)).toEqual(OUTCOMES);
    expect(parseOutcome('exploded')).toBeUndefined();
    expect(parseOutcome(undefined)).toBeUndefined();
  });
});
