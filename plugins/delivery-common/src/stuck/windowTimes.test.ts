import type { SyncWindow } from '../model/application';
import { closedUntil } from './windowTimes';

/** Saturday, 2026-01-03, 14:00 UTC. */
const NOW = Date.parse('2026-01-03T14:00:00.000Z');

const window = (
  kind: SyncWindow['kind'],
  schedule: string,
  duration: string,
  timeZone?: string,
): SyncWindow => ({ kind, schedule, duration, ...(timeZone && { timeZone }) });

describe('closedUntil', () => {
  it.each<[string, SyncWindow[], string | undefined]>([
    ['there is no window', [], undefined],
    ['none is open', [window('deny', '0 20 * * *', '1h')], undefined],
    [
      'a deny window closes',
      [window('deny', '0 13 * * *', '1h30m')],
      '2026-01-03T14:30',
    ],
    [
      'a deny window of the whole weekend closes',
      [window('deny', '0 0 * * 6', '48h')],
      '2026-01-05T00:00',
    ],
    [
      'one deny window closes after the other',
      [window('deny', '0 13 * * *', '2h'), window('deny', '45 14 * * *', '1h')],
      '2026-01-03T15:45',
    ],
    [
      'an allow window opens',
      [window('allow', '0 9 * * 1-5', '8h')],
      '2026-01-05T09:00',
    ],
    [
      'the first of several allow windows opens',
      [window('allow', '0 9 * * 1-5', '8h'), window('allow', '@daily', '10m')],
      '2026-01-04T00:00',
    ],
    [
      'an allow window is open already',
      [window('allow', '0 13 * * *', '2h')],
      undefined,
    ],
    [
      'an allow window opens inside a deny window',
      [
        window('allow', '0 15 * * *', '2h'),
        window('deny', '30 14 * * *', '1h'),
      ],
      '2026-01-03T15:30',
    ],
    [
      'a window has a time zone',
      [window('allow', '0 9 * * *', '1h', 'Europe/Berlin')],
      '2026-01-04T08:00',
    ],
    ['it never ends', [window('deny', '* * * * *', '1h')], undefined],
    ['the schedule is invalid', [window('deny', 'soon', '1h')], undefined],
    [
      'the duration is invalid',
      [window('deny', '0 13 * * *', '2 h')],
      undefined,
    ],
    [
      'the time zone is unknown',
      [window('deny', '0 13 * * *', '2h', 'Mars/Base')],
      undefined,
    ],
  ])('%s', (_, windows, expected) => {
    const until = closedUntil(windows, NOW);
    expect(until && new Date(until).toISOString().slice(0, 16)).toBe(expected);
  });
});
