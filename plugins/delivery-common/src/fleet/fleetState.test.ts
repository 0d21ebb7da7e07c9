import fc from 'fast-check';
import type { Deployment } from '../api/types';
import { attentionKinds } from './attentionKinds';
import { describeMessage, type MessageOf } from '../messages';
import { fleetSeverity, fleetStates, mainImage } from './fleetState';
import { availableUpdate, type FleetUpdate } from './fleetUpdate';
import { summarizeDeployment } from './summarizeDeployment';
import { type ApplicationFleetState, FLEET_STATES } from './types';

const AT = '2026-11-23T04:00:00.000Z';
const REPOSITORY = 'registry.example.com/shop/api';

function deployment(changes: Partial<Deployment> = {}): Deployment {
  return {
    application: { instance: 'main', namespace: 'argocd', name: 'api' },
    key: 'k',
    project: 'shop',
    destination: { name: 'in-cluster', server: 'https://kubernetes' },
    health: { status: 'Healthy' },
    sync: { status: 'Synced', revisions: [], outOfSync: 0 },
    images: [{ repository: REPOSITORY, running: [{ tag: '1.0.0' }] }],
    automatedSync: true,
    conditions: [],
    unwell: [],
    links: { external: [] },
    ...changes,
  };
}

function promotion(
  ...stages: ('pushed' | 'committed' | 'synced')[]
): NonNullable<Deployment['promotion']> {
  return {
    id: 'p',
    application: { instance: 'main', namespace: 'argocd', name: 'api' },
    repository: REPOSITORY,
    version: { tag: '1.0.1' },
    stages: Object.fromEntries(
      stages.map(stage => [stage, { at: AT, basis: 'reported' }]),
    ),
  };
}

const WAITING: NonNullable<Deployment['waiting']> = {
  code: 'automated-sync-off',
  parameters: {},
  message: 'Automated sync is off',
  advice: {
    code: 'advice.sync',
    parameters: {},
    message: 'Sync it',
  },
};

function operation(phase: string): Deployment['operation'] {
  return { phase, startedAt: AT };
}

