import { observationsOf, readRecording } from '../__testUtils__/recordings';
import { API, Simulation } from '../testing/simulation';
import { whyStuck } from '../stuck';
import { outlineOf, play, UPDATER, world } from './__testUtils__/worlds';
import { initialState, reduce } from './reduce';

/*
 * The ten pitfalls of measuring a promotion with Argo CD's reports, by their
 * numbers in the contract.
 */

const LIVE = '? → 1.0.0, synced #0, healthy, live';
const REPLACED =
  '? → 1.0.0, synced #0, healthy, superseded (Replaced by 1.0.1)';

/** The promotion of 1.0.1, after all observations. */
function promoted(simulation: Simulation) {
  const { promotions } = play(simulation).state;
  return promotions.findLast(({ version }) => version.tag === '1.0.1');
}

describe('pitfalls', () => {
  it('1: heads of a monorepo move without touching the application', () => {
    const simulation = world()
      .update({ [API]: '1.0.1' }, 'another-app')
      .refresh();
    expect(simulation.current.sync.revisions).not.toEqual(
      simulation.current.history[0].revisions,
    );
    expect(outlineOf(simulation)).toEqual([LIVE]);
  });

  it('2: an automated sync is of a later revision than the commit that brought the version', () => {
    const simulation = world({ automatedSync: false })
      .push(API, '1.0.1')
      .update({ [API]: '1.0.1' })
      .refresh()
      .commit({}, 'Change a label')
      .refresh()
      .sync();
    expect(outlineOf(simulation)).toEqual([
      REPLACED,
      '1.0.0 → 1.0.1, pushed, committed by, synced #1, healthy, live',
    ]);
    const { commit, sync } = promoted(simulation) ?? {};
    expect(commit?.message).toContain('automatic update of api-dev');
    expect(sync?.revisions).not.toContain(commit?.revision);
  });

  it('3: a manual sync records whatever the branch has, so the revision only contains the change', () => {
    const simulation = world({ automatedSync: false })
      .commit({ [API]: '1.0.1' }, 'Use 1.0.1')
      .commit({}, 'Change a label')
      .refresh()
      .sync({ by: 'jo' });
    expect(outlineOf(simulation)).toEqual([
      REPLACED,
      '1.0.0 → 1.0.1, committed in, synced #1, healthy, live',
    ]);
    expect(promoted(simulation)?.commit).toMatchObject({
      message: 'Change a label',
      exact: false,
    });
  });

  describe('4: the history lacks what was no full and successful sync', () => {
    it('self-heal is no promotion', () => {
      const simulation = world()
        .update({ [API]: '1.0.1' })
        .refresh()
        .selfHeal()
        .selfHeal();
      expect(simulation.current.history).toHaveLength(2);
      expect(outlineOf(simulation)).toEqual([
        REPLACED,
        '1.0.0 → 1.0.1, committed by, synced #1, healthy, live',
      ]);
    });

    it('a partial sync is a sync all the same', () => {
      const simulation = world({ automatedSync: false })
        .update({ [API]: '1.0.1' })
        .refresh()
        .sync({ by: 'jo', partial: true });
      expect(simulation.current.history).toHaveLength(1);
      expect(outlineOf(simulation)).toEqual([
        REPLACED,
        '1.0.0 → 1.0.1, committed by, synced #-, healthy, live',
      ]);
    });

    it('a failed sync is noted, and the next one applies the version', () => {
      const simulation = world({ automatedSync: false })
        .update({ [API]: '1.0.1' })
        .refresh()
        .sync({ by: 'jo', failing: 'hook failed' });
      expect(outlineOf(simulation)).toEqual([
        LIVE,
        '1.0.0 → 1.0.1, committed by, failed (hook failed)',
      ]);
      expect(outlineOf(simulation.sync({ by: 'jo' }))).toEqual([
        REPLACED,
        '1.0.0 → 1.0.1, committed by, synced #1, healthy, live',
      ]);
      expect(promoted(simulation)?.failure?.reason).toEqual({
        code: 'promotion.sync-failed',
        parameters: { message: 'hook failed' },
      });
    });
  });

  it('5: a rollback is a new entry with an old revision, and the updater bumps it again', () => {
    const simulation = world({ automatedSync: false })
      .push(API, '1.0.1')
      .update({ [API]: '1.0.1' })
      .refresh()
      .sync({ by: 'jo' })
      .sync({ by: 'jo', to: 0 });
    const [first, , third] = simulation.current.history;
    expect(third.revisions).toEqual(first.revisions);
    const rolledBack = [
      REPLACED,
      '1.0.0 → 1.0.1, pushed, committed by, synced #1, healthy, rolled-back (Rolled back to 1.0.0 by jo)',
    ];
    expect(outlineOf(simulation)).toEqual([
      ...rolledBack,
      '1.0.1 → 1.0.0 (rollback), synced #2, healthy, live',
    ]);
    simulation
      .commit({ [API]: '1.0.0' }, 'Stay at 1.0.0')
      .update({ [API]: '1.0.1' })
      .refresh();
    expect(promoted(simulation)).toMatchObject({ undoesRollback: true });
    expect(outlineOf(simulation.sync())).toEqual([
      ...rolledBack,
      '1.0.0 → 1.0.1 (undoes a rollback), pushed, committed by, synced #3, healthy, live',
      '1.0.1 → 1.0.0 (rollback), synced #2, healthy, superseded (Replaced by 1.0.1)',
    ]);
  });

  it('6: write-back method argocd makes no commit: the parameters show it', () => {
    const simulation = world({
      annotations: {
        [`${UPDATER}image-list`]: `app=${API}:~1.0`,
        [`${UPDATER}app.helm.image-name`]: 'image.repository',
        [`${UPDATER}app.helm.image-tag`]: 'image.tag',
      },
    })
      .push(API, '1.0.1')
      .setParameters(API, '1.0.1')
      .refresh();
    expect(outlineOf(simulation)).toEqual([
      '? → 1.0.0, committed in, synced #0, healthy, superseded (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1, pushed, committed, synced #1, healthy, live',
    ]);
    expect(promoted(simulation)?.stages.committed?.basis).toBe('observed');
    expect(promoted(simulation)?.commit).toBeUndefined();
  });

  it('7: deployedAt says that all was applied, not that it is healthy', () => {
    const simulation = world()
      .update({ [API]: '1.0.1' })
      .refresh({ degraded: true });
    const promotion = promoted(simulation);
    expect(promotion?.stages.synced).toEqual({
      at: new Date(simulation.current.history[1].deployedAt).toISOString(),
      basis: 'reported',
    });
    expect(promotion?.stages.healthy).toBeUndefined();
    expect(outlineOf(simulation)).toEqual([
      LIVE,
      '1.0.0 → 1.0.1, committed by, synced #1, failed (Deployment exceeded its progress deadline)',
    ]);
  });

  it('8: a rollout that never leaves Healthy does not move lastTransitionTime', () => {
    const simulation = world({ automatedSync: false })
      .update({ [API]: '1.0.1' })
      .refresh();
    const { lastTransitionTime } = simulation.current.health;
    simulation.sync({ by: 'jo', quiet: true });
    expect(simulation.current.health.lastTransitionTime).toBe(
      lastTransitionTime,
    );
    const { synced, healthy } = promoted(simulation)?.stages ?? {};
    expect(healthy).toMatchObject({ basis: 'observed' });
    expect(healthy && synced && healthy.at > synced.at).toBe(true);
  });

  /**
   * Every event of a recorded promotion, and what may be concluded after it.
   */
  it('9: the events of a sync: done is Succeeded, Synced, Healthy, and only the new image', () => {
    let state = initialState({
      instance: 'main',
      namespace: 'argocd',
      name: 'api-dev',
    });
    const steps: string[] = [];
    for (const observation of observationsOf(
      readRecording('promotions', 'helmvalues'),
      'api-dev',
    )) {
      state = reduce(state, observation).state;
      if (observation.kind === 'application-observed') {
        const { operation, history, sync, health, images } =
          observation.application;
        const promotion = state.promotions.find(p => p.version.tag === '1.0.1');
        const live = state.promotions.find(p => p.outcome === 'live');
        steps.push(
          [
            operation?.phase ?? '-',
            `#${history.at(-1)?.id}`,
            sync.status,
            health.status,
            images.map(image => image.split(':')[1]).join('+'),
            `→ ${Object.keys(promotion?.stages ?? {}).at(-1) ?? 'nothing'}`,
            `live ${live?.version.tag}`,
          ].join(' '),
        );
      }
    }
    expect(steps).toEqual([
      'Succeeded #0 Synced Healthy 1.0.0 → nothing live 1.0.0',
      'Succeeded #0 Synced Healthy 1.0.0 → pushed live 1.0.0',
      '- #0 Synced Healthy 1.0.0 → pushed live 1.0.0',
      '- #0 OutOfSync Healthy 1.0.0 → committed live 1.0.0',
      'Running #0 OutOfSync Healthy 1.0.0 → committed live 1.0.0',
      'Running #1 OutOfSync Healthy 1.0.0 → committed live 1.0.0',
      'Succeeded #1 OutOfSync Healthy 1.0.0 → synced live 1.0.0',
      'Succeeded #1 Synced Progressing 1.0.0+1.0.1 → synced live 1.0.0',
      'Succeeded #1 Synced Progressing 1.0.0+1.0.1 → synced live 1.0.0',
      'Succeeded #1 Synced Healthy 1.0.0+1.0.1 → synced live 1.0.0',
      'Succeeded #1 Synced Healthy 1.0.1 → healthy live 1.0.1',
      'Succeeded #1 Synced Healthy 1.0.1 → healthy live 1.0.1',
    ]);
  });

  it("10: the updater's cycle and Argo CD's polling are time in a queue, and said to be", () => {
    const simulation = world({ automatedSync: false }).push(API, '1.0.1');
    const why = () => {
      const promotion = promoted(simulation);
      return (
        promotion &&
        whyStuck(
          promotion,
          { application: simulation.current, imageUpdaters: [] },
          new Date(Date.parse(simulation.clock) + 1_000),
        )
      );
    };
    expect(why()).toMatchObject({
      code: 'updater-cycle',
      since: promoted(simulation)?.stages.pushed?.at,
    });
    // Only Argo CD reports commits, so its polling shows as the time between
    // commit and sync.
    simulation
      .update({ [API]: '1.0.1' })
      .wait(120_000)
      .refresh()
      .sync();
    const { committed, synced } = promoted(simulation)?.stages ?? {};
    expect(committed?.basis).toBe('reported');
    expect(
      Date.parse(synced?.at ?? '') - Date.parse(committed?.at ?? ''),
    ).toBeGreaterThan(120_000);
  });
});
