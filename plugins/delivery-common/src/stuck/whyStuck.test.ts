import type { Application, SyncWindows } from '../model/application';
import type { Promotion } from '../model/promotion';
import { observationsOf, readRecording } from '../__testUtils__/recordings';
import { API, Simulation, WEB } from '../testing/simulation';
import { initialState, reduce } from '../promotion';
import type { ImageUpdaterResource } from '../image-updater';
import type { Unreadable } from './types';
import { formatStuckReason } from './stuckMessage';
import { whyStuck } from './whyStuck';

const ANNOTATIONS = {
  'argocd-image-updater.argoproj.io/image-list': `app=${API}:~1.0`,
};

function simulation(automatedSync = true): Simulation {
  return new Simulation({
    images: { [API]: '1.0.0' },
    annotations: ANNOTATIONS,
    automatedSync,
  });
}

/** Why the latest promotion waits, `later` seconds after the last observation. */
function why(
  simulated: Simulation,
  change: Partial<Application> = {},
  later = 1,
  updaters: ImageUpdaterResource[] = [],
  updaterIntervalMs?: number,
  unreadable?: Unreadable,
): ReturnType<typeof whyStuck> {
  let state = initialState(Simulation.ref);
  for (const { observation } of simulated.observations) {
    state = reduce(state, observation).state;
  }
  const promotion = latest(state.promotions);
  const now = new Date(Date.parse(simulated.clock) + later * 1000);
  return (
    promotion &&
    whyStuck(
      promotion,
      {
        application: {
          ...simulated.current,
          reconciledAt: now.toISOString(),
          ...change,
        },
        syncWindows: state.memory.syncWindows,
        imageUpdaters: updaters,
        updaterIntervalMs,
        unreadable,
      },
      now,
    )
  );
}

function latest(promotions: Promotion[]): Promotion | undefined {
  return promotions.find(p => p.version.tag === '1.0.1');
}

