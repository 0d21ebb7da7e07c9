import type { SyncWindow } from '../../model/application';
import type { Promotion } from '../../model/promotion';
import { application, at, draftOf, promotion } from '../__testUtils__/builders';
import { reported } from '../stageTimes';
import { recordSyncWindows } from './syncWindows';

const deny: SyncWindow = {
  kind: 'deny',
  schedule: '* * * * *',
  duration: '1h',
};
const allow: SyncWindow = { ...deny, kind: 'allow' };

function timeAfter(
  windows: { active: SyncWindow[]; assigned: SyncWindow[] },
  overrides: Partial<Promotion> = {},
  goneAt?: string,
): string | undefined {
  const draft = draftOf({
    application: application(),
    goneAt,
    promotions: [promotion('p', overrides)],
    memory: {
      syncWindows: { active: [deny], assigned: [deny], at: at('12:00') },
    },
  });
  recordSyncWindows(draft, {
    kind: 'sync-windows-observed',
    ref: application().ref,
    windows,
    seenAt: at('13:00'),
  });
  return draft.memory.syncWindows?.at;
}

describe('recordSyncWindows', () => {
  const same = { active: [deny], assigned: [deny] };
  const since = (time: string) => ({
    stages: { committed: reported(at(time)) },
  });

  it.each([
    ['the same', same, {}, at('12:00')],
    ['other active ones', { ...same, active: [] }, {}, at('13:00')],
    ['others', { active: [allow], assigned: [allow] }, {}, at('13:00')],
    ['the same for an earlier commit', same, since('11:59'), at('12:00')],
    ['the same for a later commit', same, since('12:01'), at('13:00')],
    [
      'the same, if the later commit is over',
      same,
      { ...since('12:01'), outcome: 'superseded' as const },
      at('12:00'),
    ],
  ])('windows are %s', (_, windows, overrides, expected) => {
    expect(timeAfter(windows, overrides)).toBe(expected);
  });

  it('ignores those of an application that is gone', () => {
    expect(timeAfter({ active: [], assigned: [] }, {}, at('12:30'))).toBe(
      at('12:00'),
    );
  });
});
