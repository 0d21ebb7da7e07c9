import type {
  ActionRecord,
  PromotionItem,
} from '@landfall/backstage-plugin-delivery-common';
import { recordOf } from '../../dev/fixtures/actions';
import { promotionOf } from '../../dev/fixtures/promotions';
import { matchingRecords, toTimeline, type TimelineItem } from './timeline';

function groupAt(id: string, at?: string) {
  const stages: PromotionItem['stages'] = at
    ? { pushed: { at, basis: 'reported' } }
    : {};
  const promotion = promotionOf({ id, stages, outcomeAt: undefined });
  return { id, promotions: [promotion] };
}

function recordAt(id: string, requestedAt: string): ActionRecord {
  return recordOf({ id, requestedAt });
}

function ids(items: TimelineItem[]): string[] {
  return items.map(item => ('group' in item ? item.group.id : item.record.id));
}

const NOON = groupAt('noon', '2026-03-01T12:00:00Z');
const TEN = groupAt('ten', '2026-03-01T10:00:00Z');
const RECORDS = [
  recordAt('eleven', '2026-03-01T11:00:00Z'),
  recordAt('one', '2026-03-01T13:00:00.000Z'),
  recordAt('nine', '2026-03-01T09:00:00Z'),
];

describe('toTimeline', () => {
  it('puts actions among promotions by time', () => {
    expect(ids(toTimeline([NOON, TEN], RECORDS, { hasMore: false }))).toEqual([
      'one',
      'noon',
      'eleven',
      'ten',
      'nine',
    ]);
  });

  it('waits with actions that are older than what is read', () => {
    expect(ids(toTimeline([NOON, TEN], RECORDS, { hasMore: true }))).toEqual([
      'one',
      'noon',
      'eleven',
      'ten',
    ]);
  });

  it('has each once, with or without promotions or their times', () => {
    expect(ids(toTimeline([], RECORDS, { hasMore: false }))).toEqual([
      'one',
      'eleven',
      'nine',
    ]);
    expect(
      ids(toTimeline([groupAt('none'), TEN], RECORDS, { hasMore: false })),
    ).toEqual(['none', 'one', 'eleven', 'ten', 'nine']);
  });
});

describe('matchingRecords', () => {
  const git = recordOf({
    id: 'git',
    environment: 'prod',
    version: { repository: 'shop/api', tag: '1.0.1' },
  });
  const sync = recordOf({ id: 'sync', environment: 'dev' });

  it.each([
    [{}, ['git', 'sync']],
    [{ environment: 'dev' }, ['sync']],
    [{ repository: 'shop/api' }, ['git']],
    [{ repository: 'shop/web' }, []],
    [{ outcome: 'failed' as const }, []],
  ])('with %j has %j', (filters, expected) => {
    expect(matchingRecords([git, sync], filters).map(({ id }) => id)).toEqual(
      expected,
    );
  });
});