describe('whyStuck', () => {
  it.each<[string, ReturnType<typeof why>, string, string]>([
    [
      'pushed just now',
      why(simulation().push(API, '1.0.1')),
      'updater-cycle',
      'Waiting for the next cycle',
    ],
    [
      'pushed, comparison fails',
      why(
        simulation().push(API, '1.0.1'),
        {
          conditions: [
            { type: 'ComparisonError', message: 'failed to list refs' },
          ],
        },
        3600,
      ),
      'comparison-failed',
      'failed to list refs',
    ],
    [
      'pushed, an earlier sync failed',
      why(simulation().push(API, '1.0.1'), {
        conditions: [{ type: 'SyncError', message: 'hook failed' }],
      }),
      'updater-cycle',
      'Waiting for the next cycle',
    ],
    [
      'pushed long ago',
      why(simulation().push(API, '1.0.1'), {}, 3600),
      'updater-not-enabled',
      'Not committed: no ImageUpdater',
    ],
    [
      'committed, automated sync off',
      why(
        simulation(false)
          .update({ [API]: '1.0.1' })
          .refresh(),
      ),
      'automated-sync-off',
      'Someone has to sync',
    ],
    [
      'committed, automated sync on',
      why(
        simulation(false)
          .update({ [API]: '1.0.1' })
          .refresh(),
        {
          automatedSync: true,
        },
      ),
      'sync-pending',
      'about to sync',
    ],
    [
      'committed, not looked at since',
      why(
        simulation(false)
          .update({ [API]: '1.0.1' })
          .refresh(),
        {
          reconciledAt: '2026-01-01T12:00:00Z',
        },
      ),
      'not-refreshed',
      "hasn't compared",
    ],
    [
      'committed, comparison fails',
      why(
        simulation(false)
          .update({ [API]: '1.0.1' })
          .refresh(),
        {
          conditions: [
            { type: 'ComparisonError', message: 'failed to list refs' },
          ],
        },
      ),
      'comparison-failed',
      'failed to list refs',
    ],
    [
      'a sync that failed',
      why(
        simulation()
          .update({ [API]: '1.0.1' })
          .refresh({ failing: 'hook failed' }),
      ),
      'sync-failing',
      'hook failed',
    ],
  ])('%s', (_, reason, code, message) => {
    expect(reason?.code).toBe(code);
    expect(reason && formatStuckReason(reason)).toContain(message);
  });

  describe('a head that follows the commit before Argo CD has looked', () => {
    /**
     * The message of the head names another application; `later` is in seconds.
     */
    const together = (later: number, change: Partial<Application> = {}) =>
      why(
        simulation(false)
          .push(API, '1.0.1')
          .commit({ [API]: '1.0.1' }, 'build: automatic update of web')
          .refresh(),
        change,
        later,
      );

    it('waits for the updater as long as it may', () => {
      expect(together(1)?.code).toBe('updater-cycle');
    });

    it('waits for what the application waits for, and says that it may not be among that', () => {
      const reason = together(3600);
      expect(reason?.code).toBe('automated-sync-off');
      expect(reason && formatStuckReason(reason)).toBe(
        'Automated sync is off. No commit with 1.0.1 was observed, so it may not be part of this change. Someone has to sync the application',
      );
    });

    it('waits for a commit when the application is in sync, or out of sync with what was synced', () => {
      const { current } = simulation(false);
      expect(together(3600, { sync: current.sync })?.code).toBe(
        'updater-not-enabled',
      );
      const drifted = { ...current.sync, status: 'OutOfSync' as const };
      expect(together(3600, { sync: drifted })?.code).toBe(
        'updater-not-enabled',
      );
    });

    it('waits for a commit when nothing keeps the sync back', () => {
      expect(together(3600, { automatedSync: true })?.code).toBe(
        'updater-not-enabled',
      );
    });
  });

  it.each([
    [359, undefined, 'updater-cycle'],
    [360, undefined, 'updater-not-enabled'],
    [1799, 600_000, 'updater-cycle'],
    [1800, 600_000, 'updater-not-enabled'],
  ])(
    'pushed %d s ago, where the Image Updater looks every %p ms',
    (seconds, intervalMs, code) => {
      const pushed = simulation().push(API, '1.0.1');
      const reason = why(pushed, {}, 0, [], intervalMs);
      const at = Date.parse(reason?.since ?? '');
      const later = seconds - (Date.parse(pushed.clock) - at) / 1000;
      expect(why(pushed, {}, later, [], intervalMs)?.code).toBe(code);
    },
  );

  it.each([
    ['Running', undefined, undefined, 'syncing'],
    ['Running', 'Retrying attempt #1', 1, 'sync-failing'],
    [
      'Running',
      'Sync operation blocked by sync window',
      undefined,
      'sync-window-closed',
    ],
  ] as const)(
    'an operation that is %s: %s',
    (phase, message, retryCount, code) => {
      const simulated = simulation(false)
        .update({ [API]: '1.0.1' })
        .refresh();
      const operation = {
        phase,
        message,
        retryCount,
        startedAt: simulated.clock,
        dryRun: false,
        partial: false,
        revisions: simulated.current.sync.revisions,
        images: [],
      };
      const application = { ...simulated.current, operation };
      simulated.observations.push({
        source: 'application',
        observation: {
          kind: 'application-observed',
          application,
          seenAt: simulated.clock,
        },
      });
      expect(why(simulated, { operation })?.code).toBe(code);
    },
  );

  describe('what the Image Updater does about a push', () => {
    const enabling: ImageUpdaterResource = {
      namespace: 'argocd',
      name: 'api-dev',
      spec: {
        applicationRefs: [{ namePattern: 'api-*', useAnnotations: true }],
      },
    };
    const pushed = (
      annotations: Record<string, string>,
      updaters: ImageUpdaterResource[],
      later = 1,
    ) => {
      // The reducer opened it while the annotations still accepted it.
      const simulated = simulation().push(API, '1.0.1');
      const all = { ...ANNOTATIONS, ...annotations };
      return why(simulated, { annotations: all }, later, updaters);
    };
    const PREFIX = 'argocd-image-updater.argoproj.io/';

    it.each<[string, ReturnType<typeof why>, string, string]>([
      [
        'no resource enables its annotations, and it had time',
        pushed({}, [], 3600),
        'updater-not-enabled',
        'so its annotations are ignored',
      ],
      [
        'a resource of another namespace',
        pushed({}, [{ ...enabling, namespace: 'team-a' }], 3600),
        'updater-not-enabled',
        'no ImageUpdater with useAnnotations selects this application',
      ],
      [
        'it is enabled, and had time',
        pushed(
          {},
          [{ ...enabling, lastCheckedAt: '2026-01-01T13:00:00Z' }],
          3600,
        ),
        'updater-overdue',
        'last checked its applications at 2026-01-01T13:00:00Z',
      ],
      [
        'it reports an error',
        pushed({}, [{ ...enabling, error: '1 error(s) occurred' }]),
        'updater-failing',
        'for the ImageUpdater argocd/api-dev: 1 error(s) occurred',
      ],
      [
        'allow-tags matches something else',
        pushed({ [`${PREFIX}allow-tags`]: 'regexp:^v' }, [enabling]),
        'policy-passes-over',
        "allow-tags regexp:^v doesn't match it",
      ],
      [
        'allow-tags is malformed (recorded: the resource says nothing of it)',
        pushed({ [`${PREFIX}allow-tags`]: '^[0-9]+' }, [enabling]),
        'policy-passes-over',
        'write "regexp:" before the expression',
      ],
      [
        'ignore-tags matches',
        pushed({ [`${PREFIX}ignore-tags`]: '1.0.*' }, [enabling]),
        'policy-passes-over',
        'ignore-tags 1.0.* matches it',
      ],
      [
        'its secret is that of another namespace',
        pushed({ [`${PREFIX}pull-secret`]: 'pullsecret:elsewhere/ecr' }, [
          enabling,
        ]),
        'updater-unusable',
        'use a secret of the namespace argocd',
      ],
    ])('%s', (_, reason, code, message) => {
      expect(reason?.code).toBe(code);
      expect(reason && formatStuckReason(reason)).toContain(message);
    });
  });

  describe('sync windows', () => {
    const DENY = {
      kind: 'deny',
      schedule: '0 3 * * *',
      duration: '1h',
    } as const;
    const ALLOW = {
      kind: 'allow',
      schedule: '0 9 * * 1-5',
      duration: '8h',
      timeZone: 'Europe/Berlin',
    } as const;

    /**
     * Committed, with automated sync on, and the windows read `before` or after
     * the commit.
     */
    const waiting = (windows: SyncWindows, before = false) => {
      const simulated = simulation(false);
      const seen = () =>
        simulated.observations.push({
          source: 'application',
          observation: {
            kind: 'sync-windows-observed',
            ref: Simulation.ref,
            windows,
            seenAt: simulated.clock,
          },
        });
      if (before) {
        seen();
      }
      simulated
        .wait(1_000)
        .update({ [API]: '1.0.1' })
        .refresh();
      if (!before) {
        seen();
      }
      return why(simulated, { automatedSync: true });
    };

    it.each([
      ['none', [], [], 'sync-pending', 'about to sync'],
      ['a closed deny window', [], [DENY], 'sync-pending', 'about to sync'],
      [
        'an open deny window',
        [DENY, ALLOW],
        [DENY, ALLOW],
        'sync-window-closed',
        'A sync window denies it: 1h from 0 3 * * *',
      ],
      [
        'a closed allow window',
        [],
        [DENY, ALLOW],
        'sync-window-closed',
        'Waiting for a sync window: 8h from 0 9 * * 1-5 (Europe/Berlin)',
      ],
      ['an open allow window', [ALLOW], [ALLOW], 'sync-pending', 'about to'],
    ])('%s', (_, active, assigned, code, message) => {
      const reason = waiting({ active, assigned });
      expect(reason?.code).toBe(code);
      expect(reason && formatStuckReason(reason)).toContain(message);
    });

    it('that were read before the commit say nothing', () => {
      const windows = { active: [DENY], assigned: [DENY] };
      expect(waiting(windows, true)?.code).toBe('sync-pending');
    });
  });

  it.each([
    ['Progressing', 'rolling-out'],
    ['Suspended', 'suspended'],
    ['Missing', 'missing'],
    ['Degraded', 'degraded'],
    ['Unknown', 'rolling-out'],
  ] as const)('synced, and the health is %s', (status, code) => {
    const simulated = simulation()
      .update({ [API]: '1.0.1' })
      .refresh({ degraded: true });
    expect(why(simulated, { health: { status } })?.code).toBe(code);
  });

  it('names the resources of a recorded rollout that failed', () => {
    const ref = { instance: 'main', namespace: 'argocd', name: 'fragile' };
    let state = initialState(ref);
    for (const observation of observationsOf(
      readRecording('promotions', 'fails-degraded'),
      'fragile',
    )) {
      state = reduce(state, observation).state;
    }
    const failed = state.promotions.find(p => p.outcome === 'failed');
    const { application } = state;
    expect(
      failed &&
        application &&
        whyStuck(failed, { application, imageUpdaters: [] }, new Date()),
    ).toEqual({
      code: 'degraded',
      parameters: {
        message:
          'Deployment fragile: Deployment "fragile" exceeded its progress deadline',
      },
      since: '2026-11-23T04:03:12Z',
    });
  });

  describe('with several settings for one application', () => {
    const listing = (name: string, repository: string, error?: string) => ({
      namespace: Simulation.ref.namespace,
      name,
      spec: {
        applicationRefs: [
          {
            namePattern: Simulation.ref.name,
            images: [{ alias: name, imageName: `${repository}:~1.0` }],
          },
        ],
      },
      error,
    });
    const pushed = simulation().push(API, '1.0.1');

    it('goes by the ImageUpdater that lists the image', () => {
      const a = listing('a', WEB, 'web is broken');
      const b = listing('b', API);
      expect(why(pushed, {}, 1, [a, b])?.code).toBe('updater-cycle');
      expect(why(pushed, {}, 3600, [a, b])).toMatchObject({
        code: 'updater-overdue',
        parameters: {
          cause: expect.objectContaining({
            parameters: expect.objectContaining({ updater: 'argocd/b' }),
          }),
        },
      });
      const failing = listing('b', API, 'no access');
      expect(why(pushed, {}, 1, [a, failing])).toMatchObject({
        code: 'updater-failing',
        parameters: { message: 'no access', updater: 'argocd/b' },
      });
    });

    it('waits as long as one alias of the image takes the version', () => {
      const aliases = (...constraints: string[]) => ({
        annotations: {
          'argocd-image-updater.argoproj.io/image-list': constraints
            .map((constraint, index) => `a${index}=${API}:${constraint}`)
            .join(),
        },
      });
      expect(why(pushed, aliases('1.0.0', '~1.0'))?.code).toBe('updater-cycle');
      expect(why(pushed, aliases('1.0.0', '>1.1'))).toMatchObject({
        code: 'policy-passes-over',
        parameters: {
          verdict: {
            code: 'verdict.outside-constraint',
            parameters: { constraint: '1.0.0' },
          },
        },
      });
    });
  });

  it('has nothing to say of what is live or over', () => {
    expect(
      why(
        simulation()
          .update({ [API]: '1.0.1' })
          .refresh(),
      ),
    ).toBeUndefined();
  });

  describe('evidence that can’t be read', () => {
    const since = '2026-01-01T13:00:00Z';
    const forbidden = { reason: 'forbidden', since } as const;

    it('of ImageUpdaters is said instead of that there are none', () => {
      const pushed = simulation().push(API, '1.0.1');
      const unreadable = { imageUpdaters: forbidden };
      expect(why(pushed, {}, 3600, [], undefined, unreadable)).toEqual({
        code: 'updaters-unreadable',
        parameters: { instance: Simulation.ref.instance },
        advice: { code: 'advice.grant-reading', parameters: {} },
        since,
      });
      // Before that, it may still be committed.
      expect(why(pushed, {}, 1, [], undefined, unreadable)?.code).toBe(
        'updater-cycle',
      );
    });

    it('of ImageUpdaters is not said where the one that enables it is known', () => {
      const enabling = {
        namespace: Simulation.ref.namespace,
        name: 'api-dev',
        spec: {
          applicationRefs: [
            { namePattern: Simulation.ref.name, useAnnotations: true },
          ],
        },
      };
      expect(
        why(simulation().push(API, '1.0.1'), {}, 3600, [enabling], undefined, {
          imageUpdaters: forbidden,
        })?.code,
      ).toBe('updater-overdue');
    });

    it('of sync windows is said instead of that Argo CD is about to sync', () => {
      const committed = simulation(false)
        .update({ [API]: '1.0.1' })
        .refresh();
      const change = { automatedSync: true };
      expect(why(committed, change)?.code).toBe('sync-pending');
      expect(
        why(committed, change, 1, [], undefined, {
          syncWindows: { reason: 'unreachable', since },
        }),
      ).toEqual({
        code: 'sync-windows-unreadable',
        parameters: {},
        advice: { code: 'advice.wait-for-argocd', parameters: {} },
        since,
      });
    });
  });
});
