import { promotionOf, rollingOut } from '../../dev/fixtures/promotions';
import { progressOf } from './groups';

describe('progressOf', () => {
  const failed = promotionOf({ id: 'failed', outcome: 'failed' });
  const live = promotionOf({ id: 'live' });
  const open = rollingOut({ id: 'open' });
  const { synced: _, ...committed } = open.stages;
  const behind = rollingOut({ id: 'behind', stages: committed });

  it.each([
    ['failed ones', [live, open, failed], 'failed'],
    ['those on their way', [live, open], 'open'],
    ['what is furthest behind', [open, behind], 'behind'],
  ])('shows of an environment first %s', (__, promotions, id) => {
    const shown = (all: typeof promotions) =>
      progressOf(all, []).map(each => [each.promotion.id, each.applications]);
    expect(shown(promotions)).toEqual([[id, promotions.length]]);
    expect(shown([...promotions].reverse())).toEqual(shown(promotions));
  });

  it('has the order of the environments, and leaves out the others', () => {
    const into = (environment: string) => promotionOf({ environment });
    expect(
      progressOf(
        [into('old'), into('prod'), into('dev')],
        ['dev', 'staging', 'prod'],
      ).map(({ environment }) => environment),
    ).toEqual(['dev', 'prod', 'old']);
  });
});
