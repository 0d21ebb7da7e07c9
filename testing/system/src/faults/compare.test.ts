import type {
  Application,
  ApplicationHistoryEntry,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import { compareApplication } from './compare';
import type { Known } from './PartialObserver';

const ref = { instance: 'main', namespace: 'argocd', name: 'api' };
const repository = 'registry.example.com/shop/api';
const repoUrl = 'https://git.example.com/deploy.git';

/** A time in this minute, in the format of the sources. */
const at = (minute: number, second = 0) =>
  `2026-01-01T10:${String(minute).padStart(2, '0')}:${String(second).padStart(
    2,
    '0',
  )}.000Z`;
const reported = (minute: number, second = 0) => ({
  at: at(minute, second),
  basis: 'reported' as const,
});
const observed = (minute: number, second = 0) => ({
  at: at(minute, second),
  basis: 'observed' as const,
});

const replacedBy = (version: string) => ({
  code: 'promotion.replaced' as const,
  parameters: { version },
});

/** The n-th version: pushed, committed, synced and healthy in its minute. */
function promotion(n: number, changes: Partial<Promotion> = {}): Promotion {
  return {
    id: `main/argocd/api|${repository}|1.0.${n}|1`,
    application: ref,
    repository,
    version: { tag: `1.0.${n}`, digest: `sha256:${n}` },
    ...(n > 0 && { previous: { tag: `1.0.${n - 1}` } }),
    stages: {
      pushed: reported(n),
      committed: reported(n, 10),
      synced: reported(n, 20),
      healthy: reported(n, 30),
    },
    outcome: 'superseded',
    outcomeAt: reported(n + 1, 30),
    reason: replacedBy(`1.0.${n + 1}`),
    commit: { repoUrl, revision: `commit${n}`, exact: true },
    sync: {
      historyId: n,
      revisions: [`commit${n}`],
      finishedAt: at(n, 20),
    },
    ...changes,
  };
}

function entry(n: number): ApplicationHistoryEntry {
  return {
    id: n,
    revisions: [`commit${n}`],
    sources: [{ repoUrl, path: 'apps/api' }],
    deployedAt: at(n, 20),
  };
}

function application(history: ApplicationHistoryEntry[]): Application {
  return {
    ref,
    uid: 'u',
    project: 'shop',
    labels: {},
    annotations: {},
    destination: {},
    sources: [{ repoUrl, path: 'apps/api' }],
    automatedSync: true,
    sync: { status: 'Synced', revisions: ['commit3'] },
    health: { status: 'Healthy' },
    images: [`${repository}:1.0.3`],
    externalUrls: [],
    history,
    conditions: [],
    resources: { total: 1, outOfSync: 0, unwell: [] },
  };
}

const LIVE: Partial<Promotion> = {
  outcome: 'live',
  outcomeAt: reported(3, 30),
  reason: undefined,
};

function known(promotions: Promotion[], changes: Partial<Known> = {}): Known {
  return {
    gone: false,
    application: application([0, 1, 2, 3].map(entry)),
    promotions,
    ...changes,
  };
}

/** A time that is not a whole second. */
const exactly = (minute: number, second: number) => ({
  at: at(minute, second).replace('.000Z', '.700Z'),
  basis: 'reported' as const,
});

const ALL = [promotion(0), promotion(1), promotion(2), promotion(3, LIVE)];
const REFERENCE = known(ALL);

/** Everything that happened, with one promotion changed. */
function withChanged(n: number, changes: Partial<Promotion>): Known {
  return known(
    ALL.map((one, index) => (index === n ? { ...one, ...changes } : one)),
  );
}

function stages(n: number, changes: Partial<Promotion['stages']>) {
  return { stages: { ...ALL[n].stages, ...changes } };
}

describe('compareApplication', () => {
  it('finds no difference between equal promotions in any order', () => {
    expect(compareApplication('api', REFERENCE, known(ALL))).toEqual([]);
    expect(
      compareApplication('api', REFERENCE, known(ALL.toReversed())),
    ).toEqual([]);
  });

  it('allows a push in whole seconds, and a commit that is raised to its push', () => {
    const raised = { pushed: exactly(2, 0), committed: exactly(2, 0) };
    const reference = withChanged(2, stages(2, raised));
    const ofEvent = { pushed: reported(2), committed: reported(2) };
    expect(
      compareApplication('api', reference, withChanged(2, stages(2, ofEvent))),
    ).toEqual([]);
    // Whoever knows the exact push knows that the commit isn't before it.
    const before = { ...raised, committed: reported(2) };
    expect(
      compareApplication('api', reference, withChanged(2, stages(2, before))),
    ).toContainEqual(expect.stringContaining('committed is'));
  });

  it.each<[string, Known, string]>([
    ['a lost promotion', known([ALL[0], ALL[1], ALL[3]]), 'lost: 1.0.2'],
    ['none at all', known([]), 'lost: 1.0.3'],
    [
      'a doubled promotion',
      known([...ALL, { ...ALL[1], id: `${ALL[1].id}h` }]),
      'doubled or invented: 1.0.1',
    ],
    [
      'one that was passed over beside the one of the history',
      known([
        ...ALL,
        {
          ...ALL[1],
          id: `${ALL[1].id}h`,
          stages: { pushed: reported(1) },
          sync: undefined,
        },
      ]),
      'doubled or invented: 1.0.1',
    ],
    [
      'an invented version',
      known([...ALL, promotion(9)]),
      'doubled or invented: 1.0.9',
    ],
    ['two that are live', withChanged(2, LIVE), 'live at once'],
    [
      'none that is live',
      withChanged(3, { outcome: undefined }),
      '1.0.3 (1): outcome',
    ],
    [
      'another outcome',
      withChanged(1, { outcome: 'rolled-back' }),
      '1.0.1 (1): outcome',
    ],
    [
      'one that waits for ever',
      withChanged(1, { outcome: undefined, outcomeAt: undefined }),
      '1.0.1 (1): outcome',
    ],
    ['a rollback', withChanged(1, { rollback: true }), 'rollback is true'],
    [
      'another digest',
      withChanged(1, { version: { tag: '1.0.1', digest: 'sha256:9' } }),
      'digest',
    ],
    [
      'another reported time',
      withChanged(2, stages(2, { synced: reported(2, 21) })),
      '1.0.2 (1): synced is',
    ],
    [
      'a reported time that is only observed',
      withChanged(2, stages(2, { synced: observed(2, 25) })),
      'synced is reported',
    ],
    [
      'a time observed before it was',
      withChanged(2, stages(2, { healthy: observed(2, 20) })),
      'healthy was observed before it was',
    ],
    [
      'times that go backwards',
      withChanged(2, stages(2, { healthy: reported(2, 5) })),
      'times go backwards',
    ],
    [
      'a push in another second',
      withChanged(2, stages(2, { pushed: reported(1, 59) })),
      'pushed is',
    ],
    [
      'no push',
      withChanged(2, stages(2, { pushed: undefined })),
      'pushed is lost',
    ],
    [
      'no commit although the history has it',
      withChanged(2, stages(2, { committed: undefined })),
      'committed is lost',
    ],
    [
      'no sync although the history has it',
      withChanged(2, stages(2, { synced: undefined, healthy: undefined })),
      'synced is lost',
    ],
    [
      'no health of what is live',
      withChanged(3, stages(3, { healthy: undefined })),
      'healthy is lost',
    ],
    [
      'another commit',
      withChanged(2, { commit: { repoUrl, revision: 'x', exact: true } }),
      'commit is',
    ],
    [
      'another sync',
      withChanged(2, { sync: { historyId: 2, revisions: ['x'] } }),
      'sync is',
    ],
    [
      'another version before it',
      withChanged(3, { previous: { tag: '1.0.0' } }),
      'what ran before is 1.0.0',
    ],
    [
      'no version before it',
      withChanged(3, { previous: undefined }),
      'what ran before is undefined',
    ],
    ['another end', withChanged(1, { outcomeAt: reported(2, 31) }), 'ended at'],
    [
      'another successor',
      withChanged(1, { reason: replacedBy('1.0.3') }),
      'ended at',
    ],
    [
      'an application that is taken for gone',
      known(ALL, { gone: true }),
      'api is gone',
    ],
  ])('finds %s', (_, disturbed, difference) => {
    expect(
      compareApplication('api', REFERENCE, disturbed).join('\n'),
    ).toContain(difference);
  });

  it('does not require what nobody can know afterwards', () => {
    // 1.0.1 and 1.0.2 came and went unseen, but are in the history.
    const unseen = (n: number): Promotion => ({
      ...ALL[n],
      ...stages(n, { healthy: undefined }),
      outcomeAt: reported(n + 1, 20),
    });
    const disturbed = known([
      { ...ALL[0], outcomeAt: observed(3, 40) },
      unseen(1),
      unseen(2),
      { ...ALL[3], ...stages(3, { healthy: observed(3, 45) }) },
    ]);
    // A time that a source still reports may not be merely observed.
    expect(
      compareApplication('api', REFERENCE, disturbed).join('\n'),
    ).toContain('healthy is reported');
    disturbed.promotions[3] = ALL[3];
    expect(compareApplication('api', REFERENCE, disturbed)).toEqual([]);
  });

  it('excuses a sync whose version the history does not contain', () => {
    const other = { ...entry(2), revisions: ['of-another-application'] };
    const history = [entry(0), entry(1), other, entry(3)];
    const sync = { historyId: 2, revisions: ['of-another-application'] };
    const reference = known(
      ALL.map((one, index) => (index === 2 ? { ...one, sync } : one)),
      { application: application(history) },
    );
    const disturbed = known(
      [
        ALL[0],
        { ...ALL[1], outcomeAt: reported(3, 30), reason: replacedBy('1.0.3') },
        {
          ...ALL[2],
          stages: { pushed: reported(2) },
          sync: undefined,
          commit: undefined,
          reason: {
            code: 'promotion.passed-by',
            parameters: { version: '1.0.3' },
          },
        },
        { ...ALL[3], previous: { tag: '1.0.1' } },
      ],
      { application: application(history) },
    );
    expect(compareApplication('api', reference, disturbed)).toEqual([]);
    // The portal need not even know that something ran before the next version.
    disturbed.promotions[3] = { ...ALL[3], previous: undefined };
    expect(compareApplication('api', reference, disturbed)).toEqual([]);
    // But it must not stay pending forever.
    disturbed.promotions[2] = {
      ...disturbed.promotions[2],
      outcome: undefined,
    };
    expect(compareApplication('api', reference, disturbed)).not.toEqual([]);
  });

  it('excuses another rollout of a version that was never observed to end', () => {
    const back: Promotion = {
      ...promotion(0, { ...LIVE, outcomeAt: reported(4, 30) }),
      id: `main/argocd/api|${repository}|1.0.0|2`,
      rollback: true,
      previous: { tag: '1.0.1' },
      stages: { synced: reported(4, 20), healthy: reported(4, 30) },
      sync: { historyId: 2, revisions: ['commit0'], finishedAt: at(4, 20) },
    };
    const history = [
      entry(0),
      entry(1),
      { ...entry(0), id: 2, deployedAt: at(4, 20) },
    ];
    const rolledBack: Promotion = {
      ...ALL[1],
      outcome: 'rolled-back',
      outcomeAt: reported(4, 30),
      reason: {
        code: 'promotion.rolled-back',
        parameters: { version: '1.0.0' },
      },
    };
    const of = (promotions: Promotion[]) =>
      known(promotions, { application: application(history) });
    const reference = of([ALL[0], rolledBack, back]);
    const unseen = {
      ...rolledBack,
      ...{ stages: { ...ALL[1].stages, healthy: undefined } },
    };
    const stillLive: Promotion = {
      ...ALL[0],
      outcome: 'live',
      outcomeAt: ALL[0].stages.healthy,
      reason: undefined,
    };
    expect(
      compareApplication('api', reference, of([stillLive, unseen])),
    ).toEqual([]);
    // A portal that saw 1.0.1 healthy isn't excused.
    expect(
      compareApplication('api', reference, of([stillLive, rolledBack])),
    ).not.toEqual([]);
  });

  it('excuses what happened to an application after it was last observed', () => {
    const abandoned: Partial<Promotion> = {
      outcome: 'abandoned',
      outcomeAt: observed(5),
      reason: { code: 'promotion.application-gone', parameters: {} },
    };
    const reference = known(
      [ALL[0], ALL[1], ALL[2], { ...ALL[3], ...abandoned }],
      { gone: true },
    );
    const disturbed = known([ALL[0], { ...ALL[1], ...abandoned }], {
      gone: true,
      application: application([0, 1].map(entry)),
    });
    expect(compareApplication('api', reference, disturbed)).toEqual([]);
    // It must have what it did see.
    disturbed.promotions = [{ ...ALL[1], ...abandoned }];
    expect(
      compareApplication('api', reference, disturbed).join('\n'),
    ).toContain('lost: 1.0.0');
  });

  it('excuses revisions that could not be requested before the application was gone', () => {
    const abandoned: Partial<Promotion> = {
      outcome: 'abandoned',
      outcomeAt: observed(5),
      reason: { code: 'promotion.application-gone', parameters: {} },
    };
    const reference = known([ALL[0], ALL[1], { ...ALL[2], ...abandoned }], {
      gone: true,
    });
    const disturbed = known(
      [
        {
          ...ALL[0],
          outcomeAt: reported(2, 30),
          reason: replacedBy('1.0.2'),
        },
        {
          ...ALL[1],
          stages: { pushed: reported(1) },
          sync: undefined,
          commit: undefined,
          reason: {
            code: 'promotion.passed-by',
            parameters: { version: '1.0.2' },
          },
        },
        { ...ALL[2], ...abandoned, previous: { tag: '1.0.0' } },
      ],
      { gone: true, application: application([0, 1, 2].map(entry)) },
    );
    const differences = () => compareApplication('api', reference, disturbed);
    expect(differences().join('\n')).toContain('synced is lost');
    disturbed.unanswered = ['commit1'];
    expect(differences()).toEqual([]);
    // For an application that still exists, they are still required.
    disturbed.gone = false;
    reference.gone = false;
    expect(differences().join('\n')).toContain('synced is lost');
  });
});