describe('fleetStates', () => {
  it.each<[string, Partial<Deployment>, ApplicationFleetState[]]>([
    ['what is well', {}, []],
    ['Degraded', { health: { status: 'Degraded' } }, ['degraded']],
    ['Missing', { health: { status: 'Missing' } }, ['degraded']],
    ['Suspended', { health: { status: 'Suspended' } }, []],
    ['Progressing', { health: { status: 'Progressing' } }, ['updating']],
    ['a sync that runs', { operation: operation('Running') }, ['updating']],
    ['a sync that ended', { operation: operation('Succeeded') }, []],
    ['a sync that failed', { operation: operation('Failed') }, ['stuck']],
    ['a sync with an error', { operation: operation('Error') }, ['stuck']],
    [
      'what differs from Git',
      { sync: { status: 'OutOfSync', revisions: [], outOfSync: 1 } },
      ['out-of-sync'],
    ],
    [
      'a version that is only pushed, whether or not the policy takes it',
      { promotion: promotion('pushed') },
      [],
    ],
    [
      'a version that is committed',
      { promotion: promotion('pushed', 'committed') },
      ['updating'],
    ],
    [
      'a version whose commit was not observed',
      { promotion: promotion('synced') },
      ['updating'],
    ],
    [
      'a version that failed',
      { promotion: { ...promotion('synced'), outcome: 'failed' } },
      [],
    ],
    [
      'a version that somebody has to sync',
      { promotion: promotion('committed'), waiting: WAITING },
      ['stuck', 'updating'],
    ],
    [
      'a version that goes on by itself',
      {
        promotion: promotion('committed'),
        waiting: { ...WAITING, advice: undefined },
      },
      ['updating'],
    ],
  ])('of %s', (_, changes, expected) => {
    expect(fleetStates(deployment(changes))).toEqual(expected);
  });

  const AVAILABLE = {
    available: { repository: REPOSITORY, version: { tag: '1.0.1' } },
  };
  const HELD: FleetUpdate = {
    held: {
      version: '2.0.0',
      reason: describeMessage<MessageOf<'verdict'>>({
        code: 'verdict.outside-constraint',
        parameters: { constraint: '~1.0' },
      }),
    },
  };

  it.each<[string, Partial<Deployment>, FleetUpdate, ApplicationFleetState[]]>([
    ['an update', {}, AVAILABLE, ['update-available']],
    [
      'an update that is pushed',
      { promotion: promotion('pushed') },
      AVAILABLE,
      ['update-available'],
    ],
    [
      'an update that is committed',
      { promotion: promotion('pushed', 'committed') },
      AVAILABLE,
      ['updating'],
    ],
    [
      'an update after the one on its way',
      {
        promotion: {
          ...promotion('pushed', 'committed'),
          version: { tag: '1.0.0' },
        },
      },
      AVAILABLE,
      ['updating', 'update-available'],
    ],
    [
      'an update after one that failed',
      { promotion: { ...promotion('synced'), outcome: 'failed' } },
      AVAILABLE,
      ['update-available'],
    ],
    ['a version that is held back', {}, HELD, ['held']],
    ['both', {}, { ...AVAILABLE, ...HELD }, ['update-available', 'held']],
  ])('of %s', (_, changes, update, expected) => {
    expect(fleetStates(deployment(changes), update)).toEqual(expected);
  });

  it('has what an entity’s page draws attention to, and more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Healthy', 'Degraded', 'Missing', 'Unknown'),
        fc.option(fc.constantFrom('Running', 'Failed', 'Error', 'Succeeded'), {
          nil: undefined,
        }),
        fc.boolean(),
        (status, phase, isWaiting) => {
          const one = deployment({
            health: { status },
            ...(phase && { operation: operation(phase) }),
            ...(isWaiting && { waiting: WAITING }),
          });
          const states = fleetStates(one);
          const needsSomebody =
            states.includes('stuck') || states.includes('degraded');
          expect(needsSomebody).toBe(attentionKinds(one).length > 0);
        },
      ),
    );
  });
});

describe('fleetSeverity', () => {
  it('is higher for what is more urgent, and 0 if all is well', () => {
    const states = FLEET_STATES.filter(
      (state): state is ApplicationFleetState => state !== 'stale',
    );
    const severities = states.map(state =>
      fleetSeverity([state], deployment()),
    );
    expect([...severities].sort((a, b) => b - a)).toEqual(severities);
    expect(new Set(severities).size).toBe(states.length);
    const unclear = fleetSeverity(
      [],
      deployment({ health: { status: 'Unknown' } }),
    );
    expect(Math.min(...severities)).toBeGreaterThan(unclear);
    expect(unclear).toBeGreaterThan(fleetSeverity([], deployment()));
    expect(fleetSeverity([], deployment())).toBe(0);
  });
});

describe('mainImage', () => {
  const images = ['a', 'b', 'c'].map(repository => ({
    repository,
    running: [{ tag: '1' }],
    ...(repository === 'b' && { desired: { tag: '2' } }),
  }));

  it.each([
    [
      'of the promotion',
      { images, promotion: { ...promotion(), repository: 'c' } },
      'c',
    ],
    ['that differs from Git', { images }, 'b'],
    ['of the application', { images: images.slice(2) }, 'c'],
    ['that does not exist', { images: [] }, undefined],
  ])('is the one %s', (_, parts, expected) => {
    expect(mainImage(parts)?.repository).toBe(expected);
  });

  it('is the one with an update, if the others are as Git wants them', () => {
    const available = { repository: 'c', version: { tag: '2' } };
    expect(mainImage({ images }, { available })?.repository).toBe('b');
    expect(
      mainImage(
        { images: images.filter(({ desired }) => !desired) },
        { available },
      )?.repository,
    ).toBe('c');
  });
});

