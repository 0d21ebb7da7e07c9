import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import { promotionAt } from '../__testUtils__/promotions';
import { parsePromotion } from './parsePromotion';

describe('parsePromotion', () => {
  it('returns a promotion as it was stored', () => {
    const promotion: Promotion = promotionAt(1, {
      reason: { code: 'promotion.image-unused', parameters: {} },
      failure: {
        at: { at: '2026-11-23T04:00:00.000Z', basis: 'reported' },
        reason: { code: 'promotion.sync-failed', parameters: { message: 'x' } },
      },
    });
    expect(parsePromotion(JSON.stringify(promotion))).toEqual(promotion);
    const plain = promotionAt(2);
    expect(parsePromotion(JSON.stringify(plain))).toEqual(plain);
  });

  it('reads the sentences that the previous release stores', () => {
    const at = { at: '2026-11-23T04:00:00.000Z', basis: 'reported' };
    const document = {
      ...promotionAt(1),
      reason: 'Replaced by 1.0.1',
      failure: { at, reason: 'hook failed' },
    };
    expect(parsePromotion(JSON.stringify(document))).toMatchObject({
      reason: {
        code: 'promotion.other',
        parameters: { text: 'Replaced by 1.0.1' },
      },
      failure: {
        at,
        reason: {
          code: 'promotion.other',
          parameters: { text: 'hook failed' },
        },
      },
    });
  });
});
