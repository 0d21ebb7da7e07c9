import type { PromotionItem } from '@landfall/backstage-plugin-delivery-common';
import { causeOf, type Cause } from './cause';
import { promotionOf } from '../../dev/fixtures/promotions';

const commit = promotionOf().commit!;

describe('causeOf', () => {
  it.each<[string, Partial<PromotionItem>, Cause]>([
    [
      'the Image Updater and automated sync',
      {},
      {
        author: 'imageUpdater',
        rollback: false,
        undoesRollback: false,
        sync: 'automated',
      },
    ],
    [
      'two persons',
      {
        commit: { ...commit, author: 'Ada Lovelace <ada@example.com>' },
        sync: {
          revisions: [],
          initiatedBy: { username: 'grace', automated: false },
        },
      },
      {
        author: { name: 'Ada Lovelace' },
        rollback: false,
        undoesRollback: false,
        sync: { username: 'grace' },
      },
    ],
    [
      'nobody by a revision that only contains the change',
      { commit: { ...commit, exact: false }, sync: undefined },
      { rollback: false, undoesRollback: false },
    ],
    [
      'who rolled back',
      {
        rollback: true,
        commit: undefined,
        sync: {
          revisions: [],
          initiatedBy: { username: 'admin', automated: false },
        },
      },
      { rollback: true, undoesRollback: false, sync: { username: 'admin' } },
    ],
    [
      'an update that undoes a rollback',
      { undoesRollback: true, sync: undefined },
      { author: 'imageUpdater', rollback: false, undoesRollback: true },
    ],
  ])('names %s', (_, overrides, expected) => {
    expect(causeOf(promotionOf(overrides))).toEqual(expected);
  });
});