describe('summarizeDeployment', () => {
  it('shows the running version and the one under way', () => {
    expect(
      summarizeDeployment(
        deployment({
          health: { status: 'Progressing' },
          operation: operation('Succeeded'),
          deployedAt: AT,
          promotion: promotion('committed'),
          waiting: { ...WAITING, since: AT },
        }),
        'dev',
      ),
    ).toEqual({
      environment: 'dev',
      cluster: 'in-cluster',
      severity: 8,
      shown: {
        key: 'k',
        application: { instance: 'main', namespace: 'argocd', name: 'api' },
        environment: 'dev',
        states: ['stuck', 'updating'],
        running: ['1.0.0'],
        next: '1.0.1',
        health: 'Progressing',
        sync: 'Synced',
        phase: 'Succeeded',
        deployedAt: AT,
        waiting: {
          code: 'automated-sync-off',
          since: AT,
          parameters: {},
          message: 'Automated sync is off',
        },
      },
    });
  });

  it.each<[string, Partial<Deployment>, string | undefined]>([
    ['nothing, if all is up to date', {}, undefined],
    [
      'what Git wants',
      {
        images: [
          {
            repository: REPOSITORY,
            running: [{ tag: '1.0.0' }],
            desired: { tag: '1.0.2' },
          },
        ],
      },
      '1.0.2',
    ],
    [
      'nothing, once it runs',
      {
        images: [
          {
            repository: REPOSITORY,
            running: [{ tag: '1.0.0' }, { tag: '1.0.1' }],
          },
        ],
        promotion: promotion('committed'),
      },
      undefined,
    ],
    [
      'nothing of a version that failed',
      { promotion: { ...promotion('synced'), outcome: 'failed' } },
      undefined,
    ],
  ])('has as the next version %s', (_, changes, expected) => {
    expect(summarizeDeployment(deployment(changes), 'dev').shown.next).toBe(
      expected,
    );
  });

  it.each([
    ['its name', { name: 'prod', server: 'https://prod' }, 'prod'],
    ['its URL', { server: 'https://prod' }, 'https://prod'],
    ['nothing', {}, ''],
  ])('has as the cluster %s', (_, destination, expected) => {
    expect(
      summarizeDeployment(deployment({ destination }), 'dev').cluster,
    ).toBe(expected);
  });

  it('has the version that Image Updater would write now', () => {
    const available = { repository: REPOSITORY, version: { tag: '1.0.3' } };
    expect(
      summarizeDeployment(deployment(), 'dev', { available }).shown,
    ).toMatchObject({
      states: ['update-available'],
      running: ['1.0.0'],
      next: '1.0.3',
    });
    expect(
      summarizeDeployment(deployment(), 'dev', {
        available: { ...available, repository: 'registry.example.com/sidecar' },
      }).shown,
    ).not.toHaveProperty('next');
  });

  it('stays small, however long Argo CD’s messages are', () => {
    const message = 'x'.repeat(100_000);
    const { shown } = summarizeDeployment(
      deployment({
        waiting: { ...WAITING, message, parameters: { message } },
      }),
      'dev',
    );
    expect(JSON.stringify(shown).length).toBeLessThan(2000);
  });
});

describe('availableUpdate', () => {
  const version = { tag: '1.0.1' };
  const next = (outcome: 'update' | 'up-to-date' | 'not-live') => ({
    outcome,
    version,
    reason: describeMessage<MessageOf<'selection'>>({
      code: 'selection.chosen',
      parameters: { tag: '1.0.1' },
    }),
  });

  it.each([
    ['managed', next('update'), version],
    ['managed', next('up-to-date'), undefined],
    ['managed', next('not-live'), undefined],
    ['managed', undefined, undefined],
    ['not-enabled', next('update'), undefined],
    ['unusable', next('update'), undefined],
    ['unmanaged', undefined, undefined],
  ] as const)('%s, %j: %j', (state, choice, expected) => {
    expect(availableUpdate({ state, next: choice })).toEqual(expected);
  });
});
