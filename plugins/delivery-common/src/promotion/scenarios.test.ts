import { API, Simulation, WEB } from '../testing/simulation';
import { outlineOf, world } from './__testUtils__/worlds';

const DIGEST_A = `sha256:${'a'.repeat(64)}`;
const DIGEST_B = `sha256:${'b'.repeat(64)}`;

/* Each scenario of an application, as the outline of its promotions. */
describe('scenarios', () => {
  it.each<[string, Simulation, string[]]>([
    [
      'a push that the updater may take opens a promotion',
      world().push(API, '1.0.1'),
      [
        '? → 1.0.0, synced #0, healthy, live',
        '1.0.0 → 1.0.1, pushed, under way',
      ],
    ],
    [
      'a push outside of the constraint opens none, nor does a lower version or another image',
      world().push(API, '1.1.0').push(API, '0.9.0').push(WEB, '1.0.1'),
      ['? → 1.0.0, synced #0, healthy, live'],
    ],
    [
      'a push opens none without annotations of the updater',
      world({ annotations: {} }).push(API, '1.0.1'),
      ['? → 1.0.0, synced #0, healthy, live'],
    ],
    [
      'a sync that failed',
      world()
        .update({ [API]: '1.0.1' })
        .refresh({ failing: 'hook failed' }),
      [
        '? → 1.0.0, synced #0, healthy, live',
        '1.0.0 → 1.0.1, committed by, failed (hook failed)',
      ],
    ],
    [
      'a sync that failed, with a version that a person committed',
      world()
        .commit({ [API]: '1.0.1' }, 'Use it')
        .refresh({ failing: 'no' }),
      [
        '? → 1.0.0, synced #0, healthy, live',
        '1.0.0 → 1.0.1, committed in, failed (no)',
      ],
    ],
    [
      'a failed sync is passed by the next version',
      world()
        .update({ [API]: '1.0.1' })
        .refresh({ failing: 'hook failed' })
        .update({ [API]: '1.0.2' })
        .refresh(),
      [
        '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.2)',
        '1.0.0 → 1.0.1, committed by, superseded (Superseded by 1.0.2 after it failed: hook failed)',
        '1.0.0 → 1.0.2, committed by, synced #1, healthy, live',
      ],
    ],
    [
      'a revert in Git puts an earlier version back',
      world()
        .update({ [API]: '1.0.1' })
        .refresh()
        .commit({ [API]: '1.0.0' }, 'Revert')
        .refresh(),
      [
        '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.1)',
        '1.0.0 → 1.0.1, committed by, synced #1, healthy, rolled-back (Rolled back to 1.0.0)',
        '1.0.1 → 1.0.0, committed in, synced #2, healthy, live',
      ],
    ],
    [
      'a rollback before the new version was live: the former one never stopped',
      world({ automatedSync: false })
        .update({ [API]: '1.0.1' })
        .refresh()
        .sync({ by: 'jo', degraded: true })
        .sync({ by: 'jo', to: 0 }),
      [
        '? → 1.0.0, synced #0, healthy, live',
        '1.0.0 → 1.0.1, committed by, synced #1, rolled-back (Rolled back to 1.0.0 by jo)',
      ],
    ],
    [
      'a Degraded version gives way to the next',
      world()
        .update({ [API]: '1.0.1' })
        .refresh({ degraded: true })
        .update({ [API]: '1.0.2' })
        .refresh(),
      [
        '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.2)',
        '1.0.0 → 1.0.1, committed by, synced #1, superseded (Superseded by 1.0.2 after it failed: Deployment exceeded its progress deadline)',
        '1.0.0 → 1.0.2, committed by, synced #2, healthy, live',
      ],
    ],
    [
      'an application with a chart and a repository of values',
      world({ multiSource: true })
        .push(API, '1.0.1')
        .update({ [API]: '1.0.1' })
        .refresh()
        .commit({}, 'Change a label')
        .refresh(),
      [
        '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.1)',
        '1.0.0 → 1.0.1, pushed, committed by, synced #1, healthy, live',
      ],
    ],
    [
      'a rollback of an application with several sources',
      world({ multiSource: true, automatedSync: false })
        .update({ [API]: '1.0.1' })
        .refresh()
        .sync({ by: 'jo' })
        .sync({ by: 'jo', to: 0 }),
      [
        '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.1)',
        '1.0.0 → 1.0.1, committed by, synced #1, healthy, rolled-back (Rolled back to 1.0.0 by jo)',
        '1.0.1 → 1.0.0 (rollback), synced #2, healthy, live',
      ],
    ],
    [
      'a revert in Git that the updater undoes',
      world()
        .update({ [API]: '1.0.1' })
        .refresh()
        .commit({ [API]: '1.0.0' }, 'Revert')
        .refresh()
        .update({ [API]: '1.0.1' })
        .refresh(),
      [
        '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.1)',
        '1.0.0 → 1.0.1, committed by, synced #1, healthy, rolled-back (Rolled back to 1.0.0)',
        '1.0.1 → 1.0.0, committed in, synced #2, healthy, superseded (Replaced by 1.0.1)',
        '1.0.0 → 1.0.1 (undoes a rollback), committed by, synced #3, healthy, live',
      ],
    ],
    [
      'a person who puts a version back that was rolled back',
      world()
        .update({ [API]: '1.0.1' })
        .refresh()
        .commit({ [API]: '1.0.0' }, 'Revert')
        .refresh()
        .commit({ [API]: '1.0.1' }, 'It was not its fault')
        .refresh(),
      [
        '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.1)',
        '1.0.0 → 1.0.1, committed by, synced #1, healthy, rolled-back (Rolled back to 1.0.0)',
        '1.0.1 → 1.0.0, committed in, synced #2, healthy, superseded (Replaced by 1.0.1)',
        '1.0.0 → 1.0.1, committed in, synced #3, healthy, live',
      ],
    ],
    [
      'a revert before the new version was live, by the updater: the former one never stopped',
      world()
        .update({ [API]: '1.0.1' })
        .refresh({ degraded: true })
        .update({ [API]: '1.0.0' })
        .refresh(),
      [
        '? → 1.0.0, synced #0, healthy, live',
        '1.0.0 → 1.0.1, committed by, synced #1, rolled-back (Rolled back to 1.0.0)',
      ],
    ],
    [
      'two commits between two looks: the first never was head',
      world()
        .update({ [API]: '1.0.1' })
        .update({ [API]: '1.0.2' })
        .refresh(),
      [
        '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.2)',
        '1.0.0 → 1.0.2, committed by, synced #1, healthy, live',
      ],
    ],
    [
      'two commits that are both seen, and one sync',
      world({ automatedSync: false })
        .push(API, '1.0.1')
        .update({ [API]: '1.0.1' })
        .refresh()
        .push(API, '1.0.2')
        .update({ [API]: '1.0.2' })
        .refresh()
        .sync({ by: 'jo' }),
      [
        '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.2)',
        '1.0.0 → 1.0.1, pushed, committed by, superseded (Superseded by 1.0.2 before it was deployed)',
        '1.0.0 → 1.0.2, pushed, committed by, synced #1, healthy, live',
      ],
    ],
    [
      'an image that is removed before it was deployed',
      world().push(API, '1.0.1').remove(API, '1.0.1'),
      [
        '? → 1.0.0, synced #0, healthy, live',
        '1.0.0 → 1.0.1, pushed, abandoned (The image was removed from the registry before it was deployed)',
      ],
    ],
    [
      'an application that is gone',
      world().push(API, '1.0.1').gone(),
      [
        '? → 1.0.0, synced #0, healthy, abandoned (The application no longer exists)',
        '1.0.0 → 1.0.1, pushed, abandoned (The application no longer exists)',
      ],
    ],
    [
      'an application that was out of sight',
      world().push(API, '1.0.1').vanish(),
      [
        '? → 1.0.0, synced #0, healthy, live',
        '1.0.0 → 1.0.1, pushed, under way',
      ],
    ],
    [
      'references without a tag',
      world({ images: { [API]: DIGEST_A }, annotations: {} })
        .push(API, 'latest', DIGEST_B)
        .update({ [API]: DIGEST_B })
        .refresh(),
      [
        '? → sha256:aaaaaaa, synced #0, healthy, superseded (Replaced by sha256:bbbbbbb)',
        'sha256:aaaaaaa → sha256:bbbbbbb, pushed, committed by, synced #1, healthy, live',
      ],
    ],
    [
      'a version that was committed and not synced still waits after a rollback',
      world({ automatedSync: false })
        .update({ [API]: '1.0.1' })
        .refresh()
        .sync({ by: 'jo' })
        .update({ [API]: '1.0.2' })
        .refresh()
        .sync({ by: 'jo', to: 0 }),
      [
        '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.1)',
        '1.0.0 → 1.0.1, committed by, synced #1, healthy, rolled-back (Rolled back to 1.0.0 by jo)',
        '1.0.0 → 1.0.2, committed by, under way',
        '1.0.1 → 1.0.0 (rollback), synced #2, healthy, live',
      ],
    ],
  ])('%s', (_, simulation, expected) => {
    expect(outlineOf(simulation)).toEqual(expected);
  });
});
