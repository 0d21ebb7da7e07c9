import {
  performanceFiguresOf,
  performanceOf,
} from '../../dev/fixtures/performance';
import { CHARTS } from './chartDefinitions';
import { csvOf, rowsOf } from './chartRows';

const RESPONSE = performanceOf(
  { from: '2026-11-02', to: '2026-11-15', interval: 'week' },
  {
    watchedSince: '2026-11-10T09:00:00.000Z',
    buckets: [
      {
        from: '2026-11-02',
        to: '2026-11-08',
        figures: performanceFiguresOf(0),
      },
      {
        from: '2026-11-09',
        to: '2026-11-15',
        figures: performanceFiguresOf(3, 1),
      },
    ],
  },
);

describe('the CSV of a chart', () => {
  it.each([
    [
      'deployments',
      'deployments,healthy,failed,failure_rate',
      ',,,',
      `3,2,1,${1 / 3}`,
    ],
    ['leadTime', 'versions,p50_seconds,p90_seconds', ',,', '2,720,2700'],
    ['restoreTime', 'restored,p50_seconds,p90_seconds', ',,', '1,1500,5400'],
  ])('of %s has nothing where nothing is known', (id, head, before, after) => {
    const [chart] = CHARTS.filter(each => each.id === id);
    expect(csvOf(chart, rowsOf(RESPONSE)).split('\r\n')).toEqual([
      `from,to,${head}`,
      `2026-11-02,2026-11-08,${before}`,
      `2026-11-09,2026-11-15,${after}`,
      '',
    ]);
  });
});
