import type { Promotion } from '../model/promotion';
import { describePolicyProblem, describePromotion } from './describe';

const AT = { at: '2026-11-23T04:00:00.000Z', basis: 'reported' } as const;

const PROMOTION: Promotion = {
  id: 'p',
  application: { instance: 'main', namespace: 'argocd', name: 'api' },
  repository: 'registry.example.com/shop/api',
  version: { tag: '1.0.1' },
  stages: { committed: AT },
};

describe('describePromotion', () => {
  it('adds the sentences of its reasons', () => {
    expect(
      describePromotion({
        ...PROMOTION,
        outcome: 'superseded',
        outcomeAt: AT,
        reason: {
          code: 'promotion.replaced',
          parameters: { version: '1.0.2' },
        },
        failure: {
          at: AT,
          reason: {
            code: 'promotion.sync-failed',
            parameters: { message: 'hook failed' },
          },
        },
      }),
    ).toMatchObject({
      reason: { code: 'promotion.replaced', message: 'Replaced by 1.0.2' },
      failure: {
        at: AT,
        reason: { code: 'promotion.sync-failed', message: 'hook failed' },
      },
    });
  });

  it('leaves one without reasons as it is', () => {
    expect(describePromotion(PROMOTION)).toEqual(PROMOTION);
    const failed = { ...PROMOTION, failure: { at: AT } };
    expect(describePromotion(failed)).toEqual(failed);
  });
});

describe('describePolicyProblem', () => {
  it("keeps the updater's own message, and adds the advice as a sentence", () => {
    expect(
      describePolicyProblem({
        code: 'strategy-renamed',
        message: '"latest" strategy has been renamed',
        advice: {
          code: 'advice.strategy-renamed',
          parameters: { strategy: 'newest-build', name: 'latest' },
        },
      }),
    ).toMatchObject({
      message: '"latest" strategy has been renamed',
      advice: { message: 'Write "newest-build" instead of "latest"' },
    });
  });
});
